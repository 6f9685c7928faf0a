import { expect, test } from "vitest";
import {
  ACTIONS,
  type Action,
  type Actor,
  type Desk,
  KINDS,
  type Kind,
  may,
  ROLES,
  type Role,
  type State,
  type Subject,
  standingsOf,
} from "../src/index.ts";

// The matrix as it was agreed, written down by hand and never computed from the table of transitions:
// C clerk, H unit head, D department reviewer, F finance officer, T third party, P publication officer,
// A auditor, M administrator, S security administrator. A dot is nobody.
const LETTERS: Readonly<Record<string, Role>> = {
  C: "clerk",
  H: "unit-head",
  D: "department-reviewer",
  F: "finance-officer",
  T: "third-party",
  P: "publication-officer",
  A: "auditor",
  M: "administrator",
  S: "security-administrator",
};

const COLUMNS: Readonly<Record<string, readonly [State, Desk | null]>> = {
  ni: ["not-issued", null],
  is: ["issued", null],
  dr: ["draft", null],
  su: ["submitted", "unit"],
  ru: ["under-review", "unit"],
  cu: ["review-cancelled", "unit"],
  sd: ["submitted", "department"],
  rd: ["under-review", "department"],
  cd: ["review-cancelled", "department"],
  sf: ["submitted", "finance"],
  rf: ["under-review", "finance"],
  cf: ["review-cancelled", "finance"],
  ap: ["approved", null],
  re: ["returned", null],
  wi: ["withdrawn", null],
  pu: ["published", null],
  ar: ["archived", null],
};

const TWO_DESKS = `
                ni   is   dr   su   ru   cu   sd   rd   cd   ap   re   wi   pu   ar
issue           DF   .    .    .    .    .    .    .    .    .    .    .    .    .
start           .    C    .    .    .    .    .    .    .    .    .    .    .    .
save            .    .    C    .    .    .    .    .    .    .    C    C    .    .
submit          .    .    C    .    .    .    .    .    .    .    C    C    .    .
withdraw        .    .    .    CH   .    .    H    .    .    .    .    .    .    .
receive         .    .    .    H    .    .    D    .    .    .    .    .    .    .
return          .    .    .    .    H    H    .    D    D    .    .    .    .    .
approve         .    .    .    .    H    H    .    D    D    .    .    .    .    .
cancel-review   .    .    .    .    .    .    H    .    .    D    .    .    .    .
unlock          .    .    .    .    .    H    .    .    D    D    .    .    .    .
publish         .    .    .    .    .    .    .    .    .    P    .    .    .    .
withhold        .    .    .    .    .    .    .    .    .    P    .    .    P    .
archive         .    .    .    .    .    .    .    .    .    F    .    .    F    .
view            CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTPA CHDFTA CHDFTA CHDFTPA CHDFTPA
attach-evidence .    .    C    .    .    .    .    .    .    .    C    C    .    .
justify         .    .    CH   .    .    .    .    .    .    .    CH   CH   .    .
import-forms    .    CDF  CDF  .    .    .    .    .    .    .    CDF  CDF  .    .
seal            .    .    .    CH   CH   CH   CH   CH   CH   CH   .    .    CH   .
`;

const MONITORING = TWO_DESKS.replace(/^publish.*$/m, "publish . . . . . . . . . . . . . .").replace(
  /^withhold.*$/m,
  "withhold . . . . . . . . . . . . . .",
);

const THREE_DESKS = `
                ni   is   dr   su   ru   cu   sd   rd   cd   sf   rf   cf   ap   re   wi   pu   ar
issue           DF   .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
start           C    C    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
save            .    .    C    .    .    .    .    .    .    .    .    .    .    C    C    .    .
submit          .    .    C    .    .    .    .    .    .    .    .    .    .    C    C    .    .
withdraw        .    .    .    CH   .    .    H    .    .    .    .    .    .    .    .    .    .
receive         .    .    .    H    .    .    D    .    .    F    .    .    .    .    .    .    .
return          .    .    .    .    H    H    .    D    D    .    F    F    .    .    .    .    .
approve         .    .    .    .    H    H    .    D    D    .    F    F    .    .    .    .    .
cancel-review   .    .    .    .    .    .    H    .    .    D    .    .    F    .    .    .    .
unlock          .    .    .    .    .    H    .    .    D    .    .    F    F    .    .    .    .
publish         .    .    .    .    .    .    .    .    .    .    .    .    P    .    .    .    .
withhold        .    .    .    .    .    .    .    .    .    .    .    .    P    .    .    P    .
archive         .    .    .    .    .    .    .    .    .    .    .    .    F    .    .    F    .
view            CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTA CHDFTPA CHDFTA CHDFTA CHDFTPA CHDFTPA
attach-evidence .    .    C    .    .    .    .    .    .    .    .    .    .    C    C    .    .
justify         .    .    CH   .    .    .    .    .    .    .    .    .    .    CH   CH   .    .
import-forms    .    CDF  CDF  .    .    .    .    .    .    .    .    .    .    CDF  CDF  .    .
seal            .    .    .    CH   CH   CH   CH   CH   CH   CH   CH   CH   CH   .    .    CH   .
`;

