import type { Kysely, Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

/** A form, as the key of what belongs to it. */
export interface FormKey {
  readonly region: string;
  readonly year: number;
  readonly id: string;
}

/** A file of a form with who attached it. */
export type EvidenceRow = Awaited<ReturnType<typeof evidenceOf>>[number];

/** The files of a form, the oldest first; `id` for one of them. */
export function evidenceOf(db: Kysely<Schema>, { region, year, id: submission }: FormKey, id?: string) {
  let query = db
    .selectFrom("evidence")
    .innerJoin("account", (join) =>
      join.onRef("account.region", "=", "evidence.region").onRef("account.id", "=", "evidence.by"),
    )
    .select(["evidence.id", "evidence.indicator", "evidence.name", "evidence.size", "evidence.sha256"])
    .select(["evidence.at", "evidence.removed_at", "account.name as by_name"])
    .where("evidence.region", "=", region)
    .where("evidence.year", "=", year)
    .where("evidence.submission", "=", submission);
  if (id !== undefined) query = query.where("evidence.id", "=", id);
  return query.orderBy("evidence.at").orderBy("evidence.id").execute();
}

/** Attaches a file whose bytes are kept already. */
export async function insertEvidence(
  db: Transaction<Schema>,
  { region, year, id: submission }: FormKey,
  file: {
    readonly id: string;
    readonly indicator: string | null;
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> {
  await db
    .insertInto("evidence")
    .values({ ...file, size: BigInt(file.size), region, year, submission, removed_at: null })
    .execute();
}

/** Marks a file as removed. */
export async function markRemoved(
  db: Transaction<Schema>,
  { region, year }: FormKey,
  id: string,
  at: Date,
): Promise<void> {
  await db
    .updateTable("evidence")
    .set({ removed_at: at })
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", id)
    .execute();
}
