import type { Role } from "@jiheng/workflow";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** A body of the tree as it is kept. */
export interface OrganisationRow {
  readonly id: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly code: string | null;
  readonly name: string;
  readonly closed_at: Date | null;
}

const ORGANISATION = ["id", "kind", "parent", "code", "name", "closed_at"] as const;

/** One body; with `lock` nobody else changes it until the transaction ends. */
export function organisationById(db: Db, region: string, id: string, lock = false) {
  const query = db
    .selectFrom("organisation")
    .select(ORGANISATION)
    .where("region", "=", region)
    .where("id", "=", id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** What of the tree a list shows. */
export interface OrganisationFilter {
  /** Bodies the caller has roles in: they, those above and all beneath them are seen. */
  readonly within: readonly string[];
  readonly parent?: string | undefined;
  readonly kind?: string | undefined;
  readonly closed?: boolean | undefined;
  readonly words?: { readonly words: string[]; readonly initials: string[] | null; readonly code: string };
  readonly only?: string;
  readonly after?: { readonly code: string; readonly id: string };
  readonly limit: number;
}

/** Bodies by code and then identity. */
export async function organisations(
  db: Db,
  region: string,
  filter: OrganisationFilter,
): Promise<OrganisationRow[]> {
  if (filter.within.length === 0) return [];
  const all = sql.join(
    [
      sql`true`,
      ...(filter.parent === undefined ? [] : [sql`parent = ${filter.parent}`]),
      ...(filter.only === undefined ? [] : [sql`id = ${filter.only}`]),
      ...(filter.kind === undefined ? [] : [sql`kind = ${filter.kind}`]),
      ...(filter.closed === undefined ? [] : [sql`(closed_at is not null) = ${filter.closed}`]),
      ...(filter.words === undefined ? [] : [found(filter.words)]),
      ...(filter.after === undefined
        ? []
        : [sql`(coalesce(code, ''), id) > (${filter.after.code}, ${filter.after.id}::uuid)`]),
    ],
    sql` and `,
  );
  const { rows } = await sql<OrganisationRow>`
    with recursive mine as (
      select id, parent from organisation where region = ${region} and id = any(${[...filter.within]}::uuid[])
    ), down as (
      select id from mine
      union select o.id from organisation o join down on o.region = ${region} and o.parent = down.id
    ), up as (
      select parent as id from mine where parent is not null
      union select o.parent from organisation o join up on o.region = ${region} and o.id = up.id where o.parent is not null
    )
    select id, kind, parent, code, name, closed_at from organisation
    where region = ${region} and id in (select id from down union select id from up) and ${all}
    order by coalesce(code, ''), id limit ${filter.limit}`.execute(db);
  return rows;
}

function found({ words, initials, code }: NonNullable<OrganisationFilter["words"]>) {
  const byInitials = initials === null ? sql`false` : sql`search @> ${initials}::text[]`;
  return sql`(search @> ${words}::text[] or ${byInitials} or starts_with(coalesce(code, ''), ${code}))`;
}

/** Whether a body of the region has this code. */
export async function hasCode(db: Db, region: string, code: string, not: string | null): Promise<boolean> {
  let query = db
    .selectFrom("organisation")
    .select("id")
    .where("region", "=", region)
    .where("code", "=", code);
  if (not !== null) query = query.where("id", "!=", not);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Keeps a new body. */
export async function addOrganisation(
  db: Db,
  row: Omit<OrganisationRow, "closed_at"> & { readonly region: string; readonly search: string[] },
): Promise<void> {
  await db
    .insertInto("organisation")
    .values({ ...row, closed_at: null })
    .execute();
}

/** Changes a body. */
export async function updateOrganisation(
  db: Db,
  region: string,
  id: string,
  to: {
    readonly name?: string;
    readonly search?: string[];
    readonly code?: string | null;
    readonly parent?: string;
    readonly closed_at?: Date;
  },
): Promise<void> {
  await db.updateTable("organisation").set(to).where("region", "=", region).where("id", "=", id).execute();
}

/** The projects of a unit go with it; forms of past years stay where they were handed in. */
export async function moveProjects(db: Db, region: string, unit: string, department: string): Promise<void> {
  await db
    .updateTable("project")
    .set({ department })
    .where("region", "=", region)
    .where("unit", "=", unit)
    .execute();
}

/** Forms of a body that are on their way: neither approved nor published nor archived. */
export async function formsUnderWay(db: Db, region: string, id: string): Promise<number> {
  const row = await db
    .selectFrom("submission")
    .select((is) => is.fn.countAll<bigint>().as("count"))
    .where("region", "=", region)
    .where((is) => is.or([is("unit", "=", id), is("department", "=", id)]))
    .where("state", "in", ["draft", "submitted", "under-review", "returned", "withdrawn", "review-cancelled"])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Bodies right beneath that are not closed. */
export async function openBeneath(db: Db, region: string, id: string): Promise<number> {
  const row = await db
    .selectFrom("organisation")
    .select((is) => is.fn.countAll<bigint>().as("count"))
    .where("region", "=", region)
    .where("parent", "=", id)
    .where("closed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const ACCOUNT = [
  ...(["id", "login", "name", "disabled_at", "locked_until", "totp_confirmed_at"] as const),
  ...(["oidc_subject", "password_hash", "created_at"] as const),
] as const;

/** An account as those who look after accounts see it; `password_hash` only to know whether there is one. */
export type AccountRow = NonNullable<Awaited<ReturnType<typeof accountRow>>>;

/** One account; with `lock` nobody else changes it, or what it holds, until the transaction ends. */
export function accountRow(db: Db, region: string, id: string, lock = false) {
  const query = db.selectFrom("account").select(ACCOUNT).where("region", "=", region).where("id", "=", id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Which accounts a list shows. */
export interface AccountFilter {
  readonly organisation?: string | undefined;
  readonly role?: Role | undefined;
  readonly search?: string | undefined;
  readonly after?: { readonly login: string; readonly id: string };
  readonly limit: number;
}

/** Accounts by login. */
export function accountRows(db: Db, region: string, filter: AccountFilter): Promise<AccountRow[]> {
  let query = db.selectFrom("account").select(ACCOUNT).where("region", "=", region);
  if (filter.organisation !== undefined || filter.role !== undefined)
    query = query.where((is) => is.exists(holding(is.selectFrom("role_grant"), region, filter)));
  if (filter.search !== undefined) {
    const part = `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`;
    query = query.where((is) => is.or([is("login", "ilike", part), is("name", "ilike", part)]));
  }
  if (filter.after !== undefined)
    query = query.where(sql<boolean>`(login, id) > (${filter.after.login}, ${filter.after.id}::uuid)`);
  return query.orderBy("login").orderBy("id").limit(filter.limit).execute();
}

function holding(
  query: SelectQueryBuilder<Schema, "account" | "role_grant", object>,
  region: string,
  { organisation, role }: AccountFilter,
) {
  let held = query
    .select("role_grant.id")
    .where("role_grant.region", "=", region)
    .whereRef("role_grant.account", "=", "account.id")
    .where("role_grant.revoked_at", "is", null);
  if (organisation !== undefined) held = held.where("role_grant.organisation", "=", organisation);
  if (role !== undefined) held = held.where("role_grant.role", "=", role);
  return held;
}

/** Grants of accounts that hold now. */
export async function grantRows(db: Db, region: string, accounts: readonly string[], at: Date) {
  if (accounts.length === 0) return [];
  return db
    .selectFrom("role_grant")
    .innerJoin("organisation", (join) =>
      join
        .onRef("organisation.region", "=", "role_grant.region")
        .onRef("organisation.id", "=", "role_grant.organisation"),
    )
    .select(["role_grant.id", "role_grant.account", "role_grant.role", "role_grant.organisation"])
    .select(["role_grant.submissions", "role_grant.valid_until", "organisation.name as organisation_name"])
    .where("role_grant.region", "=", region)
    .where("role_grant.account", "in", [...accounts])
    .where("role_grant.revoked_at", "is", null)
    .where((is) => is.or([is("role_grant.valid_until", "is", null), is("role_grant.valid_until", ">", at)]))
    .orderBy("role_grant.given_at")
    .orderBy("role_grant.id")
    .execute();
}

/** One grant as it holds. */
export type GrantRow = Awaited<ReturnType<typeof grantRows>>[number];

/** Keeps a new grant. */
export async function addGrant(
  db: Db,
  grant: {
    readonly region: string;
    readonly id: string;
    readonly account: string;
    readonly organisation: string;
    readonly role: Role;
    readonly submissions: readonly string[] | null;
    readonly until: Date | null;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await db
    .insertInto("role_grant")
    .values({
      ...{ region: grant.region, id: grant.id, account: grant.account, organisation: grant.organisation },
      ...{ role: grant.role, submissions: grant.submissions ? [...grant.submissions] : null },
      ...{ valid_until: grant.until, given_by: grant.by, given_at: grant.at, revoked_at: null },
    })
    .execute();
}

/** What an account is recused from. */
export async function recusedFrom(db: Db, region: string, account: string): Promise<string[]> {
  const rows = await db
    .selectFrom("recusal")
    .select("recused_from")
    .where("region", "=", region)
    .where("account", "=", account)
    .execute();
  return rows.map(({ recused_from }) => recused_from);
}

/** Takes a grant away. */
export async function endGrant(db: Db, region: string, id: string, at: Date): Promise<void> {
  await db
    .updateTable("role_grant")
    .set({ revoked_at: at })
    .where("region", "=", region)
    .where("id", "=", id)
    .execute();
}

/** How many of these forms the region has. */
export async function countSubmissions(db: Db, region: string, ids: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom("submission")
    .select((is) => is.fn.countAll<bigint>().as("count"))
    .where("region", "=", region)
    .where("id", "in", [...ids])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Lets nobody else take an administrator away until the transaction ends. */
export async function lockAdministrators(db: Db, region: string): Promise<void> {
  await db.selectFrom("region").select("region").where("region", "=", region).forNoKeyUpdate().execute();
}

/** How many other accounts in use hold a role of the region itself. */
export async function othersWith(db: Db, region: string, role: Role, not: string, at: Date): Promise<number> {
  const row = await db
    .selectFrom("role_grant")
    .innerJoin("account", (join) =>
      join.onRef("account.region", "=", "role_grant.region").onRef("account.id", "=", "role_grant.account"),
    )
    .select((is) => is.fn.count<bigint>("account.id").distinct().as("count"))
    .where("role_grant.region", "=", region)
    .where("role_grant.role", "=", role)
    .where("role_grant.account", "!=", not)
    .where("role_grant.revoked_at", "is", null)
    .where((is) => is.or([is("role_grant.valid_until", "is", null), is("role_grant.valid_until", ">", at)]))
    .where("account.disabled_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Keeps a new account. */
export async function addAccount(
  db: Db,
  account: {
    readonly region: string;
    readonly id: string;
    readonly login: string;
    readonly name: string;
    readonly at: Date;
    readonly oidc: { readonly issuer: string; readonly subject: string } | null;
  },
): Promise<void> {
  await db
    .insertInto("account")
    .values({
      ...{ region: account.region, id: account.id, login: account.login, name: account.name },
      ...{ oidc_issuer: account.oidc?.issuer ?? null, oidc_subject: account.oidc?.subject ?? null },
      created_at: account.at,
    })
    .execute();
}

/** Whether a login or an identity of a provider is taken. */
export async function isTaken(
  db: Db,
  region: string,
  login: string,
  oidc: { readonly issuer: string; readonly subject: string } | null,
): Promise<boolean> {
  const row = await db
    .selectFrom("account")
    .select("id")
    .where("region", "=", region)
    .where((is) =>
      is.or([
        is(sql`lower(login)`, "=", login.toLowerCase()),
        ...(oidc
          ? [is.and([is("oidc_issuer", "=", oidc.issuer), is("oidc_subject", "=", oidc.subject)])]
          : []),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Changes what an account is called, or whether it may be used. */
export async function updateAccount(
  db: Db,
  region: string,
  id: string,
  to: {
    readonly name?: string;
    readonly disabled_at?: Date | null;
    readonly locked_until?: Date | null;
    readonly failed_logins?: number;
  },
): Promise<void> {
  await db.updateTable("account").set(to).where("region", "=", region).where("id", "=", id).execute();
}

/** What somebody does not decide about. */
export function recusalsOf(db: Db, region: string, account: string) {
  return db
    .selectFrom("recusal")
    .select(["recused_from", "reason", "at"])
    .where("region", "=", region)
    .where("account", "=", account)
    .orderBy("at")
    .execute();
}

/** Records that somebody does not decide about a body or a project; false where that stands already. */
export async function addRecusal(
  db: Db,
  recusal: {
    readonly region: string;
    readonly account: string;
    readonly recused_from: string;
    readonly reason: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const result = await db
    .insertInto("recusal")
    .values(recusal)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Whether there is such a project. */
export async function hasProject(db: Db, region: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom("project")
    .select("id")
    .where("region", "=", region)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}
