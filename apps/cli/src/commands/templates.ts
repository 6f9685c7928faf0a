import { TEMPLATES } from "@jiheng/importers";
import { type Arguments, formatIn } from "../arguments.ts";
import type { ExitCode, Io } from "../io.ts";
import { printJson } from "../print/json.ts";
import { painter, table } from "../print/text.ts";

/** `jiheng templates`: the form templates that are recognised, by id. */
export async function templates({ options }: Arguments, io: Io): Promise<ExitCode> {
  if (formatIn(options, ["text", "json"], "text") === "json") {
    io.out(printJson({ templates: TEMPLATES }));
    return 0;
  }
  io.out(
    `${table(
      ["表样", "名称", "特征"],
      TEMPLATES.map(({ id, title, says }) => [id, title, says]),
      { paint: painter(io.terminal) },
    )}\n`,
  );
  return 0;
}
