/**
 * Recall and false alarms of the rules on specimens: forms of many fields, printed in official layouts, read back and
 * reviewed, with one defect planted in each and without any. Prints what was missed:
 *   node scripts/measure-specimens.ts [--misses] [AR-60 …]
 * The page of the catalogue is written by `npm run generate`.
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { openDossier, RULES, type Rule, review, reviewForm } from "@jiheng/audit";
import type { Finding, Force, Form } from "@jiheng/domain";
import {
  formsDocument,
  formsWorkbook,
  LAYOUTS,
  layOut,
  layoutOf,
  writeDocx,
  writeHtml,
  writeText,
  writeXlsx,
} from "@jiheng/exporters";
import { readDocument } from "@jiheng/importers";
import {
  type BatchDefect,
  DEFECTS,
  type Defect,
  FIELD_COUNT,
  type FormDefect,
  randomFrom,
  SHAPED_TEMPLATES,
  variedBatch,
  variedForm,
} from "@jiheng/specimens";

/** Layouts each kind is planted in, where so many have room for it. */
const LAYOUTS_PER_KIND = 3;
/** The layouts specimens are made for. */
const MEASURED = LAYOUTS.filter(({ id }) => SHAPED_TEMPLATES.includes(id));
/** Plantings in each of them. */
const PER_LAYOUT = 5;
/** Forms tried until one has room for the defect. */
const TRIES = 14;
const BATCH_SIZE = 5;
/** Clean forms reviewed in each layout, and clean batches. */
const CLEAN_PER_LAYOUT = 45;
const CLEAN_BATCHES_PER_LAYOUT = 2;
const CLEAN_BATCH_SIZE = 8;
const FORMATS = ["docx", "xlsx", "html", "txt"] as const;

/** Checks that are decided from data and that no defect is planted for, with the reason. */
const NOT_PLANTED: Readonly<Record<string, string>> = {
  "AR-37": "只在申报表上有，缺陷都植入自评表；规则自带的示例检查它",
};

/** What became of the plantings of one kind. */
export interface KindResult {
  readonly code: string;
  readonly title: string;
  readonly assist: boolean;
  readonly layouts: readonly string[];
  readonly planted: number;
  readonly found: number;
  /** Not found, but said to be unclear at its place. */
  readonly unclear: number;
  readonly misses: readonly string[];
}

/** Findings of one rule on clean forms. */
export interface AlarmResult {
  readonly rule: string;
  readonly code: string;
  readonly must: number;
  readonly should: number;
  readonly hint: number;
  readonly examples: readonly string[];
}

/** The whole measure. */
export interface Measurement {
  readonly kinds: readonly KindResult[];
  readonly alarms: readonly AlarmResult[];
  readonly cleanForms: number;
  readonly cleanBatches: number;
  /** Codes of automatic rules for which nothing is planted and no reason is given. */
  readonly unaccounted: readonly string[];
  /** Specimens that were not read back as they were printed. */
  readonly misread: readonly string[];
}

function printed(forms: readonly Form[], layout: string, format: (typeof FORMATS)[number]): readonly Form[] {
  const plan = layoutOf(layout);
  if (!plan) throw new Error(`no layout ${layout}`);
  const models = forms.map((form) => layOut(form, plan));
  const written =
    format === "docx"
      ? writeDocx(formsDocument(models, false))
      : format === "xlsx"
        ? writeXlsx(formsWorkbook(models, false))
        : format === "html"
          ? writeHtml(formsDocument(models, false))
          : writeText(models);
  const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const read = readDocument({ name: `specimen.${format}`, bytes, sha256 });
  if (read.kind !== "document") throw new Error(`a specimen is refused: ${read.what}`);
  return read.document.forms;
}

function formatFor(seed: number): (typeof FORMATS)[number] {
  return FORMATS[seed % FORMATS.length] ?? "docx";
}

/** Another seed for every planting: layouts, kinds and numbers draw different words. */
function seedFor(seed: number, kind: number, layout: string): number {
  return seed * 7919 + kind * 104_729 + MEASURED.findIndex(({ id }) => id === layout) * 15_485_863;
}

