import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Actor,
  type BlockingFinding,
  buttons,
  CHAINS,
  COMMANDS,
  type Command,
  type Desk,
  decide,
  type Grant,
  type Justification,
  KINDS,
  type Kind,
  may,
  type Role,
  STATES,
  type State,
  type Submission,
  standingsOf,
  TRANSITIONS,
  transitionOf,
} from "../src/index.ts";
import { startsAt } from "../src/lifecycle/transitions.ts";

const AT = "2025-02-20T02:00:00Z";
const ORGANISATIONS = ["region", "department", "unit"];
const HOMES: Partial<Record<Role, string>> = {
  clerk: "unit",
  "unit-head": "unit",
  "department-reviewer": "department",
};

function person(role: Role, more: Partial<Grant> = {}, account = `account of ${role}`): Actor {
  const organisation = HOMES[role] ?? "region";
  const grant = { role, organisation, submissions: null, until: null, ...more };
  return { account, name: account, grants: [grant], recused: [] };
}

function submission(
  state: State,
  desk: Desk | null,
  more: Partial<Submission> & { kind?: Kind } = {},
): Submission {
  const { kind = "self-evaluation", ...rest } = more;
  return {
    subject: {
      organisations: ORGANISATIONS,
      kind,
      state,
      desk,
      submission: "s1",
      project: "p1",
      authors: ["account of clerk"],
    },
    revision: 3,
    sha256: "a".repeat(64),
    due: null,
    lateAllowed: false,
    returnReason: null,
    classified: false,
    ...rest,
  };
}

const SUBMIT: Command = { type: "submit", findings: [], justifications: [], fundsDiffer: [] };
const FINDING: BlockingFinding = {
  fingerprint: "f1",
  code: "AR-60",
  at: ["indicators"],
  message: "分值合计90分，应为100分",
  figures: { sum: "90.00", expected: "100" },
};
const JUSTIFIED: Justification = {
  fingerprint: "f1",
  by: "account of clerk",
  byName: "甲",
  reason: "批复如此",
  figures: { sum: "90.0", expected: "100" },
};

function codeOf(decision: { kind: string; code?: string }): string {
  return decision.kind === "refused" ? (decision.code ?? "") : decision.kind;
}

