import { describe, expect, test } from "vitest";
import { exampleForm } from "../src/example-form.ts";
import {
  type BatchRule,
  type FormRule,
  openDossier,
  RULES,
  review,
  reviewBatch,
  reviewForm,
} from "../src/index.ts";

const formRules = RULES.filter((rule): rule is FormRule => rule.level === "form" && rule.kind !== "human");
const batchRules = RULES.filter((rule): rule is BatchRule => rule.level !== "form" && rule.kind !== "human");

describe("examples of form rules", () => {
  for (const rule of formRules) {
    test(`${rule.code} ${rule.id}`, () => {
      expect(rule.examples.fails.length, "a rule shows at least one failing form").toBeGreaterThan(0);
      expect(rule.examples.passes.length, "a rule shows at least one form it leaves alone").toBeGreaterThan(
        0,
      );
      for (const { says, given, context } of rule.examples.fails) {
        const outcome = reviewForm(openDossier(given, context ? { context } : {}), [rule]);
        expect(outcome.errors, says).toEqual([]);
        expect(outcome.counts.fail + outcome.counts.unclear, `should find: ${says}`).toBe(1);
        for (const finding of outcome.findings) {
          expect(finding.message).not.toMatch(/undefined|null|NaN|\[object/);
          expect(finding.remedy).not.toMatch(/undefined|null|NaN|\[object/);
          expect(finding.at.length).toBeGreaterThan(0);
        }
      }
      for (const { says, given, context } of rule.examples.passes) {
        const outcome = reviewForm(openDossier(given, context ? { context } : {}), [rule]);
        expect(outcome.errors, says).toEqual([]);
        expect(outcome.findings, `should leave alone: ${says}`).toEqual([]);
      }
    });
  }
});

describe("examples of rules across forms", () => {
  for (const rule of batchRules) {
    test(`${rule.code} ${rule.id}`, () => {
      expect(rule.examples.fails.length).toBeGreaterThan(0);
      expect(rule.examples.passes.length).toBeGreaterThan(0);
      for (const { says, given, outside } of rule.examples.fails) {
        const outcome = reviewBatch({ forms: given.map((form) => openDossier(form)), ...outside }, [rule]);
        expect(outcome.errors, says).toEqual([]);
        expect(outcome.findings.length + outcome.unclear.length, `should find: ${says}`).toBeGreaterThan(0);
        for (const finding of outcome.findings)
          expect(finding.message).not.toMatch(/undefined|null|NaN|\[object/);
      }
      for (const { says, given, outside } of rule.examples.passes) {
        const outcome = reviewBatch({ forms: given.map((form) => openDossier(form)), ...outside }, [rule]);
        expect(outcome.errors, says).toEqual([]);
        expect(outcome.findings, `should leave alone: ${says}`).toEqual([]);
      }
    });
  }
});

describe("the catalogue as a whole", () => {
  test("ids are unique", () => {
    const ids = RULES.map((rule) => rule.id);
    expect(ids.length).toBe(new Set(ids).size);
  });

  test("no rule of force must rests on unread words alone", () => {
    for (const rule of RULES) {
      if (rule.force !== "must") continue;
      expect(
        rule.basis.some((citation) => citation.standing !== "unread"),
        rule.id,
      ).toBe(true);
    }
  });

  test("nothing of force must or should is found on the clean example", () => {
    const { forms } = review([exampleForm()], RULES);
    expect(forms[0]?.findings.filter((finding) => finding.force !== "hint")).toEqual([]);
  });
});