const codesOf = new Map<string, ReadonlySet<string>>();
const ruleById = new Map<string, Rule>(RULES.map((rule) => [rule.id, rule]));

/** The code of a rule and the codes it refines: by any of them its finding is the one looked for. */
function spokenCodes(rule: string): ReadonlySet<string> {
  const known = codesOf.get(rule);
  if (known) return known;
  const found = ruleById.get(rule);
  const refined = found && "refines" in found ? (found.refines ?? []) : [];
  const codes = new Set([...(found ? [found.code] : []), ...refined]);
  codesOf.set(rule, codes);
  return codes;
}

function speaksOf(said: { rule: string; code: string }, defect: Defect): boolean {
  const codes = spokenCodes(said.rule);
  return codes.has(defect.code) || (defect.also ?? []).includes(said.code);
}

function rowOf(at: string): string {
  return /^\w+\[\d+\]/.exec(at)?.[0] ?? at;
}

function meets(at: readonly string[], planted: readonly string[]): boolean {
  if (planted.length === 0) return true;
  const rows = new Set(planted.map(rowOf));
  return at.some((each) => rows.has(rowOf(each)));
}

interface Tally {
  layouts: Set<string>;
  planted: number;
  found: number;
  unclear: number;
  misses: string[];
}

/** What a clean form is said about, by rule and words: a finding counts for a defect only where its twin has none such. */
class Twins {
  private readonly said = new Map<string, ReadonlySet<string>>();

  saidOf(
    key: string,
    make: () => readonly { rule: string; message?: string; why?: string }[],
  ): ReadonlySet<string> {
    const known = this.said.get(key);
    if (known) return known;
    const made = new Set(make().map(wordsOf));
    this.said.set(key, made);
    return made;
  }
}

function wordsOf(said: { rule: string; message?: string; why?: string }): string {
  return `${said.rule} ${said.message ?? said.why ?? ""}`;
}

function plantForm(defect: FormDefect, kind: number, twins: Twins, misread: string[]): Tally {
  const tally: Tally = { layouts: new Set(), planted: 0, found: 0, unclear: 0, misses: [] };
  const layouts = MEASURED.map((_, index) => MEASURED[(index + kind) % MEASURED.length]?.id ?? "");
  let used = 0;
  for (const layout of layouts) {
    if (used === LAYOUTS_PER_KIND) break;
    let here = 0;
    for (let seed = 1; seed <= TRIES && here < PER_LAYOUT; seed++) {
      const clean = variedForm({
        seed: seed + 500 * MEASURED.findIndex(({ id }) => id === layout),
        template: layout,
      });
      const planted = defect.plant(clean, randomFrom(seedFor(seed, kind, layout)));
      if (!planted) continue;
      const format = formatFor(seed);
      const read = defect.unprinted ? [planted.form] : printed([planted.form], layout, format);
      const form = read[0];
      here += 1;
      tally.planted += 1;
      const where = `${layout}.${format} #${seed}`;
      if (read.length !== 1 || !form || form.indicators.length !== planted.form.indicators.length) {
        misread.push(
          `${defect.code} ${where}: ${read.length} forms, ${form?.indicators.length ?? 0} rows of ${planted.form.indicators.length}`,
        );
        tally.misses.push(`${where}: not read back`);
        continue;
      }
      const { findings, unclear } = reviewForm(
        openDossier(form, planted.context ? { context: planted.context } : {}),
        RULES,
      );
      const twin = twins.saidOf(`${layout} ${seed} ${defect.unprinted ? "" : format}`, () => {
        const forms = defect.unprinted ? [clean] : printed([clean], layout, format);
        const { forms: reviews } = review(forms, RULES);
        return reviews.flatMap((each) => [...each.findings, ...each.unclear]);
      });
      const hits = (list: readonly (Finding | { rule: string; code: string; at: readonly string[] })[]) =>
        list.some((said) => speaksOf(said, defect) && meets(said.at, planted.at) && !twin.has(wordsOf(said)));
      if (hits(findings)) tally.found += 1;
      else {
        if (hits(unclear)) tally.unclear += 1;
        tally.misses.push(`${where}${hits(unclear) ? " (unclear)" : ""}: ${show(form, planted.at, clean)}`);
      }
    }
    if (here > 0) {
      tally.layouts.add(layout);
      used += 1;
    }
  }
  return tally;
}

