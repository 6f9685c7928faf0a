import { annotateDocx } from "./annotate-docx.ts";
import { annotateXlsx } from "./annotate-xlsx.ts";
import type { Annotation, CellComment } from "./cell-comment.ts";
import { refusing } from "./cell-comment.ts";
import { openPackage } from "./office-package.ts";

const ONLY = "annotate 只能给 docx 和 xlsx 加批注；其他格式请用 jiheng audit --format docx 另出审核意见";

/** A copy of a Word document or Excel workbook with comments at its cells; which of the two it is, its content decides. */
export function annotate(bytes: Uint8Array, comments: readonly CellComment[]): Annotation {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    return { kind: "refused", what: "这不是 docx 或 xlsx 文件，不能加批注", remedy: ONLY };
  return refusing(() => {
    const { names } = openPackage(bytes);
    const holds = (pattern: RegExp): boolean => [...names].some((name) => pattern.test(name));
    if (holds(/^word\/document\d*\.xml$/)) return annotateDocx(bytes, comments);
    if (holds(/^xl\/workbook\d*\.xml$/)) return annotateXlsx(bytes, comments);
    return { kind: "refused", what: "这不是 docx 或 xlsx 文件，不能加批注", remedy: ONLY };
  });
}
