import type { BatchFinding, BatchPlace, FormReview, Review } from "@jiheng/audit";
import {
  describeOrigin,
  describePlace,
  type Finding,
  type Force,
  type Form,
  formatDecimal,
  type Origin,
  type Place,
} from "@jiheng/domain";
import { clip, type Paint, table, wrap } from "./text.ts";
import type { Words } from "./words.ts";

/** A review with the file each form came from, as all printers take it. */
export interface PrintedReview {
  readonly review: Review;
  readonly files: readonly string[];
  /** "绩衡 0.1.0 · 规则 2026.11.1 · 政策包 …": what the review was made with. */
  readonly made: string;
  /** In which language the report itself speaks. */
  readonly words: Words;
  /** Files that could not be read, for the head of the report. */
  readonly unread: readonly { readonly file: string; readonly what: string }[];
}

/** The forces of findings, strongest first, with the colour each has on a terminal. */
export const FORCES: readonly { force: Force; colour: "red" | "yellow" | "cyan" }[] = [
  { force: "must", colour: "red" },
  { force: "should", colour: "yellow" },
  { force: "hint", colour: "cyan" },
];

/** "第3张 培训经费": how a form is called throughout a report. */
export function formTitle(review: FormReview, index: number, words: Words): string {
  return `${words.form(index + 1)} ${review.dossier.form.project ?? review.dossier.form.unit ?? words.noProject}`;
}

/** The cells concerned, in the words of the form and by their place in the user's file. */
export function whereOf(form: Form, at: readonly Place[], cells: readonly Origin[], words: Words): string {
  const places = at.slice(0, 3).map((each) => describePlace(form, each));
  const said = [...new Set(places)].join("、") + (at.length > 3 ? words.more(at.length) : "");
  return cells[0] ? `${said}（${describeOrigin(cells[0])}）` : said;
}

/** A place of one form among several: which form, and which of its cells. */
export function batchPlace(review: Review, { form, at }: BatchPlace, words: Words): string {
  const each = review.forms[form];
  return each
    ? `${formTitle(each, form, words)} ${describePlace(each.dossier.form, at)}`
    : `${words.form(form + 1)} ${at}`;
}

function countBy(findings: readonly { force: Force }[], force: Force): number {
  return findings.filter((finding) => finding.force === force).length;
}

/** Printed total and grade against the recomputation, in one line. */
export function totalsLine({ dossier: { form, entered } }: FormReview, words: Words): string {
  const total = entered.totalScore ? formatDecimal(entered.totalScore, 2) : null;
  return words.printed(form.totalScore, form.grade) + words.recomputed(total, entered.grade);
}

function overview({ review, words }: PrintedReview, paint: Paint): string {
  const rows = review.forms.map((each, index) => {
    const { form, entered } = each.dossier;
    return [
      String(index + 1),
      clip(form.project ?? words.noProject, 32),
      form.totalScore ?? "—",
      entered.totalScore ? formatDecimal(entered.totalScore, 2) : "—",
      form.grade ?? "—",
      entered.grade ?? "—",
      ...FORCES.map(({ force }) => String(countBy(each.findings, force) || "·")),
      String(each.unclear.length || "·"),
    ];
  });
  return table(
    [
      words.number,
      words.project,
      words.printedTotal,
      words.recomputedTotal,
      words.printedGrade,
      words.recomputedGrade,
      ...FORCES.map(({ force }) => words.force[force]),
      words.toJudge,
    ],
    rows,
    {
      right: [0, 2, 3, 6, 7, 8, 9],
      paint,
    },
  );
}

/** How wide a report is, in which colours and words it is written. */
interface Style {
  readonly width: number;
  readonly paint: Paint;
  readonly words: Words;
}

function printFinding(finding: Finding | BatchFinding, where: string, number: number, style: Style): string {
  const { width, paint, words } = style;
  return [
    wrap(`${number}. ${finding.message}`, width, "  "),
    paint("dim", wrap(finding.remedy, width, "     ")),
    paint("dim", wrap(words.where + where, width, "     ")),
    paint("dim", wrap(`${words.basis}${finding.basis.join("；")}（${finding.code}）`, width, "     ")),
  ].join("\n");
}

function section<T extends Finding | BatchFinding>(
  findings: readonly T[],
  where: (finding: T) => string,
  style: Style,
): string[] {
  const parts: string[] = [];
  for (const { force, colour } of FORCES) {
    const of = findings.filter((finding) => finding.force === force);
    if (of.length === 0) continue;
    parts.push(style.paint([colour, "bold"], `${style.words.force[force]}（${of.length}）`));
    for (const [index, finding] of of.entries())
      parts.push(printFinding(finding, where(finding), index + 1, style));
  }
  return parts;
}

