import { expect, test } from "vitest";
import {
  ACTIONS,
  type Actor,
  actionTitle,
  COMMAND_TITLES,
  COMMANDS,
  type Command,
  decide,
  KINDS,
  type Kind,
  lifecycleDiagram,
  lifecyclePage,
  ROLES,
  type Standing,
} from "../src/index.ts";

/** Where a kind can go, found by trying every command as every role. */
function waysOf(kind: Kind): Set<string> {
  const ways = new Set<string>();
  const seen = new Set<string>();
  const open: Standing[] = [{ state: "not-issued", desk: null }];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    const at = nodeOf(from);
    if (seen.has(at)) continue;
    seen.add(at);
    for (const command of COMMANDS)
      for (const role of ROLES) {
        const grant = { role, organisation: "o", submissions: ["s"], until: "2030-01-01T00:00:00Z" };
        const actor: Actor = { account: "a", name: "甲", grants: [grant], recused: [] };
        const subject = { organisations: ["o"], kind, ...from, submission: "s", project: null, authors: [] };
        const decision = decide(
          {
            subject,
            revision: 1,
            sha256: "0",
            due: null,
            lateAllowed: false,
            returnReason: null,
            classified: false,
          },
          {
            type: command,
            reason: "理由",
            opinion: null,
            findings: [],
            justifications: [],
            fundsDiffer: [],
            edits: [],
            changes: [],
          } as unknown as Command,
          { actor, at: "2025-01-01T00:00:00Z" },
        );
        if (decision.kind === "refused") continue;
        ways.add(`${at} --> ${nodeOf(decision.standing)} : ${COMMAND_TITLES[command]}`);
        open.push(decision.standing);
      }
  }
  return ways;
}

function nodeOf({ state, desk }: Standing): string {
  return `${state}${desk === null ? "" : `_${desk}`}`.replaceAll("-", "_");
}

test.each(KINDS)("the diagram of %s shows the ways that are open, and no other", (kind) => {
  const drawn = lifecycleDiagram(kind)
    .split("\n")
    .flatMap((line) => {
      const match = /^ {2}(\w+ --> \w+) : (.*)$/.exec(line);
      return match ? (match[2] ?? "").split("、").map((title) => `${match[1]} : ${title}`) : [];
    });
  expect(new Set(drawn)).toEqual(waysOf(kind));
  expect(drawn.length).toBeGreaterThan(15);
});

test("the page names every action and draws every diagram once", () => {
  const page = lifecyclePage();
  for (const action of ACTIONS) expect(page).toContain(`| ${actionTitle(action)} | `);
  // All kinds by state, and the five kinds less the adjustment, which is decided as a declaration is.
  expect(page.match(/^stateDiagram-v2$/gm)).toHaveLength(5);
});