/** The planted place as it was read, for a person to judge whether the rule should have spoken. */
function show(form: Form, at: readonly string[], clean: Form): string {
  const place = at[0];
  if (place === undefined)
    return JSON.stringify({ funds: form.funds[0], total: form.totalScore, grade: form.grade });
  const row = /^indicators\[(\d+)\]/.exec(place);
  if (row) {
    const { level2, name, target, actual, points, score, deviation } = form.indicators[Number(row[1])] ?? {};
    return [level2, name, target?.text, actual?.text, points, score, deviation].join(" | ");
  }
  const fund = /^funds\[(\d+)\]/.exec(place);
  if (fund) return JSON.stringify(form.funds[Number(fund[1])]);
  const cells = at.flatMap((each) =>
    each === "goal.achieved" ? ["achieved" as const] : each === "goal.expected" ? ["expected" as const] : [],
  );
  const changed = cells.find((cell) => form.goal[cell] !== clean.goal[cell]);
  if (changed) {
    const text = form.goal[changed] ?? "(blank)";
    const before = clean.goal[changed] ?? "";
    return text.startsWith(before) ? `…${text.slice(before.length)}` : text;
  }
  return `${place}: ${String(form[place as keyof Form])}`;
}

function plantBatch(defect: BatchDefect, kind: number, twins: Twins, misread: string[]): Tally {
  const tally: Tally = { layouts: new Set(), planted: 0, found: 0, unclear: 0, misses: [] };
  const layouts = MEASURED.map((_, index) => MEASURED[(index + kind) % MEASURED.length]?.id ?? "");
  let used = 0;
  for (const layout of layouts) {
    if (used === LAYOUTS_PER_KIND) break;
    let here = 0;
    for (let seed = 1; seed <= TRIES && here < PER_LAYOUT; seed++) {
      const clean = variedBatch({ seed, template: layout, count: BATCH_SIZE });
      const planted = defect.plantBatch(clean, randomFrom(seedFor(seed, kind, layout)));
      if (!planted) continue;
      const format = formatFor(seed);
      const byTemplate = planted.forms.some((form) => form.template !== layout);
      const forms = byTemplate
        ? planted.forms.flatMap((form) => [...printed([form], form.template, format)])
        : printed(planted.forms, layout, format);
      here += 1;
      tally.planted += 1;
      const where = `${layout}.${format} #${seed}`;
      if (forms.length !== planted.forms.length) {
        misread.push(`${defect.code} ${where}: ${forms.length} forms of ${planted.forms.length}`);
        tally.misses.push(`${where}: not read back`);
        continue;
      }
      const { batch } = review(forms, RULES, planted.outside ?? {});
      const twin = twins.saidOf(`batch ${layout} ${seed} ${format}`, () => {
        const said = review(printed(clean, layout, format), RULES).batch;
        return [...said.findings, ...said.unclear];
      });
      const hits = (list: readonly { rule: string; code: string; at: readonly { form: number }[] }[]) =>
        list.some(
          (said) =>
            speaksOf(said, defect) &&
            !twin.has(wordsOf(said)) &&
            (planted.at.length === 0 ||
              said.at.length === 0 ||
              said.at.some(({ form }) => planted.at.includes(form))),
        );
      if (hits(batch.findings)) tally.found += 1;
      else {
        if (hits(batch.unclear)) tally.unclear += 1;
        tally.misses.push(
          `${where}${hits(batch.unclear) ? " (unclear)" : ""}: forms ${planted.at.join(", ")}`,
        );
      }
    }
    if (here > 0) {
      tally.layouts.add(layout);
      used += 1;
    }
  }
  return tally;
}

