import { type Action, may } from "@jiheng/workflow";
import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import { type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "./lineage.ts";

/** Why the caller may not do it to a body of the tree (null for the whole region); null where they may. */
export async function notPermitted(
  db: Kysely<Schema>,
  caller: Caller,
  action: Action,
  organisation: string | null,
  at: Date,
): Promise<Refused | null> {
  const lineage = await lineageOf(db, caller.region, organisation);
  if (lineage.length === 0) return refused("not-found", "没有这个机构，请刷新后重新选择。");
  const permitted = may(caller.actor, action, subjectOfBody(lineage), at.toISOString());
  return permitted.kind === "allowed" ? null : refusedBy(permitted);
}
