import { compactLabel, level1Of, level2HomeOf } from "@jiheng/domain";

const LEVEL1_ORDER = ["成本指标", "产出指标", "效益指标", "满意度指标"];
const LEVEL2_ORDER: readonly RegExp[] = [
  /经济.*成本/,
  /社会.*成本/,
  /(?:生态|环境).*成本/,
  /数量/,
  /质量/,
  /时效|进度/,
  /成本/,
  /经济/,
  /社会/,
  /生态|环境/,
  /持续/,
  /满意/,
];

/** A level-1 label for joining and allotting: the national name where it is one (产出, 产出指标（50分）), else as printed; where none is, that of the level 2. */
export function level1Key(label: string | null, level2: string | null): string {
  if (label === null) return (level2 === null ? null : level2HomeOf(level2)) ?? "";
  return level1Of(label) ?? compactLabel(label);
}

/** A level-2 label for joining: 数量 and 数量指标 are one, so are 满意度指标 and 服务对象满意度指标. */
export function level2Key(label: string | null): string {
  if (label === null) return "";
  return label.includes("满意")
    ? "满意度"
    : compactLabel(label)
        .replace(/^[\d一二三四五六七八九十]+[.、]/, "")
        .replace(/\([^()]*\)$/, "")
        .replace(/指标$/, "");
}

/** Where a row stands in the official table: by level 1, then level 2; unknown labels behind the known ones. */
export function tableOrder(level1: string | null, level2: string | null): number {
  const first = LEVEL1_ORDER.indexOf(level1Key(level1, level2));
  const second = LEVEL2_ORDER.findIndex((pattern) => pattern.test(level2 ?? ""));
  return (first < 0 ? LEVEL1_ORDER.length : first) * 100 + (second < 0 ? 99 : second);
}
