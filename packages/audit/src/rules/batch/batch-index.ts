import { type RowMeaning, rowMeanings } from "../../lexicon/row-meaning.ts";
import type { BatchDossier, BatchPlace, FormDossier } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";
import { bareBody, projectIdentity, rollupsIn } from "./kinship.ts";

/** One row of a batch. */
export interface BatchRow {
  readonly form: number;
  readonly dossier: FormDossier;
  readonly meaning: RowMeaning;
}

/** What the rules across forms share, built once per batch: rows by name, and who filled each form. */
export interface BatchIndex {
  /** Rows by bare name, in the order of the forms; those of roll-ups are left out, which repeat their sources. */
  readonly byName: ReadonlyMap<string, readonly BatchRow[]>;
  /** Implementing unit, else department, else ""; with the year: forms alike in it speak of one body's one year. */
  readonly bodies: readonly string[];
  /** Department, else unit; with the year. */
  readonly departments: readonly string[];
  /** Wording of goal and result of a form with titles of documents taken out, letters and digits only. */
  readonly wording: (form: number) => string;
}

const CACHE = new WeakMap<BatchDossier, BatchIndex>();

/** 《…》 and what stands in 〔…〕 name laws and documents: no wording of the form's own. */
const TITLES = /《[^《》]{0,80}》|〔[^〔〕]{0,12}〕|\[[^[\]]{0,12}\]/g;
const NO_CONTENT = /[^\p{L}\p{N}%|]/gu;

/** A text without names of laws and documents; `|` stands where something was taken out, so that nothing joins across it. */
export function ownWording(text: string): string {
  return text.normalize("NFKC").replace(/\|/g, "").replace(TITLES, "|").replace(NO_CONTENT, "");
}

/** The index of a batch, built once. */
export function indexOf(batch: BatchDossier): BatchIndex {
  const known = CACHE.get(batch);
  if (known) return known;
  const byName = new Map<string, BatchRow[]>();
  const bodies: string[] = [];
  const departments: string[] = [];
  const rollups = rollupsIn(batch);
  batch.forms.forEach((dossier, form) => {
    const { unit, department, year } = dossier.form;
    bodies.push(`${bareBody(unit) || bareBody(department)}|${year ?? ""}`);
    departments.push(`${bareBody(department) || bareBody(unit)}|${year ?? ""}`);
    if (rollups.has(form)) return;
    for (const meaning of rowMeanings(dossier.facts)) {
      const { bare } = meaning.name;
      if (bare === "") continue;
      const rows = byName.get(bare);
      if (rows) rows.push({ form, dossier, meaning });
      else byName.set(bare, [{ form, dossier, meaning }]);
    }
  });
  const texts = new Map<number, string>();
  const index: BatchIndex = {
    byName,
    bodies,
    departments,
    wording: (form) => {
      let text = texts.get(form);
      if (text === undefined) {
        const dossier = batch.forms[form];
        text = dossier
          ? storiesOf(dossier.form)
              .map((story) => ownWording(story.text))
              .join("|")
          : "";
        texts.set(form, text);
      }
      return text;
    },
  };
  CACHE.set(batch, index);
  return index;
}

/** Rows of a list grouped by a key, in order; groups of one form only are left out. */
export function acrossForms(
  rows: readonly BatchRow[],
  keyOf: (row: BatchRow) => string | null,
): BatchRow[][] {
  const groups = new Map<string, BatchRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].filter((group) => new Set(group.map(({ form }) => form)).size > 1);
}

/** The place of a cell of a row of a batch. */
export function rowPlace(
  { form, meaning }: BatchRow,
  field?: "name" | "target" | "actual" | "level2" | "score",
): BatchPlace {
  const at = `indicators[${meaning.facts.index}]`;
  return { form, at: field ? `${at}.${field}` : at };
}

/** What a form is called in messages across forms: its project, with its number in the run. */
export function formTitle(batch: BatchDossier, form: number): string {
  const project = batch.forms[form]?.form.project?.trim();
  return `第${form + 1}张${project ? `“${project}”` : ""}`;
}

/** Whether the forms are of more than one project: two forms of one project are told by the check of project names. */
export function severalProjects(batch: BatchDossier, forms: Iterable<number>): boolean {
  const names = new Set<string>();
  for (const form of forms) names.add(projectIdentity(batch.forms[form]?.form.project ?? null));
  return names.size > 1;
}

/** Length of a run of words that joins two texts on one object. Ours: shorter runs are common phrases. */
const JOINING_RUN = 10;

/**
 * Groups forms whose goal or result share a run of ten characters that holds one of the given pairs of characters:
 * they speak of the same object. Linear in the length of the texts.
 */
export function joinedForms(
  index: BatchIndex,
  forms: readonly number[],
  pairs: readonly string[],
): number[][] {
  const parent = new Map<number, number>(forms.map((form) => [form, form]));
  const rootOf = (form: number): number => {
    let at = form;
    while (parent.get(at) !== at) at = parent.get(at) ?? at;
    return at;
  };
  const owner = new Map<string, number>();
  for (const form of forms) {
    const text = index.wording(form);
    const seen = new Set<number>();
    for (const pair of pairs) {
      for (let at = text.indexOf(pair); at >= 0; at = text.indexOf(pair, at + 1)) {
        for (let start = Math.max(0, at - JOINING_RUN + 2); start <= at; start++) {
          if (seen.has(start) || start + JOINING_RUN > text.length) continue;
          seen.add(start);
          const run = text.slice(start, start + JOINING_RUN);
          if (run.includes("|")) continue;
          const first = owner.get(run);
          if (first === undefined) owner.set(run, form);
          else if (first !== form) parent.set(rootOf(form), rootOf(first));
        }
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (const form of forms) {
    const root = rootOf(form);
    const group = groups.get(root);
    if (group) group.push(form);
    else groups.set(root, [form]);
  }
  return [...groups.values()];
}
