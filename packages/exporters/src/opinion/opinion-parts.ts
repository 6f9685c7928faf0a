import {
  type BatchFinding,
  type BatchPlace,
  type FormReview,
  type Review,
  RULES,
  RULES_VERSION,
} from "@jiheng/audit";
import {
  compare,
  describeOrigin,
  describePlace,
  type Finding,
  type Force,
  type Form,
  formatDecimal,
  gradeWord,
  type Note,
  type Origin,
  type Place,
  parseDecimal,
} from "@jiheng/domain";
import { FORCE_WORDS } from "../annotate/index.ts";

/** What an opinion is made from: a review, the file of each form, and what the review was made with. */
export interface OpinionSource {
  readonly review: Review;
  /** The file of each form, in the order of the review. */
  readonly files: readonly string[];
  readonly engineVersion: string;
  /** Files that could not be read: the opinion says so. */
  readonly unread: readonly { readonly file: string; readonly what: string }[];
}

/** One finding in the words of an opinion. */
export interface OpinionItem {
  readonly number: number;
  readonly force: Force;
  readonly code: string;
  /** Where, in the words of the form. */
  readonly place: string;
  /** The cell in the user's file, in words; "" where there is none. */
  readonly cell: string;
  readonly problem: string;
  readonly remedy: string;
  readonly basis: readonly string[];
  /** The numbers of its basis in the list of all that the opinion goes by. */
  readonly basisNumbers: readonly number[];
}

/** A matter that a person has to judge. */
export interface OpinionDoubt {
  readonly number: number;
  readonly code: string;
  readonly place: string;
  readonly why: string;
}

/** One basis of findings, printed once however many findings name it. */
export interface OpinionBasis {
  readonly number: number;
  readonly text: string;
}

/** What an opinion says of one form. Figures are as printed or exact decimal strings, null where there is none. */
export interface OpinionForm {
  readonly index: number;
  /** 第2张　培训经费 */
  readonly title: string;
  readonly project: string;
  readonly unit: string | null;
  /** Name of its file, with the folder only where another file has the same name. */
  readonly file: string;
  readonly printedTotal: string | null;
  readonly recomputedTotal: string | null;
  readonly printedGrade: string | null;
  readonly recomputedGrade: string | null;
  /** Whether printed and recomputed total or grade differ. */
  readonly differs: boolean;
  readonly policy: string;
  readonly items: readonly OpinionItem[];
  readonly doubts: readonly OpinionDoubt[];
  /** What was guessed or lost in reading, the same words once. */
  readonly notes: readonly string[];
  readonly errors: readonly string[];
}

/** Checks that were not made for one and the same reason. */
export interface OpinionUnchecked {
  readonly checks: readonly string[];
  readonly why: string;
  /** "全部", "各表之间", or the forms by number. */
  readonly forms: string;
}

/** Everything an opinion says, free of layout: its document and its workbook print the same. */
export interface OpinionParts {
  /** Whom it is sent to; null where the forms do not name one unit or department. */
  readonly recipient: string | null;
  /** Whether the forms are of several units, so that each has to be named. */
  readonly severalUnits: boolean;
  readonly years: readonly number[];
  readonly counts: Readonly<Record<Force, number>>;
  readonly doubtCount: number;
  readonly forms: readonly OpinionForm[];
  readonly across: {
    readonly items: readonly OpinionItem[];
    readonly doubts: readonly OpinionDoubt[];
    readonly errors: readonly string[];
  };
  readonly unchecked: readonly OpinionUnchecked[];
  /** Every basis that a finding names, in the order met. */
  readonly bases: readonly OpinionBasis[];
  readonly unread: OpinionSource["unread"];
  /** 绩衡 …，规则 …，政策包 … */
  readonly versions: readonly string[];
}

/** The forces of findings, strongest first. */
export const FORCES: readonly Force[] = ["must", "should", "hint"];

const FORMS_NAMED = 8;
const PLACES_NAMED = 4;
const titles = new Map(RULES.map((rule) => [rule.id, rule.title]));

function byForce<T extends { readonly force: Force }>(findings: readonly T[]): T[] {
  return FORCES.flatMap((force) => findings.filter((finding) => finding.force === force));
}