describe("submitting", () => {
  const clerk = { actor: person("clerk"), at: AT };

  test("puts it on the first desk and says what was let stand", () => {
    const decision = decide(
      submission("draft", null),
      { ...SUBMIT, findings: [FINDING], justifications: [JUSTIFIED] },
      clerk,
    );
    expect(decision).toEqual({
      kind: "accepted",
      standing: { state: "submitted", desk: "unit" },
      by: clerk.actor.grants[0],
      events: [
        {
          type: "submission.submitted",
          revision: 3,
          sha256: "a".repeat(64),
          must: 1,
          justified: ["f1"],
          state: "submitted",
          desk: "unit",
        },
      ],
    });
  });

  test("is blocked by findings nobody answered for, each with its figures", () => {
    const decision = decide(submission("draft", null), { ...SUBMIT, findings: [FINDING] }, clerk);
    expect(decision).toMatchObject({
      code: "blocked-by-findings",
      details: [{ ...pick(FINDING), at: "indicators" }],
    });
  });

  test.each([
    ["an empty reason", { reason: "  " }],
    ["nobody's name", { byName: "" }],
    ["another finding", { fingerprint: "f2" }],
  ])("a justification with %s answers for nothing", (_, more) => {
    const justifications = [{ ...JUSTIFIED, ...more }];
    const decision = decide(
      submission("draft", null),
      { ...SUBMIT, findings: [FINDING], justifications },
      clerk,
    );
    expect(codeOf(decision)).toBe("blocked-by-findings");
  });

  test.each([
    ["another figure", { sum: "80", expected: "100" }],
    ["a figure less", { sum: "90" }],
    ["a figure more", { sum: "90", expected: "100", third: "1" }],
  ])("a justification with %s is stale and blocks again", (_, figures) => {
    const justifications = [{ ...JUSTIFIED, figures }];
    const decision = decide(
      submission("draft", null),
      { ...SUBMIT, findings: [FINDING], justifications },
      clerk,
    );
    expect(codeOf(decision)).toBe("stale-justification");
  });

  test("a stale justification is answered by a new one beside it", () => {
    const justifications = [{ ...JUSTIFIED, figures: { sum: "80", expected: "100" } }, JUSTIFIED];
    const decision = decide(
      submission("draft", null),
      { ...SUBMIT, findings: [FINDING], justifications },
      clerk,
    );
    expect(codeOf(decision)).toBe("accepted");
  });

  test("funds that are not the ledger's are refused until somebody answers for them as they are", () => {
    const fundsDiffer = [{ at: "funds[0].expenditure", form: "21.38", ledger: "21.83" }];
    const submit = { ...SUBMIT, fundsDiffer };
    const refused = decide(submission("draft", null), submit, clerk);
    expect(refused).toMatchObject({ code: "funds-differ", details: [{ at: "funds[0].expenditure" }] });
    const fingerprint = "funds:funds[0].expenditure";
    const answered = { ...JUSTIFIED, fingerprint, figures: { form: "21.38", ledger: "21.83" } };
    const accepted = decide(submission("draft", null), { ...submit, justifications: [answered] }, clerk);
    expect(accepted).toMatchObject({ kind: "accepted", events: [{ justified: [fingerprint], must: 0 }] });
    const later = { ...answered, figures: { form: "21.38", ledger: "20" } };
    expect(codeOf(decide(submission("draft", null), { ...submit, justifications: [later] }, clerk))).toBe(
      "funds-differ",
    );
  });

  test.each<[string, Partial<Submission>, State, string]>([
    ["at the very deadline", { due: AT }, "draft", "accepted"],
    ["after it", { due: "2025-02-20T01:59:59Z" }, "draft", "past-due"],
    ["after it in another zone", { due: "2025-02-20T09:59:59+08:00" }, "draft", "past-due"],
    ["before it in another zone", { due: "2025-02-20T10:00:01+08:00" }, "draft", "accepted"],
    [
      "after it where late is allowed",
      { due: "2025-02-01T00:00:00Z", lateAllowed: true },
      "draft",
      "accepted",
    ],
    ["after it when it was returned", { due: "2025-02-01T00:00:00Z" }, "returned", "accepted"],
    [
      "withdrawn again after a return",
      { due: "2025-02-01T00:00:00Z", returnReason: "不实" },
      "withdrawn",
      "accepted",
    ],
    ["with a deadline that cannot be read", { due: "nonsense" }, "draft", "past-due"],
  ])("%s", (_, more, state, expected) => {
    expect(codeOf(decide(submission(state, null, more), SUBMIT, clerk))).toBe(expected);
  });

  test("a form without content is not handed in", () => {
    expect(codeOf(decide(submission("draft", null, { sha256: null }), SUBMIT, clerk))).toBe("wrong-state");
  });

  test("it is not withdrawn after the deadline, for then it could not come back", () => {
    const late = submission("submitted", "unit", { due: "2025-02-01T00:00:00Z" });
    expect(codeOf(decide(late, { type: "withdraw", reason: null }, clerk))).toBe("past-due");
    const inTime = submission("submitted", "unit", { due: "2025-03-01T00:00:00Z" });
    expect(codeOf(decide(inTime, { type: "withdraw", reason: null }, clerk))).toBe("accepted");
  });
});

function pick({ fingerprint, code, figures }: BlockingFinding) {
  return { fingerprint, code, figures };
}

