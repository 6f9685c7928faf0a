import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

interface Seen {
  readonly region: string;
  readonly submission: string;
  readonly account: string;
  readonly cell: string | null;
  readonly at: Date;
}

/** Notes that an account has a form open. */
export async function noteSeen(
  db: Kysely<Schema>,
  { region, submission, account, cell, at }: Seen,
): Promise<void> {
  await db
    .insertInto("presence")
    .values({ region, submission, account, cell, at })
    .onConflict((conflict) => conflict.columns(["region", "submission", "account"]).doUpdateSet({ cell, at }))
    .execute();
}

/** The others who had a form open after an instant. */
export function othersSince(
  db: Kysely<Schema>,
  { region, submission, account }: Pick<Seen, "region" | "submission" | "account">,
  after: Date,
) {
  return db
    .selectFrom("presence")
    .innerJoin("account", (join) =>
      join.onRef("account.region", "=", "presence.region").onRef("account.id", "=", "presence.account"),
    )
    .select(["presence.account", "presence.cell", "presence.at", "account.name"])
    .where("presence.region", "=", region)
    .where("presence.submission", "=", submission)
    .where("presence.account", "!=", account)
    .where("presence.at", ">", after)
    .orderBy("account.name")
    .orderBy("presence.account")
    .execute();
}
