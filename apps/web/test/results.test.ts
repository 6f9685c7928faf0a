import { expect, test } from "vitest";
import { yuanOfWan } from "../src/ui/wan.ts";

test.each([
  ["12", "120000.00"],
  ["-12.00005", "-120000.50"],
  ["0.000001", "0.01"],
  [" ", null],
  ["0.0000001", undefined],
  ["12万", undefined],
  ["1,2", undefined],
])("%s万元 are %s yuan, exactly", (typed, yuan) => {
  expect(yuanOfWan(typed)).toBe(yuan);
});
