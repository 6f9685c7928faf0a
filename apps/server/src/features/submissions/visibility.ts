import { type Actor, conflictRefusal, may, PERMISSIONS, type Permission } from "@jiheng/workflow";
import { type RawBuilder, sql } from "kysely";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller } from "../../platform/work.ts";
import { type LoadedSubmission, loadSubmission, type Reads, subjectOf } from "./load-submission.ts";

const UNKNOWN = "没有这张表，或者它不在您的范围内。";

/**
 * A submission the caller may know of. Of what lies outside of every grant not even the existence is told; what is within but must not be
 * seen is refused as such.
 */
export async function seenSubmission(
  reads: Reads & { readonly caller: Caller },
  id: string,
  at: Date,
): Promise<Outcome<LoadedSubmission>> {
  const loaded = await loadSubmission(reads, id);
  if (!loaded) return refused("not-found", UNKNOWN);
  const allowed = may(reads.caller.actor, "view", subjectOf(loaded), at.toISOString());
  if (allowed.kind === "allowed") return done(loaded);
  return allowed.code === "out-of-scope"
    ? refused("not-found", UNKNOWN)
    : refused("not-allowed", allowed.says);
}

/** A submission about which a command will be decided, locked; unknown where the caller's grants do not reach it. */
export async function reachedSubmission(
  reads: Reads & { readonly caller: Caller },
  id: string,
  at: Date,
): Promise<Outcome<LoadedSubmission>> {
  const loaded = await loadSubmission(reads, id, { lock: true });
  if (!loaded) return refused("not-found", UNKNOWN);
  const allowed = may(reads.caller.actor, "view", subjectOf(loaded), at.toISOString());
  const isBeyond = allowed.kind === "refused" && allowed.code === "out-of-scope";
  return isBeyond ? refused("not-found", UNKNOWN) : done(loaded);
}

/**
 * The same as a condition over `submission`: what `may` allows to view, made from the same table of permissions. `root` is the body of the
 * region itself.
 */
export function isVisibleTo(actor: Actor, root: string, at: Date): RawBuilder<boolean> {
  const held = actor.grants.filter(({ role, until }) =>
    until === null ? role !== "third-party" : at.getTime() <= Date.parse(until),
  );
  if (conflictRefusal(held)) return sql<boolean>`false`;
  const { rules }: Permission = PERMISSIONS.view;
  const conditions = rules.flatMap((rule) =>
    held
      .filter(({ role }) => rule.roles.includes(role))
      .map(({ role, organisation, submissions }) => {
        if (submissions === null && role === "third-party") return sql<boolean>`false`;
        const parts: RawBuilder<boolean>[] = [];
        if (organisation !== root)
          parts.push(sql`(submission.department = ${organisation} or submission.unit = ${organisation})`);
        if (rule.kinds) parts.push(sql`submission.kind = any(${[...rule.kinds]}::text[])`);
        if (rule.states) parts.push(sql`submission.state = any(${[...rule.states]}::text[])`);
        if (submissions !== null) parts.push(sql`submission.id = any(${[...submissions]}::uuid[])`);
        if (role === "third-party" && actor.recused.length > 0)
          parts.push(
            sql`not (array[submission.id, submission.project, submission.unit, submission.department] && ${[...actor.recused]}::uuid[])`,
          );
        return parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, sql` and `)})`;
      }),
  );
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}