const REVIEW = `
                ni   is   dr   sf   rf   cf   ap   re   wi   pu   ar
issue           F    .    .    .    .    .    .    .    .    .    .
start           .    FT   .    .    .    .    .    .    .    .    .
save            .    .    FT   .    .    .    .    FT   FT   .    .
submit          .    .    FT   .    .    .    .    FT   FT   .    .
withdraw        .    .    .    FT   .    .    .    .    .    .    .
receive         .    .    .    F    .    .    .    .    .    .    .
return          .    .    .    .    F    F    .    .    .    .    .
approve         .    .    .    .    F    F    .    .    .    .    .
cancel-review   .    .    .    .    .    .    F    .    .    .    .
unlock          .    .    .    .    .    F    F    .    .    .    .
publish         .    .    .    .    .    .    P    .    .    .    .
withhold        .    .    .    .    .    .    P    .    .    P    .
archive         .    .    .    .    .    .    F    .    .    F    .
view            FTA  FTA  FTA  FTA  FTA  FTA  CHDFTPA FTA FTA CHDFTPA CHDFTPA
attach-evidence .    .    FT   .    .    .    .    FT   FT   .    .
justify         .    .    FT   .    .    .    .    FT   FT   .    .
import-forms    .    F    F    .    .    .    .    F    F    .    .
seal            .    .    .    F    F    F    F    .    .    F    .
`;

/** A roll-up: whoever rolls up writes it, too; its approval is that of any self-evaluation. */
const ROLLUP = TWO_DESKS.replace(/^start.*$/m, "start . CDF . . . . . . . . . . . .")
  .replace(/^save.*$/m, "save . . CDF . . . . . . . CDF CDF . .")
  .replace(/^submit.*$/m, "submit . . CDF . . . . . . . CDF CDF . .")
  .replace(/^withdraw.*$/m, "withdraw . . . CHDF . . H . . . . . . .")
  .replace(/^attach-evidence.*$/m, "attach-evidence . . CDF . . . . . . . CDF CDF . .")
  .replace(/^justify.*$/m, "justify . . CHDF . . . . . . . CHDF CHDF . .");

type Sort = Kind | "roll-up";
const SORTS: readonly Sort[] = [...KINDS, "roll-up"];

const BY_STATE: Readonly<Record<Sort, string>> = {
  "roll-up": ROLLUP,
  "target-declaration": THREE_DESKS,
  adjustment: THREE_DESKS,
  monitoring: MONITORING,
  "self-evaluation": TWO_DESKS,
  review: REVIEW,
};

/** What no state changes. */
const IN_ANY_STATE = `
change-due            DF
manage-calls          DF
view-projects         CHDFPA
manage-projects       CDF
record-placeholder    DF
import-budget         F
draw-sample           F
assign-review         F
roll-up               DF
change-rules          F
view-statistics       CHDFPA
open-rectification    DF
answer-rectification  CH
verify-rectification  DF
use-results           DF
view-log              A
verify-log            A
manage-organisations  M
manage-accounts       M
view-accounts         MSA
manage-webhooks       M
backup                M
manage-roles          S
manage-recusals       S
lock-account          S
reset-password        S
reset-second-factor   S
revoke-tokens         S
`;

const PLACES = {
  "own unit": ["region-1", "department-1", "unit-1"],
  "own department": ["region-1", "department-1", "unit-2"],
  "other department": ["region-1", "department-2", "unit-3"],
  "other region": ["region-2", "department-9", "unit-9"],
} as const;

/** Where each role's grant is given here, and where it reaches. A third party reaches what its grant lists. */
const REACH: Readonly<Record<Role, readonly [string, readonly (keyof typeof PLACES)[]]>> = {
  clerk: ["unit-1", ["own unit"]],
  "unit-head": ["unit-1", ["own unit"]],
  "department-reviewer": ["department-1", ["own unit", "own department"]],
  "finance-officer": ["region-1", ["own unit", "own department", "other department"]],
  "third-party": ["region-1", ["own unit"]],
  "publication-officer": ["region-1", ["own unit", "own department", "other department"]],
  auditor: ["region-1", ["own unit", "own department", "other department"]],
  administrator: ["region-1", ["own unit", "own department", "other department"]],
  "security-administrator": ["region-1", ["own unit", "own department", "other department"]],
};

const AT = "2025-03-01T08:00:00Z";

type Cells = ReadonlyMap<string, ReadonlySet<Role>>;

function rolesOf(letters: string): ReadonlySet<Role> {
  if (letters === ".") return new Set();
  return new Set(
    [...letters].map((letter) => {
      const role = LETTERS[letter];
      if (role === undefined) throw new Error(`no role ${letter}`);
      return role;
    }),
  );
}

