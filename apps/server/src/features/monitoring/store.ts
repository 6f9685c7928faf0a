import type { Form } from "@jiheng/domain";
import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** Where the region lies, as policies know places. */
export async function jurisdictionOf(db: Db, region: string): Promise<string | null> {
  const row = await db
    .selectFrom("region")
    .select("jurisdiction")
    .where("region", "=", region)
    .executeTakeFirst();
  return row?.jurisdiction ?? null;
}

/** The form of the targets a submission rests on. */
export async function basisForm(db: Db, region: string, id: string): Promise<Form | null> {
  const row = await db
    .selectFrom("submission")
    .select("form")
    .where("region", "=", region)
    .where("id", "=", id)
    .executeTakeFirst();
  return (row?.form as Form | undefined) ?? null;
}

/** Monitoring forms with content, of a body and all beneath it; one more than asked where there are more. */
export async function monitoringPage(
  db: Db,
  scope: { readonly region: string; readonly kind: string; readonly id: string },
  query: {
    readonly year: number;
    readonly month?: number | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<{ id: string; project_name: string; state: string; month: number | null; form: unknown }[]> {
  let rows = db
    .selectFrom("submission")
    .select(["id", "project_name", "state", "month", "form"])
    .where("region", "=", scope.region)
    .where("year", "=", query.year)
    .where("kind", "=", "monitoring")
    .where("form", "is not", null)
    .orderBy("id")
    .limit(query.limit + 1);
  if (scope.kind === "department") rows = rows.where("department", "=", scope.id);
  if (scope.kind === "unit") rows = rows.where("unit", "=", scope.id);
  if (query.month !== undefined) rows = rows.where("month", "=", query.month);
  if (query.after !== undefined) rows = rows.where("id", ">", query.after);
  return rows.execute();
}
