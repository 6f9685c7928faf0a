import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type RollUpAnswer, rollUpSchema } from "@jiheng/contract";
import type { Form } from "@jiheng/domain";
import { type RollUpSource, sourceOf } from "@jiheng/rollup";
import type { Io } from "./io.ts";

/** What `jiheng rollup -o OUT.json` kept beside the form, or null where the file is no roll-up. */
export async function readRollUp(file: string, io: Io): Promise<RollUpAnswer["rollUp"] | null> {
  if (extname(file).toLowerCase() !== ".json") return null;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(resolve(io.cwd, file), "utf8"));
  } catch {
    // Unreadable files are told by the reader of forms; here they are only no roll-up.
    return null;
  }
  const parsed = rollUpSchema.safeParse(value);
  return parsed.success ? parsed.data.rollUp : null;
}

/** A form as a source of a roll-up: a roll-up keeps its own sources. */
export function asSource(form: Form, file: string, kept: RollUpAnswer["rollUp"] | null): RollUpSource {
  return kept ? { form, file, parts: kept.sources, choices: kept.choices } : sourceOf(form, file);
}
