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

/** Who may write each of these review sheets as a third party at an instant, and until when; sheets without any are not in it. */
export async function thirdPartiesOf(
  db: Kysely<Schema>,
  region: string,
  sheets: readonly string[],
  at: Date,
): Promise<
  ReadonlyMap<string, readonly { readonly account: string; readonly name: string; readonly until: Date }[]>
> {
  const { rows } = await sql<{ sheet: string; account: string; name: string; until: Date }>`
    select x.sheet, a.id as account, a.name, max(g.valid_until) as until
    from role_grant g cross join unnest(g.submissions) as x (sheet) join account a on a.region = g.region and a.id = g.account
    where g.region = ${region} and g.role = 'third-party' and g.revoked_at is null and g.valid_until > ${at}
      and a.disabled_at is null and g.submissions && ${[...sheets]}::uuid[] and x.sheet = any(${[...sheets]}::uuid[])
    group by x.sheet, a.id, a.name order by a.name, a.id`.execute(db);
  return Map.groupBy(rows, ({ sheet }) => sheet);
}
