import {
  compare,
  type Decimal,
  equals,
  type Form,
  HUNDRED,
  type Measure,
  multiply,
  parseDecimal,
  roundRatio,
} from "@jiheng/domain";
import type { FormFacts, RowFacts } from "../../facts/form-facts.ts";
import {
  countedNoun,
  type Narrative,
  type Quantity,
  storiesOf,
  unitAt,
  unitFamily,
} from "../../text/index.ts";

/** How a number in the text belongs to a row: `joined` names the same thing for sure, `likely` may be another group of the same kind. */
export interface CountJoin {
  readonly row: RowFacts;
  readonly narrative: Narrative;
  readonly quantity: Quantity;
  readonly strength: "joined" | "likely";
}

/** A row that prints a count with a unit (no share, no money). */
export interface CountRow {
  readonly row: RowFacts;
  readonly noun: string;
  readonly family: string;
  readonly value: Decimal;
  /** False where no actual is printed yet: then `value` is the target. */
  readonly isReported: boolean;
  /** The target in the same unit, where it is a number. */
  readonly target: Decimal | null;
}

/** Words around a number that narrow nothing. */
const FILLER =
  /[0-9]{4}年度?|全年|当年|本年度?|年度|年内|共计|总计|合计|累计|共|已|实际|圆满|顺利|按时|如期|完成|开展|组织|举办|实施|进行|新增|发放|提供|覆盖|达到?|约|有|了|的|工作|活动|任务|其中|个|本区|本县|本市|全区|全县|全市|全镇|全校|全院|我区|我县|我市|乡镇|街道|社区|城乡|不少于|不低于|至少|及?以上|为|对|向|将|在|和|及|、|\s/g;

/** The unit of a measure, as a family of units; "" where it prints none, "%" for shares. */
function familyOfMeasure(measure: Measure): string {
  const unit = (measure.unit ?? "").replace(/[()（）\s]/g, "");
  if (unit === "" || /[%％‰]/.test(unit)) return unit === "" ? "" : "%";
  return unitFamily(unit);
}

const SCALED = /^(百万|千万|十万|万亿|万|亿)(?=.)/;
const POWER: Readonly<Record<string, bigint>> = {
  十万: 100_000n,
  百万: 1_000_000n,
  千万: 10_000_000n,
  万亿: 1_000_000_000_000n,
  万: 10_000n,
  亿: 100_000_000n,
};

/** 3.2万亩 as 32000亩, as the numbers of a text are kept. */
function unscaled(family: string, value: Decimal): { family: string; value: Decimal } {
  const factor = POWER[SCALED.exec(family)?.[1] ?? ""];
  if (factor === undefined) return { family, value };
  return {
    family: unitFamily(family.replace(SCALED, "")),
    value: multiply(value, { units: factor, scale: 0 }),
  };
}

const COUNTED_CACHE = new WeakMap<FormFacts, readonly CountRow[]>();

/** The rows that count something in whole units and report it, with what they count. */
export function countRowsOf(facts: FormFacts): readonly CountRow[] {
  return plannedRowsOf(facts).filter(({ isReported }) => isReported);
}

/** The same with the rows whose actual is still blank: those of a declaration. */
export function plannedRowsOf(facts: FormFacts): readonly CountRow[] {
  const known = COUNTED_CACHE.get(facts);
  if (known) return known;
  const list: CountRow[] = [];
  for (const row of facts.rows) {
    const family = familyOfMeasure(row.row.actual) || familyOfMeasure(row.row.target);
    const value = row.actual ?? (row.row.actual.text === null ? row.target : null);
    if (!value || family === "" || family === "%" || /元/.test(family) || /率$|比例$|占比$/.test(row.name))
      continue;
    // A unit that is no unit ("前三") counts nothing that a text could name.
    const bare = family.replace(SCALED, "");
    if (unitAt(bare, 0) === null && unitFamily(bare) === bare && bare.length > 2) continue;
    const own = familyOfMeasure(row.row.target) || family;
    list.push({
      row,
      noun: countedNoun(row.name),
      ...unscaled(family, value),
      isReported: row.actual !== null,
      target: row.target ? unscaled(own, row.target).value : null,
    });
  }
  COUNTED_CACHE.set(facts, list);
  return list;
}

/** "6个乡镇" says where, not how much was done. */
const SCOPE = /^(?:乡镇?|镇|街道|行政村|自然村|村(?!民)|社区|县|区|市|省|州|地区|片区|部门|方面|领域)/;

/** Numbers of a text that report an amount: no prices, limits, approximations, labels, plans. */
export function reportedAmounts(narrative: Narrative): Quantity[] {
  return narrative.quantities.filter(
    (quantity) =>
      quantity.kind !== "label" &&
      quantity.kind !== "percent" &&
      quantity.per.length === 0 &&
      !quantity.limit &&
      !quantity.worded &&
      !isPlanned(quantity) &&
      !/标准/.test(quantity.tail.slice(0, 4)) &&
      !SCOPE.test(quantity.tail),
  );
}

const PLANNED =
  /^(?:[0-9]{4}年度?|全年|年初|本年度?|年度|原|其中)*(?:计划|拟|预计|目标|应(?!急|用|对)|任务)|(?:计划|目标|拟|预计|应|任务|指标)(?:为|数|[\u4e00-\u9fff]{1,2})?$/;

