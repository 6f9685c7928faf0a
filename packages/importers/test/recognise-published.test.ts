import { describe, expect, it } from "vitest";
import { compareFile, formsFolder } from "../../../scripts/check-readings.ts";

const folder = formsFolder();

describe.skipIf(folder === null)(
  "published forms beside the repository (skipped where ../shared/forms is absent)",
  () => {
    it("every field of the eleven forms of one bureau equals its reading, and every moved row is noted", () => {
      const result = compareFile(folder ?? "", "bureau-2024");
      expect(result.differences).toEqual([]);
      expect(result.forms).toHaveLength(11);
      expect(result.forms.reduce((sum, form) => sum + form.indicators.length, 0)).toBe(193);
      expect(result.forms.reduce((sum, form) => sum + form.funds.length, 0)).toBe(44);
      for (const form of result.forms)
        for (const note of form.notes) {
          expect(note.at).not.toBeNull();
          expect(note.place).not.toBeNull();
        }
    });
  },
);
