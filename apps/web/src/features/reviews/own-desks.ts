import { DESK_ROLES, type Desk, type Role } from "@jiheng/workflow";

/**
 * The body whose forms come to somebody's desk as head of a unit. A head of a department sees the forms of its units too, but decides
 * about the department's own. Null where it is not one body alone: then the list is not narrowed.
 */
export function headedUnit(
  grants: readonly { readonly role: Role; readonly organisation: string }[],
): string | null {
  const headed = new Set(
    grants.flatMap(({ role, organisation }) => (role === DESK_ROLES.unit ? organisation : [])),
  );
  const [unit, ...others] = headed;
  return unit !== undefined && others.length === 0 ? unit : null;
}

/** The desks at which somebody with these roles decides, in the order forms pass them. */
export function ownDesks(roles: readonly Role[]): readonly Desk[] {
  return (Object.entries(DESK_ROLES) as [Desk, Role][]).flatMap(([desk, role]) =>
    roles.includes(role) ? [desk] : [],
  );
}