/** Whether the words before a number make it a plan or a target. */
export function isPlanned(quantity: Quantity): boolean {
  return PLANNED.test(quantity.lead);
}

/** How a row's noun meets the words around a number of the same unit. */
function strengthOf(noun: string, quantity: Quantity): CountJoin["strength"] | null {
  if (noun.length < 2) return null;
  const words = quantity.lead + quantity.tail;
  const around = new Set(words);
  const own = new Set(noun);
  let covered = 0;
  for (const sign of own) if (around.has(sign)) covered += 1;
  if (covered * 5 < own.size * 4) return null;
  const rest = words.replace(FILLER, "");
  for (const sign of rest) if (!own.has(sign)) return "likely";
  return noun.length >= 3 ? "joined" : "likely";
}

/** The numbers of the given texts that speak of what the row counts, by noun and unit. */
export function joinsOf(count: CountRow, narratives: readonly Narrative[], planned: boolean): CountJoin[] {
  const joins: CountJoin[] = [];
  for (const narrative of narratives) {
    for (const quantity of planned ? narrative.quantities : reportedAmounts(narrative)) {
      if (quantity.kind !== "count" && quantity.kind !== "time") continue;
      if (
        quantity.family !== count.family ||
        quantity.approximate ||
        quantity.per.length > 0 ||
        quantity.worded
      )
        continue;
      const strength = strengthOf(count.noun, quantity);
      if (strength) joins.push({ row: count.row, narrative, quantity, strength });
    }
  }
  return joins;
}

/** A share row whose value is exactly one number of the text divided by another. */
export interface RateProof {
  readonly row: RowFacts;
  readonly narrative: Narrative;
  readonly numerator: Quantity;
  readonly denominator: Quantity;
}

/** Share rows proved by two neighbouring numbers of one unit; only values with decimals, which do not fit by chance, unless whole ones are asked for too. */
export function rateProofsOf(
  facts: FormFacts,
  narratives: readonly Narrative[],
  alsoWhole = false,
): RateProof[] {
  const proofs: RateProof[] = [];
  const rates = facts.rows.filter(
    (row) =>
      row.actual !== null &&
      familyOfMeasure(row.row.actual) === "%" &&
      (alsoWhole || !wholeNumber(row.actual)),
  );
  if (rates.length === 0) return proofs;
  for (const narrative of narratives) {
    const list = narrative.quantities.filter(
      (quantity) =>
        quantity.kind === "count" && quantity.per.length === 0 && !quantity.worded && !quantity.limit,
    );
    for (let i = 0; i + 1 < list.length; i++) {
      const first = list[i];
      const second = list[i + 1];
      if (!first || !second || first.family !== second.family || second.start - first.end > 30) continue;
      for (const row of rates) {
        for (const [top, bottom] of [
          [first, second],
          [second, first],
        ] as const) {
          // A part is no more than its whole; a full share fits any two equal numbers.
          if (compare(top.value, bottom.value) >= 0) continue;
          if (row.actual && isPercent(row.actual, top.value, bottom.value)) {
            proofs.push({ row, narrative, numerator: top, denominator: bottom });
          }
        }
      }
    }
  }
  return proofs;
}

function wholeNumber(value: Decimal): boolean {
  return value.units % 10n ** BigInt(value.scale) === 0n;
}

function isPercent(percent: Decimal, top: Decimal, bottom: Decimal): boolean {
  const share = { numerator: multiply(top, HUNDRED), denominator: bottom };
  return (["half-up", "truncate"] as const).some((rounding) =>
    equals(roundRatio(share, percent.scale, rounding), percent),
  );
}

/** The texts that tell the result, and those that tell the goal. */
export function resultsOf(form: Form): readonly Narrative[] {
  return storiesOf(form).filter(({ side }) => side === "achieved");
}

/** The narratives that promise. */
export function goalsOf(form: Form): readonly Narrative[] {
  return storiesOf(form).filter(({ side }) => side === "expected");
}

/** All values printed for rows, target and actual, as plain strings for looking numbers up. */
export function rowValues(facts: FormFacts): Set<string> {
  const values = new Set<string>();
  for (const row of facts.rows) {
    for (const measure of [row.row.target, row.row.actual, row.row.initialTarget]) {
      for (const value of valuesOf(measure)) values.add(value);
    }
  }
  return values;
}

function valuesOf(measure: Measure | null): string[] {
  const value = parseDecimal(measure?.value ?? null);
  if (!value) return [];
  const keys = [keyOf(value)];
  // A unit such as 万元 or 万人 in the indicator is a plain number in the text.
  if (/万/.test(measure?.unit ?? "")) keys.push(keyOf(multiply(value, { units: 10_000n, scale: 0 })));
  if (/亿/.test(measure?.unit ?? "")) keys.push(keyOf(multiply(value, { units: 100_000_000n, scale: 0 })));
  return keys;
}

/** A number as a key: equal numbers have equal keys, whatever decimals are printed. */
export function keyOf(value: Decimal): string {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return `${units}e-${scale}`;
}
