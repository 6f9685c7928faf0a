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

/** A review with the file each form came from, as all printers take it. */
export interface PrintedReview {
  readonly review: Review;
  readonly files: readonly string[];
  /** "绩衡 0.1.0 · 规则 2026.11.1 · 政策包 …": what the review was made with. */
  readonly made: string;
  /** Files that could not be read, for the head of the report. */
  readonly unread: readonly { readonly file: string; readonly what: string }[];
}

/** What each force is called in a review opinion, strongest first. */
export const FORCES: readonly { force: Force; title: string; colour: "red" | "yellow" | "cyan" }[] = [
  { force: "must", title: "必须更正", colour: "red" },
  { force: "should", title: "应当说明", colour: "yellow" },
  { force: "hint", title: "可以改进", colour: "cyan" },
];

/** "第3张 培训经费": how a form is called throughout a report. */
export function formTitle(review: FormReview, index: number): string {
  return `第${index + 1}张 ${review.dossier.form.project ?? review.dossier.form.unit ?? "（未填项目名称）"}`;
}

/** The cells concerned, in the words of the form and by their place in the user's file. */
export function whereOf(form: Form, at: readonly Place[], cells: readonly Origin[]): string {
  const places = at.slice(0, 3).map((each) => describePlace(form, each));
  const words = [...new Set(places)].join("、") + (at.length > 3 ? ` 等${at.length}处` : "");
  return cells[0] ? `${words}（${describeOrigin(cells[0])}）` : words;
}

/** A place of one form among several: which form, and which of its cells. */
export function batchPlace(review: Review, { form, at }: BatchPlace): string {
  const each = review.forms[form];
  return each ? `${formTitle(each, form)}${describePlace(each.dossier.form, at)}` : `第${form + 1}张${at}`;
}

function countBy(findings: readonly { force: Force }[], force: Force): number {
  return findings.filter((finding) => finding.force === force).length;
}

/** Printed total and grade against the recomputation, in one line. */
export function totalsLine({ dossier }: FormReview): string {
  const { form, entered } = dossier;
  const printed = form.totalScore
    ? `表列 ${form.totalScore} 分${form.grade ? `（${form.grade}）` : ""}`
    : "表列总分：未填";
  const recomputed = entered.totalScore
    ? `按表内各行重算 ${formatDecimal(entered.totalScore, 2)} 分${entered.grade ? `（${entered.grade}）` : ""}`
    : "按表内各行重算：不能计算";
  return `${printed}，${recomputed}`;
}