describe("deciding", () => {
  const reviewer = { actor: person("department-reviewer"), at: AT };

  test("returning needs words, and they travel with it", () => {
    const returning = { type: "return", findings: ["f1"] } as const;
    const at = submission("under-review", "department");
    expect(codeOf(decide(at, { ...returning, reason: " \n" }, reviewer))).toBe("reason-missing");
    expect(decide(at, { ...returning, reason: "佐证不足" }, reviewer)).toMatchObject({
      standing: { state: "returned", desk: null },
      events: [{ type: "submission.returned", reason: "佐证不足", findings: ["f1"], state: "returned" }],
    });
  });

  test("every row of the table that wants a reason is refused without one", () => {
    for (const row of TRANSITIONS.filter(({ reason }) => reason === "required"))
      for (const kind of row.kinds)
        for (const { state, desk } of standingsOf(kind)) {
          if (transitionOf(kind, { state, desk }, row.command) !== row) continue;
          const command = { type: row.command, reason: "", findings: [] } as unknown as Command;
          const at = submission(state, desk, { kind });
          const answers = (
            ["unit-head", "department-reviewer", "finance-officer", "publication-officer"] as const
          ).map((role) => codeOf(decide(at, command, { actor: person(role), at: AT })));
          expect(answers, `${row.command} ${kind} ${state} ${desk}`).toContain("reason-missing");
          expect(answers).not.toContain("accepted");
        }
  });

  test("an approved declaration is reopened from the last desk backwards, each with its reason", () => {
    let current = submission("approved", null, { kind: "target-declaration" });
    const unlock: Command = { type: "unlock", reason: "指标值有误" };
    for (const early of ["unit-head", "department-reviewer"] as const)
      expect(codeOf(decide(current, unlock, { actor: person(early), at: AT }))).toBe("not-allowed");
    const steps: [Role, Desk | null][] = [
      ["finance-officer", "department"],
      ["department-reviewer", "unit"],
      ["unit-head", null],
    ];
    steps.forEach(([role, desk], index) => {
      const decision = decide(current, unlock, { actor: person(role), at: AT });
      expect(decision).toMatchObject({
        kind: "accepted",
        standing: { state: desk === null ? "returned" : "review-cancelled", desk },
        events: [{ type: "submission.unlocked", order: index + 1 }],
      });
      if (decision.kind === "accepted")
        current = { ...current, subject: { ...current.subject, ...decision.standing } };
    });
    expect(
      codeOf(decide(current, { type: "save", edits: [], changes: [] }, { actor: person("clerk"), at: AT })),
    ).toBe("accepted");
  });

  test("a desk takes its decision back until the next has received it", () => {
    const cancel: Command = { type: "cancel-review", reason: "误点" };
    const head = { actor: person("unit-head"), at: AT };
    expect(decide(submission("submitted", "department"), cancel, head)).toMatchObject({
      standing: { state: "review-cancelled", desk: "unit" },
    });
    expect(codeOf(decide(submission("under-review", "department"), cancel, head))).toBe("wrong-state");
  });

  test("who entered figures does not approve them, nor does somebody recused", () => {
    const own = submission("under-review", "department");
    const authors = [...own.subject.authors, reviewer.actor.account];
    const byAuthor = { ...own, subject: { ...own.subject, authors } };
    const approve: Command = { type: "approve", opinion: null };
    expect(codeOf(decide(byAuthor, approve, reviewer))).toBe("own-work");
    for (const from of ["p1", "unit", "department", "s1"]) {
      const actor = { ...reviewer.actor, recused: [from] };
      expect(codeOf(decide(own, approve, { actor, at: AT }))).toBe("recused");
      expect(may(actor, "view", own.subject, AT).kind).toBe("allowed");
    }
    expect(codeOf(decide(own, approve, { ...reviewer, actor: { ...reviewer.actor, recused: ["p2"] } }))).toBe(
      "accepted",
    );
  });

  test("a placeholder of a classified project is neither filled in nor published", () => {
    const publish = decide(
      submission("approved", null, { classified: true }),
      { type: "publish" },
      {
        actor: person("publication-officer"),
        at: AT,
      },
    );
    expect(codeOf(publish)).toBe("classified");
    const start: Command = { type: "start", from: "blank", source: null };
    const started = decide(submission("issued", null, { classified: true }), start, {
      actor: person("clerk"),
      at: AT,
    });
    expect(codeOf(started)).toBe("classified");
  });
});

