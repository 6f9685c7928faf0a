import type { Form, Note } from "@jiheng/domain";
import { readFlat } from "../flat/index.ts";
import { readForm } from "../forms/read-form.ts";
import type { Grid, TextBlock } from "../grid.ts";
import { LIMITS } from "../readers/limits.ts";
import { linesOf } from "./lines.ts";
import { type Segment, segmentsOf } from "./segments.ts";

/** The forms of one file, and notes that concern no single form. */
export interface FormsReading {
  readonly forms: readonly Form[];
  readonly notes: readonly Note[];
}

/**
 * Turns the blocks of a file into forms: cuts them, decides kind and template, reads each. Never throws; what was
 * guessed or lost is noted. Ids are stable: from the hash of the file and the position of the form in it.
 */
export function readForms(grid: Grid, source: { readonly sha256: string }): FormsReading {
  const notes: Note[] = [];
  const texts = grid.blocks.filter((block): block is TextBlock => block.kind === "text");
  if (texts.length === grid.blocks.length) return flat(texts, source, notes);

  const forms: Form[] = [];
  let position = 0;
  for (const segment of segmentsOf(linesOf(grid.blocks))) {
    if (segment.lines.every(({ line }) => line.table === null)) {
      const loose = blocksOf(segment);
      if (!speaksOfForm(loose)) continue;
      if (isTooLong(loose)) {
        notes.push(tooLong(loose));
        continue;
      }
      const read = readFlat(loose, { ...source, before: position });
      position += read.forms.length;
      for (const form of read.forms) forms.push(form);
      for (const note of read.notes) notes.push(note);
      continue;
    }
    const { form, found } = readForm(segment, `${source.sha256.slice(0, 12)}-${position + 1}`);
    if (!found) continue;
    position += 1;
    forms.push(withYearOf(forms.at(-1), form));
  }
  if (forms.length === 0) {
    const read =
      texts.length > 0 && speaksOfForm(texts) && !isTooLong(texts) ? readFlat(texts, source) : null;
    if (read && read.forms.length > 0) return { forms: read.forms, notes: [...notes, ...read.notes] };
    const first = grid.blocks.find((block) => block.kind === "table");
    notes.push({
      level: "lost",
      code: "no-form",
      says: "文件中的表格不是绩效自评表：既没有资金栏目，也没有指标栏目",
      place: null,
      at: first?.kind === "table" ? (first.rows[0]?.[0]?.at ?? null) : null,
    });
  }
  return { forms, notes };
}

/** A form without a title of its own stands under the title of the form before it, and is of its year. */
function withYearOf(before: Form | undefined, form: Form): Form {
  if (form.year !== null || form.title !== null || !before || before.year === null) return form;
  const note: Note = {
    level: "guessed",
    code: "year-from-form-before",
    says: `本表没有印标题和年度，按同一文件中前一张表理解为${before.year}年度`,
    place: "year",
    at: null,
  };
  return { ...form, year: before.year, notes: [...form.notes, note] };
}

function flat(
  texts: readonly TextBlock[],
  source: { readonly sha256: string },
  notes: readonly Note[],
): FormsReading {
  const read = readFlat(texts, source);
  return { forms: read.forms, notes: [...notes, ...read.notes] };
}

function blocksOf(segment: Segment): TextBlock[] {
  const blocks = new Set<TextBlock>();
  for (const { line } of segment.lines) if (line.block.kind === "text") blocks.add(line.block);
  return [...blocks];
}

function isTooLong(blocks: readonly TextBlock[]): boolean {
  return blocks.reduce((sum, block) => sum + block.text.length, 0) > LIMITS.flatCharacters;
}

function tooLong(blocks: readonly TextBlock[]): Note {
  return {
    level: "lost",
    code: "text-too-long",
    says: `表格以外的一段文字超过 ${LIMITS.flatCharacters} 字，没有在其中查找自评表`,
    place: null,
    at: blocks[0]?.at ?? null,
  };
}

/** Words that only a form prints; prose around the forms of a report is not sent on. */
function speaksOfForm(blocks: readonly TextBlock[]): boolean {
  let length = 0;
  let marks = 0;
  for (const block of blocks) {
    length += block.text.length;
    if (/项目名称|一级指标|三级指标|实际完成值|年度资金总额/.test(block.text)) marks += 1;
  }
  return length > 60 && marks > 0;
}
