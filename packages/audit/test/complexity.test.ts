import type { Form } from "@jiheng/domain";
import { afterAll, describe, expect, test } from "vitest";
import { type ExampleRow, exampleForm } from "../src/example-form.ts";
import {
  type BatchRule,
  type FormDossier,
  type FormRule,
  formRule,
  openDossier,
  PASS,
  RULES,
} from "../src/index.ts";

/** Reads of properties of a form, its facts and its score: what a rule does with rows, whatever array it keeps them in. */
interface Meter {
  steps: number;
}

/** The value with every property read of it and of all that is reached through it counted; the same object gives the same proxy. */
function metered<T extends object>(value: T, meter: Meter): T {
  const seen = new WeakMap<object, object>();
  const wrap = (inner: object): object => {
    const known = seen.get(inner);
    if (known) return known;
    const proxy = new Proxy(inner, {
      get(target, key) {
        meter.steps += 1;
        const got: unknown = Reflect.get(target, key);
        const frozen = Object.getOwnPropertyDescriptor(target, key);
        if (typeof got !== "object" || got === null || (frozen && !frozen.configurable && !frozen.writable))
          return got;
        return got instanceof Map || got instanceof Set ? got : wrap(got);
      },
    });
    seen.set(inner, proxy);
    seen.set(proxy, proxy);
    return proxy;
  };
  return wrap(value) as T;
}

const NOUNS = [
  "清淤河段",
  "维修泵站",
  "巡护林地",
  "培训学员",
  "随访患者",
  "修缮校舍",
  "抽检样品",
  "发放种苗",
];
const LEVEL2 = [
  "数量指标",
  "质量指标",
  "时效指标",
  "社会效益指标",
  "可持续影响指标",
  "服务对象满意度指标",
  "经济成本指标",
];

/** Rows that differ, and every fourth of them alike: each kind of look-up has something to find and something to pass over. */
function rowsOf(count: number, alike: boolean): ExampleRow[] {
  return Array.from({ length: count }, (_, i): ExampleRow => {
    const level2 = LEVEL2[i % LEVEL2.length] ?? "数量指标";
    const name = alike ? "清淤河段长度" : `第${i}片区${NOUNS[i % NOUNS.length]}数量`;
    if (i % 4 === 3) return [level2, "管护制度健全性", "健全", "达成指标", "1", "1"];
    return [
      level2,
      name,
      `≥${alike ? 40 : 40 + i}公里`,
      `${alike ? 30 : 30 + i}公里`,
      "1",
      "0.5",
      "雨季停工，余下河段次年四月完成。",
    ];
  });
}

function wideForm(count: number, alike: boolean): Form {
  return exampleForm({ rows: rowsOf(count, alike), totalScore: "88", totalPoints: "100" });
}

function meteredDossier(form: Form, meter: Meter): FormDossier {
  return metered(openDossier(form), meter);
}

const SIZES = [150, 600];
const LARGER_SIZES = [600, 2400];
/** n·log n from 150 to 600 grows by 5.1; a fifth more for what is done once per form. A quadratic rule grows by 16. */
const GROWTH = 6.2;
/** Fewer steps than this say nothing about growth. */
const NOISE = 4000;

function growthOver(sizes: readonly number[], count: (size: number) => number): number {
  const [small, large] = [sizes[0], sizes.at(-1)].map((size) => count(size ?? 0));
  if (small === undefined || large === undefined || large < NOISE) return 0;
  return large / Math.max(small, 1);
}

/** Work that is bounded by a constant per row may still be filling up at small sizes: then larger ones decide. */
function grows(count: (size: number) => number): number {
  const growth = growthOver(SIZES, count);
  return growth < GROWTH ? growth : growthOver(LARGER_SIZES, count);
}

function formSteps(rule: FormRule, size: number, alike: boolean): number {
  const meter = { steps: 0 };
  const dossier = meteredDossier(wideForm(size, alike), meter);
  meter.steps = 0;
  rule.check(dossier);
  return meter.steps;
}

function batchSteps(rule: BatchRule, size: number, alike: boolean): number {
  const meter = { steps: 0 };
  const forms = [wideForm(size, alike), { ...wideForm(size, alike), project: "河道整治" }];
  const dossiers = forms.map((form) => meteredDossier(form, meter));
  meter.steps = 0;
  rule.check({ forms: dossiers });
  return meter.steps;
}

const formRules = RULES.filter((rule): rule is FormRule => rule.level === "form" && rule.kind !== "human");
const batchRules = RULES.filter((rule): rule is BatchRule => rule.level !== "form" && rule.kind !== "human");

