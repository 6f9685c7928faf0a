import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { Nature } from "./read-table.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** A project an entry may belong to. */
export interface ProjectRow {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly unit_name: string;
  readonly placeholder_reason: string | null;
}

/** The projects of a region with these codes, identities or names (spaces taken out). */
export async function projectsNamed(
  db: Db,
  region: string,
  {
    codes,
    ids,
    names,
  }: {
    readonly codes: readonly string[];
    readonly ids: readonly string[];
    readonly names: readonly string[];
  },
): Promise<ProjectRow[]> {
  const { rows } = await sql<ProjectRow>`
    select p.id, p.code, p.name, p.placeholder_reason, u.name as unit_name
    from project p join organisation u on u.region = p.region and u.id = p.unit
    where p.region = ${region} and (p.code = any(${[...codes]}::text[]) or p.id = any(${[...ids]}::uuid[])
      or regexp_replace(p.name, '\s', '', 'g') = any(${[...names]}::text[]))`.execute(db);
  return rows;
}

/** An entry to be kept. */
export interface NewEntry {
  readonly project: string;
  readonly nature: Nature;
  readonly source: string;
  readonly amount: bigint;
  readonly date: string | null;
  readonly document: string;
}

/** Keeps an entry; `there` with the amount where the document has one already. */
export async function keepEntry(
  db: Tx,
  {
    region,
    year,
    id,
    of,
  }: { readonly region: string; readonly year: number; readonly id: string; readonly of: string },
  entry: NewEntry,
): Promise<{ readonly kind: "kept" } | { readonly kind: "there"; readonly amount: bigint }> {
  const { project, nature, source, amount, date, document } = entry;
  const kept = await db
    .insertInto("budget_entry")
    .values({ region, year, id, project, nature, source, amount, occurred_on: date, document, import: of })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (kept) return { kind: "kept" };
  const there = await db
    .selectFrom("budget_entry")
    .select("amount")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("project", "=", project)
    .where("nature", "=", nature)
    .where("source", "=", source)
    .where("document", "=", document)
    .executeTakeFirstOrThrow();
  return { kind: "there", amount: there.amount };
}

/** What is booked to date of a project by nature and source. */
export async function bookedSums(
  db: Tx,
  region: string,
  year: number,
  projects: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ key: string; sum: string }>`
    select project || ' ' || nature || ' ' || source as key, sum(amount)::text as sum from budget_entry
    where region = ${region} and year = ${year} and project = any(${[...projects]}::uuid[])
    group by project, nature, source`.execute(db);
  return new Map(rows.map(({ key, sum }) => [key, BigInt(sum)]));
}

/** Imports of one region's budget one after the other: sums to date are compared with what is booked. */
export async function lockLedger(db: Tx, region: string, year: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`budget ${region}`}), ${year})`.execute(db);
}

/** Whether this very file was imported for the year. */
export async function knownFile(db: Db, region: string, year: number, sha256: string): Promise<boolean> {
  const row = await db
    .selectFrom("import_job")
    .innerJoin("import_file", (join) =>
      join
        .onRef("import_file.region", "=", "import_job.region")
        .onRef("import_file.job", "=", "import_job.id"),
    )
    .select("import_job.id")
    .where("import_job.region", "=", region)
    .where("import_job.purpose", "=", "budget")
    .where("import_job.year", "=", year)
    .where("import_file.sha256", "=", sha256)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps who imported what, with its report. */
export async function keepImport(
  db: Tx,
  job: {
    readonly region: string;
    readonly id: string;
    readonly year: number;
    readonly organisation: string;
    readonly at: Date;
    readonly by: string;
    readonly by_name: string;
    readonly failed: number;
  },
  file: { readonly name: string; readonly size: number; readonly sha256: string },
  report: unknown,
): Promise<void> {
  await db
    .insertInto("import_job")
    .values({ ...job, purpose: "budget", state: "finished", files: 1, done: 1, finished_at: job.at })
    .execute();
  const { name, size, sha256 } = file;
  await db
    .insertInto("import_file")
    .values({
      ...{ region: job.region, job: job.id, position: 0, name, size: BigInt(size), sha256, state: "done" },
      report: JSON.stringify(report),
    })
    .execute();
}

/** An entry as it is listed. */
export interface EntryRow {
  readonly id: string;
  readonly project: string;
  readonly project_name: string;
  readonly nature: Nature;
  readonly source: string;
  readonly amount: bigint;
  readonly occurred_on: string | null;
  readonly document: string;
  readonly at: Date;
  readonly by_name: string;
}

/** Entries of a body's projects in a year, by project and identity. */
export async function entryPage(
  db: Db,
  scope: { readonly region: string; readonly kind: string; readonly id: string },
  { year, project }: { readonly year: number; readonly project: string | undefined },
  after: { readonly project: string; readonly id: string } | null,
  limit: number,
): Promise<EntryRow[]> {
  const parts = [
    sql`e.region = ${scope.region} and e.year = ${year}`,
    ...(scope.kind === "region" ? [] : [sql`p.${sql.ref(scope.kind)} = ${scope.id}`]),
    ...(project === undefined ? [] : [sql`e.project = ${project}`]),
    ...(after ? [sql`(e.project, e.id) > (${after.project}::uuid, ${after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<EntryRow>`
    select e.id, e.project, p.name as project_name, e.nature, e.source, e.amount, e.occurred_on, e.document, j.at, j.by_name
    from budget_entry e join project p on p.region = e.region and p.id = e.project
    join import_job j on j.region = e.region and j.id = e.import
    where ${sql.join(parts, sql` and `)} order by e.project, e.id limit ${limit}`.execute(db);
  return rows;
}