describe("third parties", () => {
  const grant = { submissions: ["s1"], until: "2025-03-01T00:00:00Z" };
  const review = submission("draft", null, { kind: "review" });
  const ask = (actor: Actor, at = AT, subject = review.subject) => codeOf(may(actor, "save", subject, at));

  test("reach the submissions of their scope until their right ends", () => {
    const reviewer = person("third-party", grant);
    expect(ask(reviewer)).toBe("allowed");
    expect(ask(reviewer, "2025-03-01T00:00:00Z")).toBe("allowed");
    expect(ask(reviewer, "2025-03-01T00:00:01Z")).toBe("grant-expired");
    expect(ask(reviewer, AT, { ...review.subject, submission: "s2" })).toBe("out-of-scope");
  });

  test("have nothing without a scope or without an end", () => {
    expect(ask(person("third-party", { ...grant, submissions: null }))).toBe("out-of-scope");
    expect(ask(person("third-party", { ...grant, until: null }))).toBe("grant-expired");
    expect(ask(person("third-party", { ...grant, until: "soon" }))).toBe("grant-expired");
  });

  test("see nothing where they are recused", () => {
    const reviewer = { ...person("third-party", grant), recused: ["unit"] };
    expect(ask(reviewer)).toBe("recused");
    expect(codeOf(may(reviewer, "view", review.subject, AT))).toBe("recused");
  });

  test("another grant that still holds stands in for one that ended", () => {
    const both = { ...person("clerk", { until: "2025-01-01T00:00:00Z" }) };
    const subject = submission("draft", null).subject;
    expect(codeOf(may(both, "save", subject, AT))).toBe("grant-expired");
    const renewed = { ...both, grants: [...both.grants, ...person("clerk").grants] };
    expect(may(renewed, "save", subject, AT)).toEqual({ kind: "allowed", by: person("clerk").grants[0] });
  });
});

test("a role of the unit writes for the very organisation it is given for, and reads beneath it", () => {
  const clerk = person("clerk", { organisation: "department" });
  const { subject } = submission("draft", null);
  expect(codeOf(may(clerk, "save", subject, AT))).toBe("out-of-scope");
  expect(codeOf(may(clerk, "view", subject, AT))).toBe("allowed");
  const own = { ...subject, organisations: ["region", "department"] };
  expect(codeOf(may(clerk, "save", own, AT))).toBe("allowed");
});

test("buttons say what can be done now, and why the rest cannot", () => {
  const { subject } = submission("under-review", "department");
  const shown = buttons(person("department-reviewer"), subject, AT);
  expect(
    shown
      .filter(({ refused }) => refused === null)
      .map(({ command, title, reason }) => [command, title, reason]),
  ).toEqual([
    ["return", "退回", "required"],
    ["approve", "审核通过", "optional"],
  ]);
  const others = shown.filter(({ refused }) => refused !== null);
  expect(others.map(({ command }) => command)).toEqual(["issue", "receive", "cancel-review", "unlock"]);
  for (const { refused } of others) expect(refused?.says).toMatch(/审核中（主管部门）/);
  expect(buttons(person("administrator"), subject, AT)).toEqual([]);
});

describe("the table", () => {
  test("reaches every state, and only what is archived goes nowhere", () => {
    const reached = new Set(KINDS.flatMap((kind) => standingsOf(kind).map(({ state }) => state)));
    expect([...reached].sort()).toEqual([...STATES].sort());
    for (const kind of KINDS)
      for (const standing of standingsOf(kind)) {
        const ways = COMMANDS.filter((command) => transitionOf(kind, standing, command));
        expect(ways.length > 0, `${kind} ${standing.state}`).toBe(standing.state !== "archived");
      }
  });

  test("takes one way at most for a command", () => {
    for (const kind of KINDS)
      for (const standing of standingsOf(kind))
        for (const command of COMMANDS) {
          const ways = TRANSITIONS.filter((row) => row.command === command && startsAt(row, kind, standing));
          expect(ways.length, `${command} ${kind} ${standing.state}`).toBeLessThanOrEqual(1);
        }
  });
});

const ROLES_AT_WORK: readonly Role[] = [
  "clerk",
  "unit-head",
  "department-reviewer",
  "finance-officer",
  "publication-officer",
  "auditor",
];

