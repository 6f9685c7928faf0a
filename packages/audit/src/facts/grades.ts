import { gradeWord, showDecimal } from "@jiheng/domain";
import type { PolicyPack } from "@jiheng/scoring";

/** Whether a printed grade means the grade of the pack; null where the pack does not know the printed word. */
export function sameGrade(printed: string, grade: string, policy: PolicyPack): boolean | null {
  const word = gradeWord(printed);
  const known = policy.grades?.value.some((band) => band.grade === word) ?? false;
  return known ? word === grade : null;
}

/** Whether the printed grade is the pack's best. */
export function isTopGrade(printed: string, policy: PolicyPack): boolean {
  const top = policy.grades?.value[0]?.grade ?? "优";
  return gradeWord(printed) === top;
}

/** "优≥90，良≥80，中≥60，差＜60". */
export function bandWords(policy: PolicyPack): string {
  const bands = policy.grades?.value ?? [];
  return bands
    .map((band, i) => {
      const above = bands[i - 1];
      return band.from.units === 0n && above
        ? `${band.grade}＜${showDecimal(above.from)}`
        : `${band.grade}≥${showDecimal(band.from)}`;
    })
    .join("，");
}
