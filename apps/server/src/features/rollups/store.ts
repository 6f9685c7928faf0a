import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** The key of a roll-up. */
export interface RollUpKey {
  readonly region: string;
  readonly year: number;
  readonly id: string;
}

/** Keeps that a roll-up was made, and of which forms as they were. */
export async function keepRollUp(
  db: Tx,
  { region, year, id: rollup }: RollUpKey,
  made: {
    readonly revision: number;
    readonly sha256: string;
    readonly at: Date;
    readonly by: string;
    readonly members: readonly { readonly id: string; readonly sha256: string }[];
  },
): Promise<void> {
  const { revision, sha256, at, by, members } = made;
  await db.insertInto("rollup_made").values({ region, year, rollup, revision, sha256, at, by }).execute();
  await db
    .deleteFrom("submission_member")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("rollup", "=", rollup)
    .execute();
  await db
    .insertInto("submission_member")
    .values(
      members.map((member, position) => ({
        ...{ region, year, rollup, member: member.id, position, form_sha256: member.sha256 },
      })),
    )
    .execute();
}

/** The last time a roll-up was made; null where it never was. */
export async function lastMade(
  db: Db,
  { region, year, id }: RollUpKey,
): Promise<{ revision: number; sha256: string; at: Date } | null> {
  const row = await db
    .selectFrom("rollup_made")
    .select(["revision", "sha256", "at"])
    .where("region", "=", region)
    .where("year", "=", year)
    .where("rollup", "=", id)
    .orderBy("revision", "desc")
    .executeTakeFirst();
  return row ?? null;
}

/** A member with whether its form is still the one that was rolled up. */
export interface MemberRow {
  readonly submission: string;
  readonly project_name: string;
  readonly unit_name: string;
  readonly state: string;
  readonly changed: boolean;
}

/** The members of a roll-up, in their order. */
export async function membersOf(db: Db, { region, year, id }: RollUpKey): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select m.member as submission, s.project_name, u.name as unit_name, s.state,
      s.form_sha256 is distinct from m.form_sha256 as changed
    from submission_member m
    join submission s on s.region = m.region and s.year = m.year and s.id = m.member
    join organisation u on u.region = s.region and u.id = s.unit
    where m.region = ${region} and m.year = ${year} and m.rollup = ${id} order by m.position`.execute(db);
  return rows;
}
