import type { Form } from "@jiheng/domain";
import type { Documents } from "./documents.ts";
import type { FileFormat, NotWritten, Written } from "./tasks.ts";

/** One form as a file: in the layout named, or in its own. Made in a thread; refused as an outcome where it cannot be made. */
export function fileOfForm(
  documents: Documents,
  form: Form,
  format: FileFormat,
  { template = null, signal }: { readonly template?: string | null; readonly signal?: AbortSignal } = {},
): Promise<Written | NotWritten> {
  return documents.run({ type: "forms", forms: [form], format, template }, signal);
}
