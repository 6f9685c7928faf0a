import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { RuleSetting } from "./rules-in-force.ts";

type Db = Kysely<Schema>;

/** A setting as it was made. */
export interface StoredSetting extends RuleSetting {
  readonly by: string;
  readonly at: Date;
}

/** The settings of a region that hold on a day: of each rule the one that came into force last. */
export async function settingsOn(db: Db, region: string, day: string): Promise<RuleSetting[]> {
  const { rows } = await sql<RuleSetting>`
    select distinct on (rule) rule, force, valid_from as from, reason from rule_setting
    where region = ${region} and valid_from <= ${day}::date order by rule, valid_from desc, at desc`.execute(
    db,
  );
  return rows;
}

/** Every setting a region made, the newest first. */
export async function allSettings(db: Db, region: string): Promise<StoredSetting[]> {
  const rows = await db
    .selectFrom("rule_setting")
    .select(["rule", "force", "valid_from as from", "reason", "by", "at"])
    .where("region", "=", region)
    .orderBy("valid_from", "desc")
    .orderBy("at", "desc")
    .execute();
  return rows as StoredSetting[];
}

/** Keeps a setting beside those before it. */
export async function addSetting(
  db: Transaction<Schema>,
  region: string,
  setting: RuleSetting & { readonly by: string; readonly at: Date },
): Promise<void> {
  const { rule, force, from, reason, by, at } = setting;
  await db
    .insertInto("rule_setting")
    .values({ region, rule, force, valid_from: from, reason, by, at })
    .execute();
}

/** Self-evaluations with a form, of a body and all beneath it, in the order of their identity. */
export async function formsOf(
  db: Db,
  scope: { readonly region: string; readonly kind: string; readonly id: string },
  year: number,
  after: string | null,
  limit: number,
): Promise<{ id: string; project_name: string; policy: string | null; form: unknown }[]> {
  const column = { region: null, department: "department", unit: "unit" }[scope.kind];
  let query = db
    .selectFrom("submission")
    .select(["id", "project_name", "policy", "form"])
    .where("region", "=", scope.region)
    .where("year", "=", year)
    .where("kind", "=", "self-evaluation")
    .where("form", "is not", null)
    .orderBy("id")
    .limit(limit);
  if (column) query = query.where(column as "department" | "unit", "=", scope.id);
  if (after) query = query.where("id", ">", after);
  return query.execute();
}
