import {
  type Actor,
  AUTHOR_ROLES,
  conflictRefusal,
  DESK_ROLES,
  type Desk,
  KINDS,
  type Kind,
  type Role,
  type Standing,
  standingsOf,
  transitionOf,
} from "@jiheng/workflow";
import { type RawBuilder, sql } from "kysely";

/** Where a form stands when somebody has to do something about it. */
export interface Waiting extends Standing {
  readonly kind: Kind;
}

/** Roles that act for their very own body, not for those beneath it. */
const OWN_ONLY: readonly Role[] = ["clerk", "unit-head"];

/** In somebody's hands: as the partial index of the table has it. */
const OPEN: readonly string[] = [
  ...["not-issued", "issued", "draft", "submitted"],
  ...["under-review", "returned", "withdrawn", "review-cancelled"],
];

/** The standings that wait for a role, read from the life cycle: what it has to fill in, to decide, or to publish. */
export function standingsThatWaitFor(role: Role): readonly Waiting[] {
  return KINDS.flatMap((kind) =>
    standingsOf(kind)
      .filter((standing) => waitsFor(role, kind, standing))
      .map((standing) => ({ kind, ...standing })),
  );
}

function waitsFor(role: Role, kind: Kind, standing: Standing): boolean {
  const can = (command: Parameters<typeof transitionOf>[2]): boolean =>
    transitionOf(kind, standing, command) !== null;
  // What was never issued waits for nobody: a unit may open it, or not.
  if (standing.state === "not-issued") return false;
  if (AUTHOR_ROLES[kind].includes(role) && (can("start") || can("save"))) return true;
  if (standing.desk !== null) return DESK_ROLES[standing.desk satisfies Desk] === role;
  // What the public sees are self-evaluations: nothing else is asked of whoever publishes.
  return (
    role === "publication-officer" &&
    kind === "self-evaluation" &&
    standing.state === "approved" &&
    can("publish")
  );
}

/** The forms that wait for an actor, as a condition over `submission`. `root` is the body of the region itself. */
export function isWaitingFor(actor: Actor, root: string, at: Date): RawBuilder<boolean> {
  const held = actor.grants.filter(({ role, until }) =>
    until === null ? role !== "third-party" : at.getTime() <= Date.parse(until),
  );
  if (conflictRefusal(held)) return sql<boolean>`false`;
  const conditions = held.flatMap(({ role, organisation, submissions }) => {
    const standings = standingsThatWaitFor(role);
    if (standings.length === 0 || (role === "third-party" && submissions === null)) return [];
    const parts: RawBuilder<unknown>[] = [
      sql`(submission.kind, submission.state, coalesce(submission.desk, '')) in (${sql.join(
        standings.map(({ kind, state, desk }) => sql`(${kind}, ${state}, ${desk ?? ""})`),
      )})`,
    ];
    // Said beside the list, so that the index of what is in somebody's hands is seen to fit.
    if (standings.every(({ state }) => OPEN.includes(state)))
      parts.push(sql`submission.state in (${sql.join(OPEN.map((state) => sql.lit(state)))})`);
    if (OWN_ONLY.includes(role)) parts.push(sql`submission.unit = ${organisation}`);
    else if (organisation !== root)
      parts.push(sql`(submission.department = ${organisation} or submission.unit = ${organisation})`);
    if (submissions !== null) parts.push(sql`submission.id = any(${[...submissions]}::uuid[])`);
    if (role === "publication-officer") parts.push(sql`submission.withheld_reason is null`);
    // What was drawn by mistake waits for nobody any more.
    if (standings.some(({ kind }) => kind === "review"))
      parts.push(sql`not (submission.kind = 'review' and exists (select from sample_item i
        join sample x on x.region = i.region and x.year = i.year and x.id = i.sample
        where i.region = submission.region and i.year = submission.year and i.review = submission.id
          and x.cancelled_at is not null))`);
    if (actor.recused.length > 0)
      parts.push(
        sql`not (array[submission.id, submission.project, submission.unit, submission.department] && ${[...actor.recused]}::uuid[])`,
      );
    return [sql<boolean>`(${sql.join(parts, sql` and `)})`];
  });
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}
