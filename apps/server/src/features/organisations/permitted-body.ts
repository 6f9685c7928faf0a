import { type Action, may } from "@jiheng/workflow";
import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller } from "../../platform/work.ts";
import { type Body, lineageOf, subjectOfBody } from "./lineage.ts";

/** A body of the caller's region for which the caller may do this, or why not. */
export async function permittedBody(
  { db, caller }: { readonly db: Kysely<Schema>; readonly caller: Caller },
  action: Action,
  organisation: string,
  at: Date,
): Promise<Outcome<Body>> {
  const lineage = await lineageOf(db, caller.region, organisation);
  const body = lineage.at(-1);
  if (!body) return refused("not-found", "没有这个机构，或者它不在本地区。");
  const allowed = may(caller.actor, action, subjectOfBody(lineage), at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : done(body);
}
