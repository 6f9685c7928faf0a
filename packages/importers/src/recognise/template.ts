import { type FormKind, type Heading, provinceOf } from "@jiheng/domain";
import type { Draft } from "../forms/draft.ts";

/** What the headings of a form showed while it was read. */
export interface Layout {
  readonly headings: Set<Heading>;
  /** Words of heading rows and head labels; heading words stand again with "=" before them, without blanks. */
  readonly labels: Set<string>;
  /** A column 绩效指标 stands left of the levels. */
  margin: boolean;
  /** 分值 stands before 年度指标值. */
  pointsFirst: boolean;
  /** Rows of indicators without levels. */
  flat: boolean;
}

/** The kind of form, from its title; where it has none, from what it holds. */
export function kindOf(draft: Draft, layout: Layout): FormKind {
  const title = draft.title ?? "";
  if (/复核|抽查/.test(title)) return "review";
  if (/监控/.test(title)) return "monitoring";
  if (/申报/.test(title) || (/目标表$/.test(title) && !/自评|完成/.test(title))) return "target-declaration";
  if (/区域/.test(title)) return "regional-self-evaluation";
  if (/转移支付/.test(title)) return "transfer-self-evaluation";
  if (/部门整体|单位整体|整体支出|整体绩效|部门预算整体/.test(title)) return "department-self-evaluation";
  const labels = [...layout.labels].join("|");
  if (/中央主管部门|地方主管部门|转移支付/.test(labels)) return "transfer-self-evaluation";
  if (draft.funds.length > 0 || draft.indicators.length > 0 || /自评|项目/.test(title))
    return "project-self-evaluation";
  return "unknown";
}

/** The template of a form by its headings and structure; the place it comes from decides nothing. */
export function templateOf(draft: Draft, layout: Layout, kind: FormKind): string {
  const { headings } = layout;
  const title = draft.title ?? "";
  const words = (text: string): boolean => layout.labels.has(`=${text}`);
  if (kind === "department-self-evaluation")
    return layout.flat && draft.indicators.length > 0 ? "department-chongqing" : "department-hunan";
  if (kind === "monitoring" || kind === "review") return kind;
  if (kind === "target-declaration")
    return /财政项目/.test(title) || draft.goals.some((goal) => goal.name === "项目总目标")
      ? "target-declaration-shanghai"
      : "target-declaration";
  if (/0013zp/i.test(draft.formNumber ?? "")) return "sichuan-0013zp";
  if (kind === "regional-self-evaluation") return "regional";
  if (kind === "transfer-self-evaluation") return "transfer-payment";
  if (draft.indicators.length === 0 && draft.funds.length === 0) return "unknown";
  const scored = headings.has("points") || draft.indicators.some((row) => row.points !== null);
  if (headings.has("sign") && headings.has("unit")) {
    const special = draft.funds.some((fund) => fund.source === "special-account");
    // 权重 in place of 分值 tells it; the sources alone only where the form prints neither.
    const weighted = [...layout.labels].some((label) => /^=?权重/.test(label));
    if (weighted || (special && !words("分值"))) return "sichuan-0013zp";
    return layout.flat ? "unknown" : "yunnan";
  }
  if (!headings.has("points") && headings.has("score")) {
    // Points that stand in the words of headings and goals instead of a column.
    const worded =
      draft.funds.some((fund) => fund.points !== null) || draft.goals.some((goal) => goal.points !== null);
    return worded && draft.indicators.length > 0 ? "hubei" : "unknown";
  }
  if (!scored && !headings.has("score")) return draft.indicators.length > 0 ? "county-unscored" : "unknown";
  if (layout.pointsFirst) return "rural-revitalisation";
  if (draft.indicators.some((row) => row.groupPoints !== null)) return "anhui";
  if (/财政项目支出/.test(title)) {
    if (words("分数")) return "shanghai-bureau-a";
    if (layout.margin && draft.grade !== null) return "shanghai-bureau-b";
  }
  return headings.has("name") && (headings.has("level1") || headings.has("level2")) ? "national" : "unknown";
}

const FORM_NUMBERS: readonly (readonly [RegExp, string])[] = [[/^510000/, "四川"]];

/** The province a form itself prints, in its head, title or form number; null where it prints none. */
export function jurisdictionOf(draft: Draft): string | null {
  for (const [pattern, province] of FORM_NUMBERS)
    if (draft.formNumber && pattern.test(draft.formNumber)) return province;
  for (const text of [
    draft.department,
    draft.unit,
    draft.title,
    ...draft.fields.slice(0, 4).map((field) => field.text),
  ]) {
    const province = text ? provinceOf(text) : null;
    if (province) return province;
  }
  return null;
}