function matrixOf(kind: Sort): { columns: readonly string[]; cells: Cells } {
  const lines = BY_STATE[kind].trim().split("\n");
  const columns = (lines[0] ?? "").trim().split(/\s+/);
  const cells = new Map<string, ReadonlySet<Role>>();
  for (const line of lines.slice(1)) {
    const [action, ...row] = line.trim().split(/\s+/);
    if (row.length !== columns.length) throw new Error(`${kind}: ${action} has ${row.length} cells`);
    columns.forEach((column, index) => {
      cells.set(`${action} ${column}`, rolesOf(row[index] ?? "?"));
    });
  }
  for (const line of IN_ANY_STATE.trim().split("\n")) {
    const [action, letters] = line.trim().split(/\s+/);
    for (const column of columns) cells.set(`${action} ${column}`, rolesOf(letters ?? "?"));
  }
  return { columns, cells };
}

function actorOf(role: Role): Actor {
  const [organisation] = REACH[role];
  const thirdParty = role === "third-party";
  return {
    account: `account of ${role}`,
    name: role,
    recused: [],
    grants: [
      {
        role,
        organisation,
        submissions: thirdParty ? ["submission of own unit"] : null,
        until: thirdParty ? "2025-12-31T16:00:00Z" : null,
      },
    ],
  };
}

function subjectAt(
  place: keyof typeof PLACES,
  kind: Sort,
  [state, desk]: readonly [State, Desk | null],
): Subject {
  return {
    organisations: PLACES[place],
    kind: kind === "roll-up" ? "self-evaluation" : kind,
    isRollup: kind === "roll-up",
    state,
    desk,
    submission: `submission of ${place}`,
    project: `project of ${place}`,
    authors: ["somebody else"],
  };
}

test("every action of the product stands in the matrix, and nothing else does", () => {
  for (const kind of SORTS) {
    const { cells } = matrixOf(kind);
    const named = new Set([...cells.keys()].map((key) => key.split(" ")[0]));
    expect([...named].sort()).toEqual([...ACTIONS].sort());
  }
});

test("the columns are the standings a submission can come to", () => {
  for (const kind of KINDS) {
    const expected = matrixOf(kind).columns.map((column) => COLUMNS[column]?.join(" ") ?? "?");
    const reached = standingsOf(kind).map(({ state, desk }) => [state, desk].join(" "));
    expect(reached.toSorted(), kind).toEqual(
      // What is not published has no such standing.
      expected.filter((words) => kind !== "monitoring" || !words.startsWith("published")).toSorted(),
    );
  }
});

test("role × action × state × organisation: every cell is as the matrix says", () => {
  let cellsSeen = 0;
  let allowed = 0;
  const wrong: string[] = [];
  for (const kind of SORTS) {
    const { columns, cells } = matrixOf(kind);
    for (const role of ROLES) {
      const actor = actorOf(role);
      for (const action of ACTIONS) {
        const ever = columns.some((column) => cells.get(`${action} ${column}`)?.has(role));
        for (const column of columns) {
          const roles = cells.get(`${action} ${column}`) ?? new Set();
          for (const place of Object.keys(PLACES) as (keyof typeof PLACES)[]) {
            const standing = COLUMNS[column] ?? ["draft", null];
            const answer = may(actor, action, subjectAt(place, kind, standing), AT);
            const expected = expectedAnswer(ever, REACH[role][1].includes(place), roles, role);
            const got = answer.kind === "allowed" ? "allowed" : answer.code;
            if (got !== expected)
              wrong.push(`${kind} ${role} ${action} ${column} ${place}: ${got}, not ${expected}`);
            cellsSeen += 1;
            if (got === "allowed") allowed += 1;
          }
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  // 87 standings of five kinds and of roll-ups × 9 roles × 46 actions × 4 organisations.
  expect(cellsSeen).toBe(144_072);
  console.log(`permission matrix: ${cellsSeen} cells asserted, ${allowed} allowed`);
});

function expectedAnswer(ever: boolean, reaches: boolean, roles: ReadonlySet<Role>, role: Role): string {
  if (!ever) return "not-allowed";
  if (!reaches) return "out-of-scope";
  if (roles.has(role)) return "allowed";
  return roles.size === 0 ? "wrong-state" : "not-allowed";
}

test("without a grant nothing is allowed", () => {
  const actor: Actor = { account: "nobody", name: "无", grants: [], recused: [] };
  for (const action of ACTIONS as readonly Action[])
    for (const kind of [null, ...KINDS]) {
      const organisations = PLACES["own unit"];
      const subject: Subject = {
        organisations,
        kind,
        state: null,
        desk: null,
        submission: null,
        project: null,
        authors: [],
      };
      expect(may(actor, action, subject, AT)).toMatchObject({ kind: "refused", code: "not-allowed" });
    }
});
