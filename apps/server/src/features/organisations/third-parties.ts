import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

/** Who is a third party of a region at an instant, and for how long at most; by name. */
export async function thirdParties(
  db: Kysely<Schema>,
  region: string,
  at: Date,
): Promise<readonly { readonly account: string; readonly name: string; readonly until: Date }[]> {
  const { rows } = await sql<{ account: string; name: string; until: Date }>`
    select a.id as account, a.name, max(g.valid_until) as until
    from role_grant g join account a on a.region = g.region and a.id = g.account
    where g.region = ${region} and g.role = 'third-party' and g.revoked_at is null and g.valid_until > ${at}
      and a.disabled_at is null
    group by a.id, a.name order by a.name, a.id`.execute(db);
  return rows;
}
