import { type Refusal, refusal } from "../refusal.ts";
import { ORGANISATION_TITLES, ROLE_TITLES } from "../titles.ts";
import type { Grant, OrganisationKind, Role } from "../vocabulary.ts";

/** The three administrators (三员): each is held alone, beside neither of the others nor any role of the business. */
export const ADMINISTRATORS: readonly Role[] = ["administrator", "security-administrator", "auditor"];

/** At which levels of the tree a role is given. */
export const ROLE_HOMES: Readonly<Record<Role, readonly OrganisationKind[]>> = {
  clerk: ["unit", "department"],
  "unit-head": ["unit", "department"],
  "department-reviewer": ["department"],
  "finance-officer": ["region", "department"],
  "third-party": ["region", "department", "unit"],
  "publication-officer": ["region", "department"],
  auditor: ["region", "department"],
  administrator: ["region"],
  "security-administrator": ["region"],
};

/** The pairs of roles among these grants that one account must not hold together. */
export function conflictingRoles(grants: readonly Pick<Grant, "role">[]): readonly (readonly [Role, Role])[] {
  const roles = [...new Set(grants.map(({ role }) => role))];
  return roles.flatMap((a, index) =>
    roles
      .slice(index + 1)
      .filter((b) => ADMINISTRATORS.includes(a) || ADMINISTRATORS.includes(b))
      .map((b) => [a, b] as const),
  );
}

/** A refusal that names the roles which one account must not hold together, or null where there are none. */
export function conflictRefusal(grants: readonly Pick<Grant, "role">[]): Refusal | null {
  const pairs = conflictingRoles(grants);
  if (pairs.length === 0) return null;
  const named = pairs.map(([a, b]) => `“${ROLE_TITLES[a]}”与“${ROLE_TITLES[b]}”`).join("、");
  return refusal(
    "conflicting-roles",
    `${named}不能由同一账号兼任：系统管理员、安全管理员、安全审计员三员分立，也不兼任业务角色。请由安全管理员收回其一，或另用账号。`,
  );
}

/** Whether a role may be given to an account that holds `held`, at an organisation of this level; null where it may. */
export function grantRefusal(
  held: readonly Grant[],
  grant: Grant,
  organisation: OrganisationKind,
  between: { readonly giver: string; readonly account: string },
): Refusal | null {
  if (between.giver === between.account)
    return refusal("own-work", "不能给自己的账号授予角色，请由另一名安全管理员办理。");
  const conflict = conflictRefusal([...held, grant]);
  if (conflict) return conflict;
  if (!ROLE_HOMES[grant.role].includes(organisation)) {
    const homes = ROLE_HOMES[grant.role].map((home) => ORGANISATION_TITLES[home]).join("、");
    return refusal(
      "out-of-scope",
      `“${ROLE_TITLES[grant.role]}”不能授予在${ORGANISATION_TITLES[organisation]}一级，可授予的层级：${homes}。`,
    );
  }
  if (grant.role === "third-party" && (grant.submissions === null || grant.until === null))
    return refusal(
      "out-of-scope",
      "第三方复核人员的授权须列明可以复核的表格，并定有截止时间。请补充后再授予。",
    );
  return null;
}
