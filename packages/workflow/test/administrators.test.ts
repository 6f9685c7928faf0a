import { describe, expect, test } from "vitest";
import {
  conflictingRoles,
  type Grant,
  grantRefusal,
  may,
  type OrganisationKind,
  ROLES,
  type Role,
  type Subject,
} from "../src/index.ts";

const grant = (role: Role, more: Partial<Grant> = {}): Grant => ({
  role,
  organisation: "region",
  submissions: null,
  until: null,
  ...more,
});

describe("three-role administration", () => {
  test("each administrator is alone, roles of the business go together", () => {
    const three: Role[] = ["administrator", "security-administrator", "auditor"];
    for (const a of ROLES)
      for (const b of ROLES) {
        const conflict = conflictingRoles([grant(a), grant(b)]).length > 0;
        expect(conflict, `${a} with ${b}`).toBe(a !== b && (three.includes(a) || three.includes(b)));
      }
  });

  test("an account that holds two of them all the same may nothing", () => {
    const subject: Subject = {
      organisations: ["region"],
      kind: null,
      state: null,
      desk: null,
      submission: null,
      project: null,
      authors: [],
    };
    const grants = [grant("administrator"), grant("auditor")];
    const actor = { account: "a", name: "甲", grants, recused: [] };
    const at = "2025-01-01T00:00:00Z";
    for (const action of ["backup", "view-log", "manage-roles"] as const)
      expect(may(actor, action, subject, at)).toMatchObject({
        code: "conflicting-roles",
        says: expect.stringContaining("“系统管理员”与“安全审计员”"),
      });
    // What has ended no longer conflicts.
    const ended = [grant("administrator", { until: "2024-12-31T00:00:00Z" }), grant("auditor")];
    expect(may({ ...actor, grants: ended }, "view-log", subject, at).kind).toBe("allowed");
  });
});

describe("giving a role", () => {
  const between = { giver: "security", account: "other" };
  const give = (role: Role, home: OrganisationKind, more: Partial<Grant> = {}, held: Grant[] = []) =>
    grantRefusal(held, grant(role, more), home, between)?.code ?? "given";

  test("is refused where it conflicts, where it does not belong and to oneself", () => {
    expect(give("clerk", "unit")).toBe("given");
    expect(give("clerk", "region")).toBe("out-of-scope");
    expect(give("finance-officer", "unit")).toBe("out-of-scope");
    expect(give("administrator", "department")).toBe("out-of-scope");
    expect(give("auditor", "region", {}, [grant("clerk")])).toBe("conflicting-roles");
    expect(grantRefusal([], grant("clerk"), "unit", { giver: "me", account: "me" })?.code).toBe("own-work");
  });

  test("of a third party needs a scope and an end", () => {
    const scope = { submissions: ["s1"], until: "2025-06-01T00:00:00Z" };
    expect(give("third-party", "region", scope)).toBe("given");
    expect(give("third-party", "region", { ...scope, until: null })).toBe("out-of-scope");
    expect(give("third-party", "region", { ...scope, submissions: null })).toBe("out-of-scope");
  });
});
