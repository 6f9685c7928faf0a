import type { Indicator } from "@jiheng/domain";

/** Level-1 groups of the official table. */
export type Group = "cost" | "output" | "benefit" | "satisfaction";

/** Level-2 categories of the official table. `cost` stands for every kind of cost, wherever it is printed. */
export type Category =
  | "quantity"
  | "quality"
  | "timeliness"
  | "cost"
  | "economic"
  | "social"
  | "ecological"
  | "sustainability"
  | "satisfaction";

/** What a category is called in messages. */
export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  quantity: "数量指标",
  quality: "质量指标",
  timeliness: "时效指标",
  cost: "成本指标",
  economic: "经济效益指标",
  social: "社会效益指标",
  ecological: "生态效益指标",
  sustainability: "可持续影响指标",
  satisfaction: "服务对象满意度指标",
};

const PATTERNS: readonly (readonly [RegExp, Category])[] = [
  [/满意/, "satisfaction"],
  [/持续/, "sustainability"],
  [/成本/, "cost"],
  [/经济效益/, "economic"],
  [/社会效益|政治效益/, "social"],
  [/生态|环境效益/, "ecological"],
  [/数量/, "quantity"],
  [/质量/, "quality"],
  [/时效|进度|时间指标/, "timeliness"],
];

const CACHE = new Map<string, Category | null>();
/** Labels are few; a reader's damage may make many, so the memory is bounded. */
const CACHE_LIMIT = 2000;

/** The category a printed level-2 label names, or null where it names none of the official ones. */
export function categoryOf(label: string | null): Category | null {
  if (label === null) return null;
  const known = CACHE.get(label);
  if (known !== undefined) return known;
  const bare = label.replace(/\s+/g, "");
  const found = bare.length > 24 ? null : (PATTERNS.find(([pattern]) => pattern.test(bare))?.[1] ?? null);
  if (CACHE.size < CACHE_LIMIT) CACHE.set(label, found);
  return found;
}

/** The level-1 group a printed label names, or null. */
export function groupOf(label: string | null): Group | null {
  if (label === null) return null;
  const bare = label.replace(/\s+/g, "");
  if (bare.length > 24) return null;
  if (/满意/.test(bare)) return "satisfaction";
  if (/产出|履职/.test(bare)) return "output";
  if (/效益|效果/.test(bare)) return "benefit";
  if (/成本/.test(bare)) return "cost";
  return null;
}

const HOME: Readonly<Record<Category, Group>> = {
  quantity: "output",
  quality: "output",
  timeliness: "output",
  cost: "cost",
  economic: "benefit",
  social: "benefit",
  ecological: "benefit",
  sustainability: "benefit",
  satisfaction: "satisfaction",
};

/** Category and group a row stands under; where level 2 is blank or unknown, level 1 decides what it can. */
export function standingOf(row: Indicator): {
  readonly category: Category | null;
  readonly group: Group | null;
} {
  const category = categoryOf(row.level2);
  const printed = groupOf(row.level1);
  if (category) return { category, group: printed ?? HOME[category] };
  if (printed === "satisfaction") return { category: "satisfaction", group: printed };
  if (printed === "cost") return { category: "cost", group: printed };
  return { category: categoryOf(row.level1), group: printed };
}