describe("steps over rows grow no faster than n·log n", () => {
  for (const rule of formRules)
    test(`${rule.code} ${rule.id}`, () => {
      expect(
        grows((size) => formSteps(rule, size, false)),
        "rows that differ",
      ).toBeLessThan(GROWTH);
      expect(
        grows((size) => formSteps(rule, size, true)),
        "rows alike",
      ).toBeLessThan(GROWTH);
    });
  for (const rule of batchRules)
    test(`${rule.code} ${rule.id}`, () => {
      expect(
        grows((size) => batchSteps(rule, size, false)),
        "rows that differ",
      ).toBeLessThan(GROWTH);
      expect(
        grows((size) => batchSteps(rule, size, true)),
        "rows alike",
      ).toBeLessThan(GROWTH);
    });

  test("the meter sees rows at all", () => {
    const busy = formRules.filter((rule) => formSteps(rule, 300, false) > 300);
    expect(busy.length).toBeGreaterThan(30);
  });

  test("a rule that compares all pairs of rows is caught, also through arrays of its own", () => {
    const quadratic = formRule({
      id: "all-pairs",
      code: "AR-00",
      title: "",
      explains: "",
      kind: "auto",
      basis: [{ instrument: "form", clause: "总分", standing: "primary" }],
      force: "hint",
      needs: [],
      check: ({ facts }) => {
        const own = facts.rows.map((row) => row);
        let same = 0;
        for (const a of own) for (const b of own) if (a !== b && a.name === b.name) same += 1;
        return same < 0 ? { kind: "notApplicable", why: "" } : PASS;
      },
      message: () => "",
      remedy: () => "",
      examples: { fails: [], passes: [] },
    }) as FormRule;
    expect(grows((size) => formSteps(quadratic, size, false))).toBeGreaterThan(GROWTH);
  });
});

/** Characters that regular expressions and searches go through. */
const text = { steps: 0 };
const exec = RegExp.prototype.exec;
const { indexOf, lastIndexOf, includes, slice, startsWith } = String.prototype;

function watchText(): void {
  // biome-ignore lint/suspicious/noExplicitAny: the signature of the built-in is taken over as it is
  RegExp.prototype.exec = function (this: RegExp, input: any): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, input);
    // A sticky expression that fails looks at one place only.
    const to = found ? found.index + found[0].length : this.sticky ? from : String(input).length;
    text.steps += 1 + Math.max(0, to - from);
    return found;
  };
  String.prototype.indexOf = function (this: string, search: string, from = 0): number {
    const at = indexOf.call(this, search, from);
    text.steps += 1 + (at < 0 ? this.length : at) - Math.min(from, this.length);
    return at;
  };
  String.prototype.lastIndexOf = function (
    this: string,
    search: string,
    from = Number.POSITIVE_INFINITY,
  ): number {
    const at = lastIndexOf.call(this, search, from);
    text.steps += 1 + Math.min(from, this.length) - Math.max(at, 0);
    return at;
  };
  String.prototype.includes = function (this: string, search: string, from = 0): boolean {
    text.steps += 1 + this.length;
    return includes.call(this, search, from);
  };
  String.prototype.slice = function (this: string, from?: number, to?: number): string {
    const part = slice.call(this, from, to);
    text.steps += 1 + part.length;
    return part;
  };
  String.prototype.startsWith = function (this: string, search: string, from = 0): boolean {
    text.steps += 1 + search.length;
    return startsWith.call(this, search, from);
  };
}

function restoreText(): void {
  RegExp.prototype.exec = exec;
  Object.assign(String.prototype, { indexOf, lastIndexOf, includes, slice, startsWith });
}

afterAll(restoreText);

const SENTENCES = [
  (i: number) =>
    `第${i}片区清淤河道${i + 3}公里，投入资金${i + 7}万元（其中机械费${i + 2}万元，人工费5万元）。`,
  (i: number) => `组织巡查${i * 2}人次，处置问题${i}起，办结率${90 + (i % 10)}%；`,
  (i: number) =>
    `《河道管护办法》印发后，${i}个村落实管护责任，共计${i * 3}名管护员到岗，每人每月补助${300 + i}元，`,
  (i: number) => `（${i % 9}）沿线居民${i * 11}人受益，满意度${i % 100}%。\n`,
];

function longText(count: number, seed: number): string {
  return Array.from(
    { length: count },
    (_, i) => SENTENCES[(i + seed) % SENTENCES.length]?.(i + seed * 1000) ?? "",
  ).join("");
}

const TEXT_SIZES = [60, 240];

function textSteps(run: (form: Form) => void, size: number): number {
  const form = exampleForm({
    expected: longText(size, 1),
    achieved: longText(size, 2),
    deviation: longText(size, 3),
  });
  watchText();
  try {
    text.steps = 0;
    run(form);
    return text.steps;
  } finally {
    restoreText();
  }
}

function textGrows(run: (form: Form) => void): number {
  return growthOver(TEXT_SIZES, (size) => textSteps(run, size));
}

describe("steps over text grow no faster than n·log n", () => {
  for (const rule of formRules)
    test(`${rule.code} ${rule.id}`, () => {
      expect(textGrows((form) => rule.check(openDossier(form)))).toBeLessThan(GROWTH);
    });

  test("a rule that searches the text once per sentence is caught", () => {
    expect(
      textGrows((form) => {
        const story = form.goal.achieved ?? "";
        for (const sentence of story.split("，")) story.lastIndexOf(`${sentence}没有`);
      }),
    ).toBeGreaterThan(GROWTH);
  });
});