/** Places in words; an indicator with several of them is named once. */
function placesOf(form: Form, at: readonly Place[]): string {
  const words = [...new Set(at.slice(0, PLACES_NAMED).map((each) => describePlace(form, each)))];
  const named = words.map((each, index) => {
    const name = /^「.*」(?=.)/.exec(each)?.[0];
    return name !== undefined && words[index - 1]?.startsWith(name) ? each.slice(name.length) : each;
  });
  return named.join("、") + (at.length > PLACES_NAMED ? `等${at.length}处` : "");
}

function cellsOf(cells: readonly Origin[]): string {
  return cells[0] ? describeOrigin(cells[0]) : "";
}

/** Numbers texts in the order they are first asked for. */
class BasisList {
  private readonly numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.numbers.get(text) ?? this.numbers.size + 1;
    this.numbers.set(text, known);
    return known;
  }

  all(): OpinionBasis[] {
    return [...this.numbers].map(([text, number]) => ({ number, text }));
  }
}

function itemsOf<T extends Finding | BatchFinding>(
  findings: readonly T[],
  bases: BasisList,
  where: (finding: T) => { place: string; cell: string },
): OpinionItem[] {
  return byForce(findings).map((finding, index) => ({
    number: index + 1,
    force: finding.force,
    code: finding.code,
    ...where(finding),
    problem: finding.message,
    remedy: finding.remedy,
    basis: finding.basis,
    basisNumbers: finding.basis.map((text) => bases.numberOf(text)),
  }));
}

function projectOf({ dossier: { form } }: FormReview): string {
  return form.project ?? "（未填项目名称）";
}

function errorWords(errors: FormReview["errors"]): string[] {
  return errors.map(({ rule, what }) => `规则 ${rule} 运行出错，没有得出结论：${what}`);
}

function notesOf(notes: readonly Note[]): string[] {
  const said = new Map<string, { readonly first: string; count: number }>();
  for (const { level, says, at } of notes) {
    if (level === "normalised") continue;
    const known = said.get(says);
    if (known) known.count += 1;
    else said.set(says, { first: says + (at ? `（${describeOrigin(at)}）` : ""), count: 1 });
  }
  return [...said.values()].map(({ first, count }) => (count > 1 ? `${first}等${count}处` : first));
}

function formOf(each: FormReview, index: number, file: string, bases: BasisList): OpinionForm {
  const { form, entered, policy } = each.dossier;
  const printed = parseDecimal(form.totalScore);
  return {
    index,
    title: `第${index + 1}张　${projectOf(each)}`,
    project: projectOf(each),
    unit: form.unit ?? form.department,
    file,
    printedTotal: form.totalScore,
    recomputedTotal: entered.totalScore ? formatDecimal(entered.totalScore, 2) : null,
    printedGrade: form.grade,
    recomputedGrade: entered.grade,
    differs:
      (printed !== null && entered.totalScore !== null && compare(printed, entered.totalScore) !== 0) ||
      (form.grade !== null && entered.grade !== null && gradeWord(form.grade) !== gradeWord(entered.grade)),
    policy: `${policy.id} ${policy.version}`,
    items: itemsOf(each.findings, bases, ({ at, cells }) => ({
      place: placesOf(form, at),
      cell: cellsOf(cells),
    })),
    doubts: each.unclear.map(({ code, at, why }, position) => ({
      number: position + 1,
      code,
      place: placesOf(form, at),
      why,
    })),
    notes: notesOf(each.notes),
    errors: errorWords(each.errors),
  };
}

function acrossOf({ forms, batch }: Review, bases: BasisList): OpinionParts["across"] {
  const places = (at: readonly BatchPlace[]): string => {
    const byForm = new Map<number, Place[]>();
    for (const { form, at: place } of at) {
      const known = byForm.get(form);
      if (known) known.push(place);
      else byForm.set(form, [place]);
    }
    const words = [...byForm].slice(0, PLACES_NAMED).map(([index, those]) => {
      const form = forms[index]?.dossier.form;
      return `第${index + 1}张${form ? placesOf(form, those) : those.join("、")}`;
    });
    return words.join("；") + (byForm.size > PLACES_NAMED ? `等${byForm.size}张表` : "");
  };
  return {
    items: itemsOf(batch.findings, bases, ({ at, cells }) => ({
      place: places(at),
      cell: cells[0] ? `第${cells[0].form + 1}张：${describeOrigin(cells[0].at)}` : "",
    })),
    doubts: batch.unclear.map(({ code, at, why }, position) => ({
      number: position + 1,
      code,
      place: places(at),
      why,
    })),
    errors: errorWords(batch.errors),
  };
}

