import {
  compactLabel,
  describePlace,
  type Form,
  type Fund,
  formatDecimal,
  type Goal,
  type Indicator,
  multiply,
  type Note,
  type Place,
  parseDecimal,
  place,
  roundRatio,
  type Score,
  showDecimal,
  sum,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { type FormScore, type PolicyPack, scoreForm, selectPolicy } from "@jiheng/scoring";
import { alikeForms, checkSources } from "./check-sources.ts";
import { combineFunds } from "./combine-funds.ts";
import { combineRow } from "./combine-row.ts";
import { combineDates, combineWords } from "./combine-words.ts";
import type {
  Conflict,
  Derivation,
  RolledUp,
  RollUp,
  RollUpChoices,
  RollUpSource,
  Term,
} from "./derivation.ts";
import { findOffers } from "./find-offers.ts";
import { type Group, joinRows } from "./join-rows.ts";
import { type Leaf, leavesOf, type Member, termOf } from "./leaf.ts";
import { level1Key, tableOrder } from "./lexicon/levels.ts";
import { nameKey } from "./lexicon/names.ts";
import { allotPoints } from "./points.ts";

/** What a roll-up may be told. Everything is optional: without it nothing is merged and points are allotted equally. */
export interface RollUpOptions extends Partial<RollUpChoices> {
  /** Name of the category or department project. */
  readonly name?: string;
  /** Id of the form template of the result; without it all sources must share theirs. */
  readonly template?: string;
  /** Without it the policy of the rolled-up form's place, template and year. */
  readonly policy?: PolicyPack;
}

/** The choices of a roll-up about which nothing was said. */
export const NO_CHOICES: RollUpChoices = {
  points: "equal",
  weights: {},
  merges: [],
  apart: [],
  denominators: [],
  once: [],
  strictest: [],
};

const SCORED_LAST = cite("form-hubei-2020", "汇总·先合后分");

/** A form as a source of a roll-up, with the file it came from. */
export function sourceOf(form: Form, file: string | null = null): RollUpSource {
  return { form, file, parts: [], choices: null };
}

/** A roll-up as a source of the next one: its own sources stay with it. */
export function sourceOfRollUp(rolled: RolledUp, file: string | null = null): RollUpSource {
  return { form: rolled.form, file, parts: rolled.sources, choices: rolled.choices };
}

function choicesOf(sources: readonly RollUpSource[], options: RollUpOptions): RollUpChoices {
  const inner: RollUpChoices[] = [];
  const visit = (source: RollUpSource): void => {
    if (source.choices) inner.push(source.choices);
    for (const part of source.parts) visit(part);
  };
  for (const source of sources) visit(source);
  const all = [...inner, { ...NO_CHOICES, ...options }];
  const unique = <T>(lists: readonly (readonly T[])[]): readonly T[] => [
    ...new Map(lists.flat().map((each) => [JSON.stringify(each), each])).values(),
  ];
  return {
    points: options.points ?? "equal",
    weights: options.weights ?? {},
    merges: unique(all.map((each) => each.merges)),
    apart: unique(all.map((each) => each.apart)),
    denominators: unique(all.map((each) => each.denominators)),
    once: unique(all.map((each) => each.once)),
    strictest: unique(all.map((each) => each.strictest)),
  };
}

/** A stable id from the ids of the sources, whatever their order. */
function idOf(leaves: readonly Leaf[]): string {
  const text = leaves
    .map((leaf) => leaf.form.id)
    .sort()
    .join("\n");
  let hash = 0xcbf29ce484222325n;
  for (const character of text)
    hash = ((hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return `rollup-${hash.toString(16).padStart(16, "0")}`;
}

function shared<K extends keyof Form>(leaves: readonly Leaf[], key: K): Form[K] | null {
  const values = new Set(leaves.map((leaf) => leaf.form[key]));
  const [only] = values;
  return values.size === 1 && only !== undefined ? only : null;
}

function named(leaves: readonly Leaf[], key: "department" | "unit"): string | null {
  const names = new Map<string, string>();
  for (const leaf of leaves) {
    const name = leaf.form[key]?.trim();
    if (name && !names.has(compactLabel(name))) names.set(compactLabel(name), name);
  }
  return names.size === 0 ? null : [...names.values()].join("、");
}

/** Texts joined under their project's names, a paragraph each; one project's text alone stays as it is. */
function joined(
  leaves: readonly Leaf[],
  textOf: (form: Form) => string | null,
  at: Place,
): { readonly text: string | null; readonly trace: Derivation | null } {
  const terms: Term[] = [];
  const paragraphs: string[] = [];
  for (const leaf of leaves) {
    const text = textOf(leaf.form)?.trim();
    if (!text) continue;
    terms.push(termOf(leaf, at, text));
    paragraphs.push(leaves.length === 1 ? text : `${leaf.title}：${text}`);
  }
  if (terms.length === 0) return { text: null, trace: null };
  return {
    text: paragraphs.join("\n"),
    trace: { kind: "joined", says: "各项目的文字列在项目名称之下", basis: [], terms },
  };
}

function goalText(side: "expected" | "achieved"): (form: Form) => string | null {
  return ({ goals, goal }) => {
    const texts = goals.flatMap((each) => {
      const text = each[side]?.trim();
      return text ? [goals.length > 1 && each.name ? `${each.name}：${text}` : text] : [];
    });
    return texts.length > 0 ? texts.join("\n") : goal[side];
  };
}

function joinReasons(
  members: readonly Member[],
  remark: string | null,
): { text: string | null; trace: Derivation | null } {
  const terms: Term[] = [];
  const parts = remark === null ? [] : [remark];
  for (const { leaf, index, row } of members) {
    const text = row.deviation?.trim();
    if (!text) continue;
    terms.push(termOf(leaf, place.indicator(index, "deviation"), text));
    parts.push(members.length === 1 ? text : `${leaf.title}：${text}`);
  }
  if (parts.length === 0) return { text: null, trace: null };
  return {
    text: parts.join("\n"),
    trace: { kind: "joined", says: "各项目的原因列在项目名称之下", basis: [], terms },
  };
}

/** Names in the choices of this roll-up that no row bears: a typing slip would else do nothing and say nothing. */
function unusedNames(leaves: readonly Leaf[], options: RollUpOptions): readonly string[] {
  const known = new Set(leaves.flatMap((leaf) => leaf.form.indicators.map((row) => nameKey(row.name ?? ""))));
  const typed: readonly (readonly [string, readonly string[]])[] = [
    ["合并", (options.merges ?? []).flat()],
    ["分列", options.apart ?? []],
    ["按分母加权", (options.denominators ?? []).flat()],
    ["只计一次", options.once ?? []],
    ["取最严", options.strictest ?? []],
    ["分值权重", Object.keys(options.weights ?? {})],
  ];
  return typed.flatMap(([what, names]) =>
    names
      .filter((name) => !known.has(nameKey(name)))
      .map((name) => `指定${what}的“${name}”没有对应的指标，未起作用`),
  );
}

/** Rows that would print the same name get the names of their projects behind it. */
function printedNames(groups: readonly Group[]): readonly string[] {
  const suffixOf = (group: Group): string => {
    const titles = [...new Set(group.members.map((member) => member.leaf.title))];
    return titles.length > 2 ? `${titles[0]}等${titles.length}个项目` : titles.join("、");
  };
  const suffixes = groups.map(suffixOf);
  const twins = new Map<string, Set<string>>();
  const count = new Map<string, number>();
  for (const [index, { nameKey: key }] of groups.entries()) {
    twins.set(key, (twins.get(key) ?? new Set()).add(suffixes[index] ?? ""));
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return groups.map((group, index) => {
    const name = group.members[0]?.row.name?.trim() ?? "";
    const alone = (count.get(group.nameKey) ?? 0) < 2;
    // Where the projects are the same too, their names would tell nothing apart.
    if (alone || name === "" || (twins.get(group.nameKey)?.size ?? 0) < 2) return name;
    return `${name}（${suffixes[index]}）`;
  });
}

/** Rows of one name that projects list under unlike levels: left as they are, and told. */
function placedApart(groups: readonly Group[]): readonly { readonly says: string; readonly at: Place }[] {
  const byName = new Map<string, number[]>();
  for (const [index, { parent, members }] of groups.entries()) {
    const name = nameKey(members[0]?.row.name ?? "");
    if (name !== "" && parent === null) byName.set(name, [...(byName.get(name) ?? []), index]);
  }
  return [...byName.values()].flatMap((indexes) => {
    const sides = new Map<string, Set<string>>();
    const leaves: Leaf[] = [];
    for (const index of indexes)
      for (const { leaf, row } of groups[index]?.members ?? []) {
        const level = [row.level1, row.level2].filter((each) => each !== null).join("—") || "（没有填）";
        sides.set(level, (sides.get(level) ?? new Set()).add(`“${leaf.title}”`));
        leaves.push(leaf);
      }
    const keys = new Set(indexes.map((index) => groups[index]?.nameKey));
    const [first] = indexes;
    // A project that lists the name under both levels means two things by it.
    if (first === undefined || keys.size < 2 || new Set(leaves).size < leaves.length) return [];
    const said = [...sides].map(([level, titles]) => `${[...titles].join("、")}列在${level}`).join("，");
    const name = groups[first]?.members[0]?.row.name?.trim();
    return [
      {
        says: `「${name}」${said}，没有合并；如是同一指标，请先统一指标类别`,
        at: place.indicator(first, "name"),
      },
    ];
  });
}

/** Orders rows as the official table does; inside a level-2 group as they first appear. */
function inTableOrder(groups: readonly Group[]): readonly Group[] {
  // Rows of one name that stay apart stand together, where the first of them stands.
  const order = new Map<string, number>();
  for (const [index, { nameKey: name }] of groups.entries()) if (!order.has(name)) order.set(name, index);
  const position = new Map(groups.map((group, index) => [group.key, index]));
  const levels = new Map<string, number>();
  for (const group of groups) {
    const row = group.members[0]?.row;
    const level = level1Key(row?.level1 ?? null, row?.level2 ?? null);
    if (!levels.has(level)) levels.set(level, levels.size);
  }
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const rank = (group: Group): readonly number[] => {
    const top = group.parent === null ? group : (byKey.get(group.parent) ?? group);
    const row = top.members[0]?.row;
    return [
      tableOrder(row?.level1 ?? null, row?.level2 ?? null),
      levels.get(level1Key(row?.level1 ?? null, row?.level2 ?? null)) ?? 0,
      order.get(top.nameKey) ?? 0,
      position.get(top.key) ?? 0,
      group === top ? 0 : 1,
      position.get(group.key) ?? 0,
    ];
  };
  const ranked = groups.map((group) => ({ group, rank: rank(group) }));
  ranked.sort((a, b) => {
    for (const [at, value] of a.rank.entries()) {
      const difference = value - (b.rank[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return ranked.map((each) => each.group);
}

function markTrace(score: Score): Derivation {
  if (score.kind === "scored")
    return {
      kind: "recomputed",
      value: formatDecimal(score.awarded, 2),
      says: score.steps.map((step) => step.says).join("；"),
      basis: [SCORED_LAST],
      steps: score.steps,
    };
  const says =
    score.kind === "judgement"
      ? score.why.includes("之间")
        ? score.why
        : `${score.why}；在${showDecimal(score.between[0])}分与${showDecimal(score.between[1])}分之间`
      : score.kind === "missing"
        ? score.what
        : score.why;
  return {
    kind: "recomputed",
    value: null,
    says,
    basis: [SCORED_LAST],
    steps: score.kind === "notApplicable" ? [] : score.steps,
  };
}

/**
 * Rolls second-level projects (or roll-ups of them) up into one form: funds added by source, rows joined by meaning, figures
 * aggregated first and scored then. Every figure keeps its sources; whatever stands against it is said at once.
 */
export function rollUp(sources: readonly RollUpSource[], options: RollUpOptions = {}): RollUp {
  const leaves = leavesOf(sources);
  const conflicts: Conflict[] = [...checkSources(leaves, options.template ?? null)];
  const [first] = leaves;
  if (!first) return { kind: "refused", conflicts };
  const choices = choicesOf(sources, options);
  const traces: Record<Place, Derivation> = {};
  const notes: Note[] = [];
  const note = (level: Note["level"], code: string, says: string, at: Place | null): void => {
    notes.push({ level, code, says, place: at, at: null });
  };
  for (const source of sources)
    for (const each of editsOf(source)) note("guessed", "rollup-edited", each, null);
  for (const each of alikeForms(leaves)) note("guessed", "rollup-alike", each, null);
  const head = headOf(leaves, options, traces, note);
  const policy = options.policy ?? selectPolicy(head).policy;

  const combinedFunds = combineFunds(leaves, head.template, policy);
  Object.assign(traces, combinedFunds.traces);
  notes.push(...combinedFunds.notes);

  const groups = inTableOrder(joinRows(leaves, choices));
  const names = printedNames(groups);
  for (const each of unusedNames(leaves, options)) note("guessed", "rollup-unused-choice", each, null);
  const points = allotPoints(leaves, groups, policy, choices);
  conflicts.push(...points.conflicts);
  const ids = new Map(groups.map((group, index) => [group.key, `r${index + 1}`]));
  const weighted = new Set<number>();
  const indicators = groups.map((group, index): Indicator => {
    const { members } = group;
    const at = (field: keyof Indicator): Place => place.indicator(index, field);
    const row = members[0]?.row as Indicator;
    const kind = members[0]?.kind ?? "words";
    const put = (field: keyof Indicator, trace: Derivation | null | undefined): void => {
      if (trace) traces[at(field)] = trace;
    };
    const isWords = kind === "words" || kind === "date";
    const words =
      kind === "date"
        ? combineDates(members, policy, choices)
        : kind === "words"
          ? combineWords(members, policy)
          : null;
    const counted = words ? null : combineRow(members, kind, choices);
    const combined = words ?? counted;
    conflicts.push(...(combined?.conflicts ?? []));
    for (const each of combined?.notes ?? []) note(each.level, each.code, each.says, at("actual"));
    put("target", combined?.traces.target);
    put("actual", combined?.traces.actual);
    if (counted) put("initialTarget", counted.traces.initialTarget);
    if (counted?.byMoney) weighted.add(index);
    const reasons = joinReasons(members, words?.remark ?? null);
    put("deviation", reasons.trace);
    put("points", points.traces[index]);
    const name = names[index] || null;
    put("name", {
      kind: "joined",
      says:
        name !== (row.name?.trim() ?? null)
          ? "同名的行不能合并成一行，名称后注明项目"
          : members.length > 1
            ? `${members.length}个项目的同一指标`
            : "照原样列入",
      basis: [],
      terms: members.map((member) =>
        termOf(member.leaf, place.indicator(member.index, "name"), member.row.name),
      ),
    });
    const whole = parseDecimal(points.rows[index] ?? null);
    const { places, rounding } = policy.scoreRounding.value;
    const earned = isWords && words?.earned && whole ? words.earned : null;
    if (earned) put("score", earned.trace);
    return {
      id: ids.get(group.key) ?? `r${index + 1}`,
      parent: group.parent === null ? null : (ids.get(group.parent) ?? null),
      goal: 0,
      core: members.some((member) => member.row.core === true)
        ? true
        : members.every((m) => m.row.core === null)
          ? null
          : false,
      level1: row.level1,
      level2: row.level2,
      groupPoints: null,
      name,
      target: combined?.target ?? row.target,
      initialTarget: counted?.initialTarget ?? (members.length === 1 ? row.initialTarget : null),
      actual: combined?.actual ?? row.actual,
      points: points.rows[index] ?? null,
      // The sources' own marks: kept by the policy only where they lie inside the tier of the words.
      score:
        earned && whole
          ? formatDecimal(
              roundRatio(
                { numerator: multiply(earned.share.numerator, whole), denominator: earned.share.denominator },
                places,
                rounding,
              ),
              2,
            )
          : null,
      coefficient: members.length === 1 ? row.coefficient : null,
      reviewScore: null,
      criteria: members.length === 1 ? row.criteria : null,
      evidence: members.length === 1 ? row.evidence : null,
      deviation: reasons.text,
    };
  });
  for (const each of points.notes) note(each.level, each.code, each.says, "indicators");
  const split = new Map<string, { name: string; at: Place; rows: number }>();
  for (const [index, group] of groups.entries()) {
    const name = group.members[0]?.row.name?.trim();
    if (name === undefined || names[index] === name) continue;
    const known = split.get(group.nameKey);
    split.set(group.nameKey, {
      name,
      at: known?.at ?? place.indicator(index, "name"),
      rows: (known?.rows ?? 0) + 1,
    });
  }
  for (const { name, at, rows } of split.values())
    note("guessed", "rollup-renamed", `「${name}」没有合并成一行，分${rows}行列出并注明项目`, at);
  for (const each of placedApart(groups)) note("guessed", "rollup-levels", each.says, each.at);
  if (conflicts.length > 0) return { kind: "refused", conflicts };

  const expected = joined(leaves, goalText("expected"), "goal.expected");
  const achieved = joined(leaves, goalText("achieved"), "goal.achieved");
  const deviation = joined(leaves, (form) => form.deviation, "deviation");
  if (expected.trace) traces["goal.expected"] = expected.trace;
  if (achieved.trace) traces["goal.achieved"] = achieved.trace;
  if (deviation.trace) traces.deviation = deviation.trace;
  const goal: Goal = {
    name: null,
    expected: expected.text,
    adjusted: null,
    achieved: achieved.text,
    points: null,
    score: null,
  };
  const funds = withReasons(combinedFunds.funds, leaves, points.execution, traces, points.executionTrace);
  const draft: Form = {
    ...head,
    moneyUnit: combinedFunds.moneyUnit,
    funds,
    goal: { expected: goal.expected, achieved: goal.achieved },
    goals: goal.expected === null && goal.achieved === null ? [] : [goal],
    indicators,
    totalPoints: totalPointsOf([points.execution, ...points.rows]),
    deviation: deviation.text,
  };
  const form = marked(draft, scoreForm(draft, policy), traces, note, leaves);
  const manyGoals = leaves.filter(
    ({ form: { goals } }) => goals.length > 1 || goals.some((each) => each.points !== null),
  );
  if (leaves.length > 1 && manyGoals.length > 0)
    note(
      "guessed",
      "rollup-goals",
      `${manyGoals.map((leaf) => `“${leaf.title}”`).join("、")}分目标列示：各目标的文字已并入，指标不再分目标，目标的分值和得分不汇总`,
      "goal.expected",
    );
  const columns = leftColumns(leaves, groups, indicators);
  if (columns.length > 0)
    note("lost", "rollup-columns", `${columns.join("、")}不汇总，保留在来源表中`, "indicators");
  if (leaves.some((leaf) => leaf.form.fields.length > 0))
    note("guessed", "rollup-fields", "各表的其他栏目（联系人、说明等）不汇总，保留在来源表中", null);
  const offers = findOffers(groups, weighted, choices);
  return {
    kind: "rolled",
    form: { ...form, notes },
    policy: { id: policy.id, version: policy.version },
    choices,
    sources,
    traces,
    offers,
    notes,
  };
}

const LEFT_COLUMNS: readonly (readonly [keyof Indicator, string])[] = [
  ["initialTarget", "年初指标值"],
  ["coefficient", "得分系数"],
  ["reviewScore", "复核得分"],
  ["criteria", "评分标准"],
  ["evidence", "佐证材料"],
];

/** What sources filled in and the roll-up has no figure or text of its own for: the columns, in words. */
function leftColumns(
  leaves: readonly Leaf[],
  groups: readonly Group[],
  indicators: readonly Indicator[],
): readonly string[] {
  const columns = LEFT_COLUMNS.flatMap(([key, what]) => {
    const isFilled = ({ row }: Member): boolean =>
      key === "initialTarget" ? row.initialTarget?.text != null : row[key] !== null;
    const rows = groups.filter(
      ({ members }, index) => indicators[index]?.[key] === null && members.some(isFilled),
    );
    return rows.length === 0 ? [] : [`${what}（${rows.length}行）`];
  });
  const isAdjusted = leaves.some(({ form }) => form.goals.some((goal) => goal.adjusted !== null));
  return isAdjusted ? [...columns, "调整后的目标"] : columns;
}

/** What a person changed in a form that is itself a roll-up: its figures are still taken from its own sources. */
function editsOf({ form, file, parts, choices }: RollUpSource): readonly string[] {
  if (parts.length === 0) return [];
  const again = rollUp(parts, { ...(choices ?? {}), template: form.template });
  if (again.kind === "refused") return [];
  const changed: Place[] = [];
  for (const [index, fund] of again.form.funds.entries())
    for (const field of ["initialBudget", "adjustedBudget", "expenditure"] as const)
      if (form.funds[index]?.[field] !== fund[field]) changed.push(place.fund(index, field));
  for (const [index, row] of again.form.indicators.entries())
    for (const field of ["target", "actual"] as const)
      if (form.indicators[index]?.[field].text !== row[field].text)
        changed.push(place.indicator(index, field));
  const title = form.project ?? file ?? form.id;
  if (form.indicators.length !== again.form.indicators.length) changed.push("indicators");
  return changed.length === 0
    ? []
    : [
        `汇总表“${title}”的${changed.map((at) => describePlace(form, at)).join("、")}与其来源不符，本次汇总按来源表计算；确需更改的请改来源表`,
      ];
}

function headOf(
  leaves: readonly Leaf[],
  options: RollUpOptions,
  traces: Record<Place, Derivation>,
  note: (level: Note["level"], code: string, says: string, at: Place | null) => void,
): Form {
  const first = leaves[0]?.form as Form;
  const department = named(leaves, "department");
  const unit = named(leaves, "unit");
  const only = leaves.length === 1 ? first.project : null;
  const project =
    options.name?.trim() || only || `${department ?? unit ?? ""}项目汇总（${leaves.length}个项目）`;
  traces.project = options.name
    ? { kind: "given", value: project, says: "按指定的名称", basis: [] }
    : {
        kind: "joined",
        says: `汇总${leaves.length}个项目`,
        basis: [],
        terms: leaves.map((leaf) => termOf(leaf, "project", leaf.form.project)),
      };
  const undated = leaves.filter((leaf) => leaf.form.year === null);
  const year = leaves.find((leaf) => leaf.form.year !== null)?.form.year ?? null;
  if (year !== null && undated.length > 0)
    note(
      "guessed",
      "rollup-year",
      `${undated.map((leaf) => `“${leaf.title}”`).join("、")}没有印年度，按其他项目的${year}年度汇总`,
      "year",
    );
  if (!options.name && only === null)
    note("guessed", "rollup-name", `没有指定汇总表的名称，暂写为“${project}”`, "project");
  for (const key of ["department", "unit"] as const) {
    const values = new Set(leaves.map((leaf) => leaf.form[key]?.trim() || null));
    traces[key] = {
      kind: "joined",
      says: values.size === 1 ? "各项目相同" : "各项目不同，逐一列出",
      basis: [],
      terms: leaves.map((leaf) => termOf(leaf, key, leaf.form[key])),
    };
  }
  return {
    id: idOf(leaves),
    kind: first.kind,
    template: options.template ?? first.template,
    title: first.title,
    formNumber: shared(leaves, "formNumber"),
    year,
    project,
    projectCode: shared(leaves, "projectCode"),
    department,
    departmentCode: shared(leaves, "departmentCode"),
    unit,
    unitCode: shared(leaves, "unitCode"),
    jurisdiction: shared(leaves, "jurisdiction"),
    moneyUnit: null,
    funds: [],
    goal: { expected: null, achieved: null },
    goals: [],
    indicators: [],
    totalPoints: null,
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
  };
}

/** The points together, or null where no row has any. */
function totalPointsOf(points: readonly (string | null)[]): string | null {
  const given = points.map(parseDecimal).filter((each) => each !== null);
  return points.slice(1).every((each) => each === null) ? null : formatDecimal(sum(given), 2);
}

/** The funds with the points of execution at their first row and the reasons of the projects. */
function withReasons(
  funds: readonly Fund[],
  leaves: readonly Leaf[],
  points: string | null,
  traces: Record<Place, Derivation>,
  trace: Derivation | null,
): readonly Fund[] {
  const total = Math.max(
    0,
    funds.findIndex((fund) => fund.source === "total"),
  );
  return funds.map((fund, index) => {
    if (index !== total) return fund;
    const terms: Term[] = [];
    const texts: string[] = [];
    for (const leaf of leaves)
      for (const [at, each] of leaf.form.funds.entries()) {
        const text = each.deviation?.trim();
        if (!text) continue;
        terms.push(termOf(leaf, place.fund(at, "deviation"), text));
        texts.push(leaves.length === 1 ? text : `${leaf.title}：${text}`);
      }
    if (terms.length > 0)
      traces[place.fund(index, "deviation")] = {
        kind: "joined",
        says: "各项目的原因列在项目名称之下",
        basis: [],
        terms,
      };
    if (trace) traces[place.fund(index, "points")] = trace;
    return { ...fund, points, deviation: texts.length > 0 ? texts.join("\n") : null };
  });
}

/** Writes the marks of a policy into the form: numbers where they are, nothing where a person has to judge. */
function marked(
  draft: Form,
  score: FormScore,
  traces: Record<Place, Derivation>,
  note: (level: Note["level"], code: string, says: string, at: Place | null) => void,
  leaves: readonly Leaf[],
): Form {
  if (leaves.length === 0) return draft;
  const indicators = draft.indicators.map((row, index): Indicator => {
    const mark = score.indicators[index];
    const at = place.indicator(index, "score");
    if (!mark || mark.kind === "notApplicable") return row;
    const trace = markTrace(mark);
    const own = traces[at];
    if (mark.kind === "scored" && own && row.score !== null && own.kind !== "recomputed")
      traces[at] = { ...own, says: `${own.says}；${trace.says}` };
    else traces[at] = trace;
    if (mark.kind === "scored") return { ...row, score: formatDecimal(mark.awarded, 2) };
    const gaps = (["target", "actual"] as const).filter(
      (field) => traces[place.indicator(index, field)]?.kind === "unavailable",
    );
    if (gaps.length > 0) {
      const what = gaps.map((field) => (field === "target" ? "年度指标值" : "实际完成值")).join("和");
      note(
        "lost",
        "rollup-judgement",
        `「${row.name ?? "未命名指标"}」${what}没有汇总出来，得分由人确定`,
        at,
      );
      return { ...row, score: null };
    }
    note(
      mark.kind === "missing" ? "lost" : "guessed",
      "rollup-judgement",
      `「${row.name ?? "未命名指标"}」得分由人确定：${trace.says}`,
      at,
    );
    return { ...row, score: null };
  });
  const executed = new Map(score.executionRows.map((row) => [row.fund, row.score]));
  const funds = draft.funds.map((fund, index): Fund => {
    const mark = executed.get(index);
    if (!mark || mark.kind === "notApplicable") return fund;
    const trace = markTrace(mark);
    traces[place.fund(index, "score")] = trace;
    if (mark.kind === "scored") return { ...fund, score: formatDecimal(mark.awarded, 2) };
    note("lost", "rollup-judgement", `预算执行得分不能计算：${trace.says}`, place.fund(index, "score"));
    return fund;
  });
  const said = score.steps.map((step) => step.says).join("；");
  const none = score.total.kind === "notApplicable" ? score.total.why : "没有可以相加的得分";
  const recomputed = (value: string | null): Derivation => ({
    kind: "recomputed",
    value,
    says: said === "" ? none : said,
    basis: [SCORED_LAST],
    steps: score.steps,
  });
  const totalScore = score.total.kind === "number" ? formatDecimal(score.total.value, 2) : null;
  traces.totalScore = recomputed(totalScore);
  traces.grade = recomputed(score.grade);
  if (draft.totalPoints !== null)
    traces.totalPoints = {
      kind: "recomputed",
      value: draft.totalPoints,
      says: `预算执行与各指标的分值合计${draft.totalPoints}分`,
      basis: [],
      steps: [],
    };
  if (score.total.kind === "bounds" && score.total.between)
    note(
      "guessed",
      "rollup-judgement",
      `总分在${showDecimal(score.total.between[0])}分与${showDecimal(score.total.between[1])}分之间，尚缺${score.total.lacking.length}项`,
      "totalScore",
    );
  return { ...draft, indicators, funds, totalScore, grade: totalScore === null ? null : score.grade };
}

/** The forms a roll-up was made of, unchanged and in their order. */
export function splitRollUp(rolled: RolledUp): readonly Form[] {
  return rolled.sources.map((source) => source.form);
}