function overview({ review }: PrintedReview, paint: Paint): string {
  const rows = review.forms.map((each, index) => {
    const { form, entered } = each.dossier;
    return [
      String(index + 1),
      clip(form.project ?? "（未填）", 32),
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
      "序号",
      "项目",
      "表列总分",
      "重算总分",
      "表列等级",
      "重算等级",
      ...FORCES.map(({ title }) => title),
      "待人工判断",
    ],
    rows,
    {
      right: [0, 2, 3, 6, 7, 8, 9],
      paint,
    },
  );
}

function printFinding(
  finding: Finding | BatchFinding,
  where: string,
  number: number,
  columns: number,
  paint: Paint,
): string {
  const head = `${number}. ${finding.message}`;
  const lines = [
    wrap(head, columns, "  ").replace(/^ {2}/, "  "),
    wrap(paint("dim", finding.remedy), columns, "     "),
  ];
  lines.push(paint("dim", wrap(`位置：${where}`, columns, "     ")));
  lines.push(paint("dim", wrap(`依据：${finding.basis.join("；")}（${finding.code}）`, columns, "     ")));
  return lines.join("\n");
}

function section<T extends Finding | BatchFinding>(
  findings: readonly T[],
  where: (finding: T) => string,
  columns: number,
  paint: Paint,
): string[] {
  const parts: string[] = [];
  for (const { force, title, colour } of FORCES) {
    const of = findings.filter((finding) => finding.force === force);
    if (of.length === 0) continue;
    parts.push(paint([colour, "bold"], `${title}（${of.length}）`));
    for (const [index, finding] of of.entries())
      parts.push(printFinding(finding, where(finding), index + 1, columns, paint));
  }
  return parts;
}

/** The review opinion as plain text: overview, form by form, then across the forms, then what was not checked. */
export function reviewText(printed: PrintedReview, columns: number, paint: Paint): string {
  const { review, files } = printed;
  const width = Math.min(Math.max(columns, 60), 120);
  const all = review.forms.flatMap((each) => each.findings);
  const out: string[] = [];
  out.push(paint("bold", "绩效自评表审核意见"));
  out.push(paint("dim", printed.made));
  out.push("");
  out.push(
    `共审核 ${review.forms.length} 张表：${FORCES.map(
      ({ force, title }) => `${title} ${countBy(all, force) + countBy(review.batch.findings, force)} 项`,
    ).join(
      "，",
    )}，待人工判断 ${review.forms.reduce((sum, each) => sum + each.unclear.length, 0) + review.batch.unclear.length} 处。`,
  );
  for (const { file, what } of printed.unread) out.push(paint("red", `未能读取：${file}（${what}）`));
  if (review.forms.length > 0) out.push("", overview(printed, paint));

  for (const [index, each] of review.forms.entries()) {
    const title = formTitle(each, index);
    out.push("", paint("dim", "─".repeat(width)));
    out.push(`${paint("bold", title)}  ${paint("dim", files[index] ?? "")}`);
    out.push(totalsLine(each));
    if (each.findings.length === 0) out.push("未发现问题。");
    out.push(
      ...section(
        each.findings,
        (finding) => whereOf(each.dossier.form, finding.at, finding.cells),
        width,
        paint,
      ),
    );
    if (each.unclear.length > 0) {
      out.push(paint("bold", `待人工判断（${each.unclear.length}）`));
      for (const doubt of each.unclear)
        out.push(
          wrap(`· ${doubt.why}（${doubt.code} ${whereOf(each.dossier.form, doubt.at, [])}）`, width, "  "),
        );
    }
    const doubtful = each.notes.filter((note) => note.level !== "normalised");
    if (doubtful.length > 0) {
      out.push(paint("bold", `读表时的推断和缺失（${doubtful.length}）`));
      for (const note of doubtful)
        out.push(wrap(`· ${note.says}${note.at ? `（${describeOrigin(note.at)}）` : ""}`, width, "  "));
    }
    for (const error of each.errors) out.push(paint("red", `规则 ${error.rule} 运行出错：${error.what}`));
  }

  if (review.forms.length > 1) {
    out.push("", paint("dim", "─".repeat(width)), paint("bold", "各表之间"));
    const where = (finding: BatchFinding): string => {
      const places = finding.at.slice(0, 4).map((at) => batchPlace(review, at));
      return places.join("、") + (finding.at.length > 4 ? ` 等${finding.at.length}处` : "");
    };
    if (review.batch.findings.length === 0) out.push("未发现问题。");
    out.push(...section(review.batch.findings, where, width, paint));
    if (review.batch.unclear.length > 0) {
      out.push(paint("bold", `待人工判断（${review.batch.unclear.length}）`));
      for (const doubt of review.batch.unclear)
        out.push(wrap(`· ${doubt.why}（${doubt.code}）`, width, "  "));
    }
    for (const error of review.batch.errors)
      out.push(paint("red", `规则 ${error.rule} 运行出错：${error.what}`));
  }

  out.push("", paint("dim", "─".repeat(width)), paint("bold", "没有检查的事项（不等于通过）"));
  out.push(...notCheckedOf(review).map((line) => wrap(`· ${notCheckedText(line)}`, width, "  ")));
  return `${out.join("\n")}\n`;
}

/** What was not checked, a line a reason: the codes, the reason, and the forms it holds for (null: all, or across forms). */
export interface NotCheckedLine {
  readonly codes: readonly string[];
  readonly why: string;
  readonly forms: string | null;
}

/** Gathers what was not checked by reason, so that the list stays readable however many forms there are. */
export function notCheckedOf(review: Review): readonly NotCheckedLine[] {
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
    put(code, why, held.length === review.forms.length ? null : `第${held.join("、")}张`);
  for (const { code, why } of review.batch.notChecked) put(code, why, null);
  return [...lines.values()];
}

/** One line of what was not checked: "AR-86、AR-90：需要人工查看（第1、3张）". */
export function notCheckedText({ codes, why, forms }: NotCheckedLine): string {
  return `${codes.join("、")}：${why}${forms ? `（${forms}）` : ""}`;
}