function formsInWords(indexes: readonly number[], all: number): string {
  if (indexes.length === all) return all > 1 ? "全部各表" : "本表";
  const named = indexes.slice(0, FORMS_NAMED).map((index) => index + 1);
  return `第${named.join("、")}${indexes.length > FORMS_NAMED ? `等${indexes.length}` : ""}张`;
}

/** What was not checked, a line a reason and set of forms, however many forms and rules there are. */
function uncheckedOf({ forms, batch }: Review): OpinionUnchecked[] {
  const byRule = new Map<string, { rule: string; code: string; why: string; forms: number[] }>();
  for (const [index, each] of forms.entries())
    for (const { rule, code, why } of each.notChecked) {
      const known = byRule.get(`${rule}\n${why}`);
      if (known) known.forms.push(index);
      else byRule.set(`${rule}\n${why}`, { rule, code, why, forms: [index] });
    }
  const lines = new Map<string, { checks: string[]; why: string; forms: string }>();
  const put = (rule: string, code: string, why: string, held: string): void => {
    const line = lines.get(`${why}\n${held}`) ?? { checks: [], why, forms: held };
    line.checks.push(`${code} ${titles.get(rule) ?? rule}`);
    lines.set(`${why}\n${held}`, line);
  };
  for (const { rule, code, why, forms: held } of byRule.values())
    put(rule, code, why, formsInWords(held, forms.length));
  for (const { rule, code, why } of batch.notChecked) put(rule, code, why, "各表之间");
  return [...lines.values()];
}

/** The one value that all forms share, without the mark of a rolled-up form; null where they differ or name none. */
function shared(values: readonly (string | null)[]): string | null {
  const distinct = new Set(values.map((value) => value?.replace(/[（(]汇总[）)]$/, "").trim() ?? ""));
  const [only] = distinct;
  return distinct.size === 1 && only ? only : null;
}

/** Files by their names: where they lie on the reviewer's machine concerns nobody, unless two have one name. */
function fileNames(files: readonly string[]): string[] {
  const last = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;
  const paths = new Map<string, Set<string>>();
  for (const file of files) paths.set(last(file), (paths.get(last(file)) ?? new Set()).add(file));
  return files.map((file) => (paths.get(last(file))?.size === 1 ? last(file) : file));
}

/** Everything the opinion on a review says. Decides nothing: words, order and grouping only. */
export function opinionParts(source: OpinionSource): OpinionParts {
  const { review, files, engineVersion, unread } = source;
  const named = fileNames(files);
  const bases = new BasisList();
  const forms = review.forms.map((each, index) => formOf(each, index, named[index] ?? "", bases));
  const across = acrossOf(review, bases);
  const read = review.forms.map(({ dossier }) => dossier.form);
  const all = [...forms.flatMap(({ items }) => items), ...across.items];
  const count = (force: Force): number => all.filter((item) => item.force === force).length;
  return {
    recipient: shared(read.map(({ unit }) => unit)) ?? shared(read.map(({ department }) => department)),
    severalUnits: new Set(forms.map(({ unit }) => unit)).size > 1,
    years: [...new Set(read.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b),
    counts: { must: count("must"), should: count("should"), hint: count("hint") },
    doubtCount: forms.reduce((sum, { doubts }) => sum + doubts.length, across.doubts.length),
    forms,
    across,
    unchecked: uncheckedOf(review),
    bases: bases.all(),
    unread,
    versions: [
      `绩衡 ${engineVersion}`,
      `规则 ${RULES_VERSION}（${RULES.length} 条）`,
      `政策包 ${[...new Set(forms.map(({ policy }) => policy))].join("、") || "无"}`,
    ],
  };
}

/** "必须更正 3 项、应当说明 2 项": the forces that occur, strongest first. */
export function countsInWords(counts: Readonly<Record<Force, number>>): string {
  return FORCES.filter((force) => counts[force] > 0)
    .map((force) => `${FORCE_WORDS[force]} ${counts[force]} 项`)
    .join("、");
}