function alarmsOn(misread: string[]): { alarms: AlarmResult[]; forms: number; batches: number } {
  const alarms = new Map<
    string,
    { rule: string; code: string; must: number; should: number; hint: number; examples: string[] }
  >();
  const count = (
    finding: { rule: string; code: string; force: Force; message: string },
    where: string,
  ): void => {
    const entry = alarms.get(finding.rule) ?? {
      rule: finding.rule,
      code: finding.code,
      must: 0,
      should: 0,
      hint: 0,
      examples: [],
    };
    entry[finding.force] += 1;
    entry.examples.push(`${finding.force} ${where}: ${finding.message}`);
    alarms.set(finding.rule, entry);
  };
  let forms = 0;
  let batches = 0;
  for (const [index, { id: layout }] of MEASURED.entries()) {
    const clean = Array.from({ length: CLEAN_PER_LAYOUT }, (_, n) =>
      variedForm({ seed: 9000 + n + 500 * index, template: layout }),
    );
    for (const [n, form] of clean.entries()) {
      const read = printed([form], layout, formatFor(n));
      forms += 1;
      if (read.length !== 1 || read[0]?.indicators.length !== form.indicators.length)
        misread.push(
          `clean ${layout}.${formatFor(n)} ${form.id}: ${read[0]?.indicators.length ?? 0} rows of ${form.indicators.length}`,
        );
      for (const each of review(read, RULES).forms)
        for (const finding of each.findings) count(finding, `${layout} ${form.id}`);
    }
    for (let n = 1; n <= CLEAN_BATCHES_PER_LAYOUT; n++) {
      const batch = variedBatch({ seed: 700 + n + 10 * index, template: layout, count: CLEAN_BATCH_SIZE });
      const read = printed(batch, layout, formatFor(n + index));
      batches += 1;
      if (read.length !== batch.length)
        misread.push(`clean batch ${layout} ${n}: ${read.length} forms of ${batch.length}`);
      for (const finding of review(read, RULES).batch.findings) count(finding, `batch ${layout} ${n}`);
    }
  }
  return { alarms: [...alarms.values()].sort((a, b) => numberOf(a.code) - numberOf(b.code)), forms, batches };
}

function numberOf(code: string): number {
  return Number(code.replace(/\D+/g, ""));
}

/** Measures recall kind by kind (only of the codes given, if any) and false alarms on clean forms. Same code, same result. */
export function measureSpecimens(codes: readonly string[] = []): Measurement {
  const twins = new Twins();
  const misread: string[] = [];
  const kinds = DEFECTS.flatMap((defect, index) => {
    if (codes.length > 0 && !codes.includes(defect.code)) return [];
    const tally =
      "plant" in defect
        ? plantForm(defect, index, twins, misread)
        : plantBatch(defect, index, twins, misread);
    const { code, title, assist } = defect;
    return [{ code, title, assist: assist ?? false, ...tally, layouts: [...tally.layouts] }];
  });
  const { alarms, forms, batches } =
    codes.length > 0 ? { alarms: [], forms: 0, batches: 0 } : alarmsOn(misread);
  const planted = new Set(DEFECTS.flatMap((defect) => [defect.code, ...(defect.also ?? [])]));
  const unaccounted = RULES.filter(
    (rule) => rule.kind === "auto" && !planted.has(rule.code) && NOT_PLANTED[rule.code] === undefined,
  ).map((rule) => `${rule.code} ${rule.id}`);
  return { kinds, alarms, cleanForms: forms, cleanBatches: batches, unaccounted, misread };
}

function sumOf(kinds: readonly KindResult[], key: "planted" | "found" | "unclear"): number {
  return kinds.reduce((total, kind) => total + kind[key], 0);
}

/** Found, or for what the catalogue leaves to a person: found or said to be unclear at its place. */
export function caught(kinds: readonly KindResult[]): number {
  return kinds.reduce((total, kind) => total + kind.found + (kind.assist ? kind.unclear : 0), 0);
}

function share(part: number, whole: number): string {
  return whole === 0 ? "—" : `${Math.floor((part * 1000) / whole) / 10}%`;
}

