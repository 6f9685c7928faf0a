import { expect, test } from "vitest";
import { gradeRank } from "../src/index.ts";

test("grades stand the best first, those of another method and none at all behind", () => {
  const grades = [null, "差", "合格", "优", "中", "良"];
  expect(grades.toSorted((a, b) => gradeRank(a) - gradeRank(b))).toEqual([
    ...["优", "良", "中", "差"],
    ...[null, "合格"],
  ]);
});
