import { expect, test } from "vitest";
import { RULES, ruleCatalogue } from "../src/index.ts";

const page = ruleCatalogue();

test("every rule has its row and its entry with what its examples say", () => {
  for (const rule of RULES) {
    expect(page).toContain(`[${rule.id}](#${rule.id})`);
    const entry = page.split(`\n## ${rule.id}\n`)[1]?.split("\n## ")[0] ?? "";
    expect(entry, rule.id).toContain(`**${rule.code} ${rule.title}**`);
    expect(entry, rule.id).toMatch(rule.kind === "human" ? /- 需要人工：/ : /- (发现|待人工判断)：/);
  }
});

test("no example fails to show its defect, and nothing is left unsaid", () => {
  expect(page).not.toMatch(/应当发现而没有发现|undefined|\[object/);
});

test("the same rules give the same page", () => {
  expect(ruleCatalogue()).toBe(page);
});
