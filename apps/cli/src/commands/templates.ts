import { layoutOf } from "@jiheng/exporters";
import { TEMPLATES } from "@jiheng/importers";
import { type Arguments, formatIn } from "../arguments.ts";
import type { ExitCode, Io } from "../io.ts";
import { printJson } from "../print/json.ts";
import { painter, table } from "../print/text.ts";

/** `jiheng templates`: the form templates that are recognised, by id, and which of them can be written. */
export async function templates({ options }: Arguments, io: Io): Promise<ExitCode> {
  const templates = TEMPLATES.map((each) => ({ ...each, writable: layoutOf(each.id) !== undefined }));
  if (formatIn(options, ["text", "json"], "text") === "json") {
    io.out(printJson({ templates }));
    return 0;
  }
  io.out(
    `${table(
      ["表样", "名称", "能否写出", "特征"],
      templates.map(({ id, title, says, writable }) => [id, title, writable ? "能" : "只读", says]),
      { paint: painter(io.terminal) },
    )}\n`,
  );
  return 0;
}
