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

/** A body whose forms are meant, with all beneath it. */
export interface FormScope {
  readonly region: string;
  readonly kind: string;
  readonly id: string;
}

function formsWithin(db: Db, scope: FormScope, year: number) {
  const column = { region: null, department: "department", unit: "unit" }[scope.kind];
  const query = db
    .selectFrom("submission")
    .where("submission.region", "=", scope.region)
    .where("submission.year", "=", year)
    .where("submission.kind", "=", "self-evaluation")
    .where("submission.form", "is not", null);
  return column ? query.where(`submission.${column as "department" | "unit"}`, "=", scope.id) : query;
}

/** Self-evaluations with a form, of a body and all beneath it, in the order of their identity. */
export async function formsOf(
  db: Db,
  scope: FormScope,
  year: number,
  after: string | null,
  limit: number,
): Promise<{ id: string; project_name: string; policy: string | null; form: unknown }[]> {
  const query = formsWithin(db, scope, year)
    .select(["id", "project_name", "policy", "form"])
    .orderBy("id")
    .limit(limit);
  return (after ? query.where("id", ">", after) : query).execute();
}

/** How many of them there are. */
export async function countFormsOf(db: Db, scope: FormScope, year: number): Promise<number> {
  const row = await formsWithin(db, scope, year)
    .select((is) => is.fn.countAll<bigint>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Forms in which a rule found something, the most findings first, then by project. */
export function formsFoundBy(
  db: Db,
  scope: FormScope,
  year: number,
  rule: string,
  page: { readonly skip: number; readonly limit: number },
) {
  return formsWithin(db, scope, year)
    .innerJoin("finding_row", (join) =>
      join
        .onRef("finding_row.region", "=", "submission.region")
        .onRef("finding_row.year", "=", "submission.year")
        .onRef("finding_row.submission", "=", "submission.id"),
    )
    .innerJoin("organisation", (join) =>
      join
        .onRef("organisation.region", "=", "submission.region")
        .onRef("organisation.id", "=", "submission.unit"),
    )
    .where("finding_row.rule", "=", rule)
    .select(["submission.id", "submission.project_name", "organisation.name as unit_name"])
    .select((is) => is.fn.countAll<bigint>().as("findings"))
    .groupBy(["submission.id", "submission.project_name", "organisation.name"])
    .orderBy("findings", "desc")
    .orderBy("submission.project_name")
    .orderBy("submission.id")
    .offset(page.skip)
    .limit(page.limit)
    .execute();
}

/** How often a rule found something, and in how many forms. */
export async function countFoundBy(
  db: Db,
  scope: FormScope,
  year: number,
  rule: string,
): Promise<{ readonly findings: number; readonly forms: number }> {
  const row = await formsWithin(db, scope, year)
    .innerJoin("finding_row", (join) =>
      join
        .onRef("finding_row.region", "=", "submission.region")
        .onRef("finding_row.year", "=", "submission.year")
        .onRef("finding_row.submission", "=", "submission.id"),
    )
    .where("finding_row.rule", "=", rule)
    .select((is) => [
      is.fn.countAll<bigint>().as("findings"),
      is.fn.count<bigint>("submission.id").distinct().as("forms"),
    ])
    .executeTakeFirstOrThrow();
  return { findings: Number(row.findings), forms: Number(row.forms) };
}