/** The page of the catalogue: what was planted, what was found, what was said of clean forms (markdown, Chinese). */
export function specimensPage(measured: Measurement = measureSpecimens()): string {
  const { kinds, alarms, cleanForms, cleanBatches } = measured;
  const codes = [...new Set([...kinds.map(({ code }) => code), ...alarms.map(({ code }) => code)])].sort(
    (a, b) => numberOf(a) - numberOf(b),
  );
  const planted = sumOf(kinds, "planted");
  const found = sumOf(kinds, "found");
  const bad = alarms.reduce((total, { must, should }) => total + must + should, 0);
  const lines = [
    "# 样表检验",
    "",
    `本页由程序生成。样表为虚构：${FIELD_COUNT}个领域，数字、措辞、版式随机变化。每种缺陷种入三种版式（版式容得下的），打印成 docx、xlsx、html、txt 后重新读入再审核，`,
    "在种入的位置报出同一编号（或细化它的编号）才算发现；没有种入缺陷的同一张表上也有的，不算。“待判断”指没有报出、但在该处提示人工判断；",
    "目录列为辅助判定的检查（标*），待判断也计入发现率。发现率低于100%的是已知的不足，不是样表的误差。",
    "",
    `种入 ${planted} 处，发现 ${found} 处，另有 ${sumOf(kinds, "unclear")} 处提示人工判断。干净样表 ${cleanForms} 张、${cleanBatches} 批，“必须更正”和“应当说明” ${bad} 条。`,
    "",
    "| 编号 | 缺陷 | 版式数 | 种入 | 发现 | 待判断 | 发现率 | 干净表上：必须／应当／可以 |",
    "|---|---|---|---|---|---|---|---|",
  ];
  for (const code of codes) {
    const of = kinds.filter((kind) => kind.code === code);
    const said = alarms.filter((alarm) => alarm.code === code);
    const sum = (force: Force): number => said.reduce((total, alarm) => total + alarm[force], 0);
    const layouts = new Set(of.flatMap((kind) => kind.layouts)).size;
    lines.push(
      `| ${code} | ${of.map(({ title, assist }) => `${title}${assist ? "*" : ""}`).join("；") || "—"} | ${layouts || "—"} | ${sumOf(of, "planted")} | ${sumOf(of, "found")} | ${sumOf(of, "unclear")} | ${share(caught(of), sumOf(of, "planted"))} | ${sum("must")}／${sum("should")}／${sum("hint")} |`,
    );
  }
  const reasons = Object.entries(NOT_PLANTED);
  if (reasons.length > 0) {
    lines.push("", "## 没有种入的自动检查", "", "| 编号 | 原因 |", "|---|---|");
    for (const [code, why] of reasons) lines.push(`| ${code} | ${why} |`);
  }
  return `${lines.join("\n")}\n`;
}

function main(args: readonly string[]): void {
  const codes = args.filter((arg) => arg.startsWith("AR-"));
  const measured = measureSpecimens(codes);
  for (const kind of measured.kinds) {
    console.log(
      `${kind.code} ${kind.title}: ${kind.found}/${kind.planted}${kind.unclear ? ` +${kind.unclear} unclear` : ""} in ${kind.layouts.length} layouts`,
    );
    if (args.includes("--misses")) for (const miss of kind.misses) console.log(`    ${miss}`);
  }
  for (const alarm of measured.alarms) {
    console.log(
      `clean ${alarm.code} ${alarm.rule}: ${alarm.must} must, ${alarm.should} should, ${alarm.hint} hint`,
    );
    if (args.includes("--misses"))
      for (const example of alarm.examples.filter((each) => !each.startsWith("hint")).slice(0, 8))
        console.log(`    ${example}`);
  }
  for (const each of measured.misread) console.log(`misread ${each}`);
  for (const each of measured.unaccounted) console.log(`no defect: ${each}`);
  console.log(
    `${sumOf(measured.kinds, "found")} of ${sumOf(measured.kinds, "planted")} found, ${sumOf(measured.kinds, "unclear")} unclear; ${measured.cleanForms} clean forms, ${measured.cleanBatches} clean batches`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