const commandOf = (name: (typeof COMMANDS)[number], words: string): Command =>
  ({
    type: name,
    reason: words,
    opinion: null,
    due: null,
    call: null,
    from: "blank",
    source: null,
    edits: [],
    changes: [],
    findings: [],
    justifications: [],
    fundsDiffer: [],
  }) as unknown as Command;

test("whatever is asked in whatever order, no approval is skipped or edited under", () => {
  const step = fc.record({
    command: fc.constantFrom(...COMMANDS),
    role: fc.constantFrom(...ROLES_AT_WORK),
    reason: fc.constantFrom("理由", "理由", "理由", ""),
  });
  let [published, refusals] = [0, 0];
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.array(step, { maxLength: 120 }), (kind, steps) => {
      let current = submission("not-issued", null, { kind, sha256: null, revision: 0 });
      current = { ...current, subject: { ...current.subject, authors: [] } };
      const stands = new Set<Desk>();
      for (const { command, role, reason } of [...steps, ...STRAIGHT_ON]) {
        // A reviewer who wrote the sheet does not approve it: two officers share the work.
        const account =
          role === "finance-officer" && command === "approve" ? "second officer" : `account of ${role}`;
        const actor = person(role, {}, account);
        const frozen = JSON.stringify(current);
        const decision = decide(current, commandOf(command, reason), { actor, at: AT });
        expect(JSON.stringify(current)).toBe(frozen);
        if (decision.kind === "refused") {
          expect(decision.says).toMatch(/[\u4e00-\u9fff].*。$/);
          refusals += 1;
          continue;
        }
        const from = current.subject;
        if (command === "save") {
          expect([...stands]).toEqual([]);
          current = { ...current, revision: current.revision + 1, sha256: "b".repeat(64) };
        }
        if (command === "approve") {
          expect(from.authors).not.toContain(account);
          if (from.desk !== null) stands.add(from.desk);
        }
        if (command === "submit" || command === "withdraw" || command === "return") stands.clear();
        if (command === "cancel-review") liftFrom(stands, kind, decision.standing.desk);
        if (command === "unlock") liftFrom(stands, kind, from.desk ?? CHAINS[kind].at(-1) ?? null);
        if (command === "publish") published += 1;
        const authors = command === "save" ? [...new Set([...from.authors, account])] : from.authors;
        current = { ...current, subject: { ...from, ...decision.standing, authors } };
        const { state } = current.subject;
        if (state === "approved" || state === "published" || state === "archived")
          expect([...stands].sort()).toEqual([...CHAINS[kind]].sort());
        if (state === "draft" || state === "returned" || state === "withdrawn")
          expect([...stands]).toEqual([]);
        if (command === "publish") expect(from.state).toBe("approved");
      }
    }),
    { numRuns: 400 },
  );
  // Sequences that never get anywhere would hold any invariant.
  expect(published).toBeGreaterThan(100);
  expect(refusals).toBeGreaterThan(1000);
});

/** Desks whose approval no longer stands when this one's is taken back. */
function liftFrom(stands: Set<Desk>, kind: Kind, desk: Desk | null): void {
  const chain: readonly Desk[] = CHAINS[kind];
  for (const later of chain.slice(desk === null ? 0 : chain.indexOf(desk))) stands.delete(later);
}

/** The straight way from wherever the others left it, so that every sequence comes to its end. */
const STRAIGHT_ON: readonly { command: (typeof COMMANDS)[number]; role: Role; reason: string }[] = [
  "issue",
  "start",
  "save",
  "submit",
  ...(["unit-head", "department-reviewer", "finance-officer"] as const).flatMap((role) => [
    { command: "receive" as const, role, reason: "" },
    { command: "approve" as const, role, reason: "" },
  ]),
  "publish",
].flatMap((step) => {
  if (typeof step !== "string")
    return [step as { command: (typeof COMMANDS)[number]; role: Role; reason: string }];
  const roles: Role[] = step === "publish" ? ["publication-officer"] : ["clerk", "finance-officer"];
  return roles.map((role) => ({ command: step as (typeof COMMANDS)[number], role, reason: "" }));
});
