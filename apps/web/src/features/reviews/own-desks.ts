import { DESK_ROLES, type Desk, type Role } from "@jiheng/workflow";

/** The desks at which somebody with these roles decides, in the order forms pass them. */
export function ownDesks(roles: readonly Role[]): readonly Desk[] {
  return (Object.entries(DESK_ROLES) as [Desk, Role][]).flatMap(([desk, role]) =>
    roles.includes(role) ? [desk] : [],
  );
}