/** The review opinion as plain text: overview, form by form, then across the forms, then what was not checked. */
export function reviewText(printed: PrintedReview, columns: number, paint: Paint): string {
  const { review, files, words } = printed;
  const width = Math.min(Math.max(columns, 60), 120);
  const style: Style = { width, paint, words };
  const all = [...review.forms.flatMap((each) => each.findings), ...review.batch.findings];
  const doubts =
    review.forms.reduce((sum, each) => sum + each.unclear.length, 0) + review.batch.unclear.length;
  const rule = paint("dim", "─".repeat(width));
  const bullet = (text: string): string => wrap(`· ${text}`, width, "  ");
  const heading = (title: string, count: number): string => paint("bold", `${title}（${count}）`);
  const out: string[] = [paint("bold", words.opinion), paint("dim", printed.made), ""];
  const counts = FORCES.map(({ force }) => words.count(words.force[force], countBy(all, force)));
  out.push(words.summary(review.forms.length, counts, doubts));
  for (const { file, what } of printed.unread) out.push(paint("red", words.unread(file, what)));
  if (review.forms.length > 0) out.push("", overview(printed, paint));

  for (const [index, each] of review.forms.entries()) {
    const { form } = each.dossier;
    out.push("", rule);
    out.push(`${paint("bold", formTitle(each, index, words))}  ${paint("dim", files[index] ?? "")}`);
    out.push(totalsLine(each, words));
    if (each.findings.length === 0) out.push(words.nothing);
    out.push(...section(each.findings, ({ at, cells }) => whereOf(form, at, cells, words), style));
    if (each.unclear.length > 0) {
      out.push(heading(words.toJudge, each.unclear.length));
      for (const { why, code, at } of each.unclear)
        out.push(bullet(`${why}（${code} ${whereOf(form, at, [], words)}）`));
    }
    const doubtful = each.notes.filter((note) => note.level !== "normalised");
    if (doubtful.length > 0) {
      out.push(heading(words.guesses, doubtful.length));
      for (const note of doubtful)
        out.push(bullet(`${note.says}${note.at ? `（${describeOrigin(note.at)}）` : ""}`));
    }
    for (const error of each.errors) out.push(paint("red", words.broken(error.rule, error.what)));
  }

  if (review.forms.length > 1) {
    out.push("", rule, paint("bold", words.across));
    const where = ({ at }: BatchFinding): string =>
      at
        .slice(0, 4)
        .map((each) => batchPlace(review, each, words))
        .join("、") + (at.length > 4 ? words.more(at.length) : "");
    if (review.batch.findings.length === 0) out.push(words.nothing);
    out.push(...section(review.batch.findings, where, style));
    if (review.batch.unclear.length > 0) {
      out.push(heading(words.toJudge, review.batch.unclear.length));
      for (const { why, code } of review.batch.unclear) out.push(bullet(`${why}（${code}）`));
    }
    for (const error of review.batch.errors) out.push(paint("red", words.broken(error.rule, error.what)));
  }

  out.push("", rule, paint("bold", words.notChecked));
  out.push(...notCheckedOf(review, words).map((line) => bullet(notCheckedText(line))));
  return `${out.join("\n")}\n`;
}

/** What was not checked, a line a reason: the codes, the reason, and the forms it holds for (null: all, or across forms). */
export interface NotCheckedLine {
  readonly codes: readonly string[];
  readonly why: string;
  readonly forms: string | null;
}

/** Gathers what was not checked by reason, so that the list stays readable however many forms there are. */
export function notCheckedOf(review: Review, words: Words): readonly NotCheckedLine[] {
  const forms = new Map<string, { code: string; why: string; forms: number[] }>();
  for (const [index, each] of review.forms.entries()) {
    for (const { rule, code, why } of each.notChecked) {
      const known = forms.get(`${rule}\n${why}`) ?? { code, why, forms: [] };
      known.forms.push(index + 1);
      forms.set(`${rule}\n${why}`, known);
    }
  }
  const lines = new Map<string, { codes: string[]; why: string; forms: string | null }>();
  const put = (code: string, why: string, held: string | null): void => {
    const line = lines.get(`${why}\n${held}`) ?? { codes: [], why, forms: held };
    if (!line.codes.includes(code)) line.codes.push(code);
    lines.set(`${why}\n${held}`, line);
  };
  for (const { code, why, forms: held } of forms.values())
    put(code, why, held.length === review.forms.length ? null : held.map(words.form).join("、"));
  for (const { code, why } of review.batch.notChecked) put(code, why, null);
  return [...lines.values()];
}

/** One line of what was not checked: "AR-86、AR-90：需要人工查看（第1、3张）". */
export function notCheckedText({ codes, why, forms }: NotCheckedLine): string {
  return `${codes.join("、")}：${why}${forms ? `（${forms}）` : ""}`;
}
