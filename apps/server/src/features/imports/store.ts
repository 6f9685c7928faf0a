import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { FileReport } from "./report.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** An import as it is kept. */
export interface ImportRow {
  readonly region: string;
  readonly id: string;
  readonly year: number;
  readonly organisation: string;
  readonly kind: string | null;
  readonly confirms: boolean;
  readonly state: "waiting" | "running" | "finished" | "cancelled";
  readonly files: number;
  readonly done: number;
  readonly failed: number;
  readonly unsettled: number;
  readonly at: Date;
  readonly by: string;
  readonly by_name: string;
  readonly finished_at: Date | null;
}

/** A file of an import as it is kept. */
export interface FileRow {
  readonly position: number;
  readonly name: string;
  readonly size: bigint;
  readonly sha256: string;
  readonly state: "waiting" | "done" | "failed" | "cancelled";
  readonly report: FileReport | null;
}

const IMPORT = sql`j.region, j.id, j.year, j.organisation, j.kind, j.confirms, j.state, j.files, j.done, j.failed,
  (select coalesce(sum(f.unsettled), 0)::int from import_file f where f.region = j.region and f.job = j.id) as unsettled,
  j.at, j.by, j.by_name, j.finished_at`;

/** Keeps a new import and its files, whose bytes are kept already. */
export async function insertImport(
  db: Tx,
  job: Omit<ImportRow, "state" | "files" | "done" | "failed" | "unsettled" | "finished_at">,
  files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[],
): Promise<void> {
  await db
    .insertInto("import_job")
    .values({ ...job, purpose: "forms", state: "waiting", files: files.length, finished_at: null })
    .execute();
  for (let from = 0; from < files.length; from += 1_000)
    await db
      .insertInto("import_file")
      .values(
        files.slice(from, from + 1_000).map(({ size, ...file }, index) => ({
          ...{ region: job.region, job: job.id, position: from + index, size: BigInt(size) },
          ...{ ...file, state: "waiting", report: null },
        })),
      )
      .execute();
}

/** One import, or null. `lock`: held until the end of the transaction. */
export async function importOf(
  db: Db,
  region: string,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ImportRow | null> {
  const { rows } = await sql<ImportRow>`
    select ${IMPORT} from import_job j where j.region = ${region} and j.id = ${id} and j.purpose = 'forms'
    ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Imports for a body and those beneath it, the newest first. */
export async function importPage(
  db: Db,
  region: string,
  organisation: string,
  after: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    with recursive below (id) as (
      select id from organisation where region = ${region} and id = ${organisation}
      union all select o.id from organisation o join below on o.region = ${region} and o.parent = below.id
    )
    select ${IMPORT} from import_job j
    where j.region = ${region} and j.purpose = 'forms' and j.organisation in (select id from below)
      ${after ? sql`and (j.at, j.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by j.at desc, j.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The files of an import, in their order; `position` for one of them. */
export async function filesOf(db: Db, region: string, job: string, position?: number): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select position, name, size, sha256, state, report from import_file
    where region = ${region} and job = ${job} ${position === undefined ? sql`` : sql`and position = ${position}`}
    order by position`.execute(db);
  return rows;
}

/** The next file that waits; null where none does, or the import was stopped. */
export async function nextWaiting(db: Db, region: string, job: string): Promise<FileRow | null> {
  const { rows } = await sql<FileRow>`
    select f.position, f.name, f.size, f.sha256, f.state, f.report from import_file f
    join import_job j on j.region = f.region and j.id = f.job
    where f.region = ${region} and f.job = ${job} and f.state = 'waiting' and j.state in ('waiting', 'running')
    order by f.position limit 1`.execute(db);
  return rows[0] ?? null;
}

/** A file, locked until the end of the transaction: whoever writes its report has it alone. */
export async function lockFile(
  db: Tx,
  region: string,
  job: string,
  position: number,
): Promise<FileRow | null> {
  const { rows } = await sql<FileRow>`
    select position, name, size, sha256, state, report from import_file
    where region = ${region} and job = ${job} and position = ${position} for update`.execute(db);
  return rows[0] ?? null;
}

/** Writes what became of a file. */
export async function writeFile(
  db: Tx,
  region: string,
  job: string,
  position: number,
  { state, report }: { readonly state: FileRow["state"]; readonly report: FileReport | null },
): Promise<void> {
  const unsettled = report?.forms.filter(({ outcome }) => outcome?.kind === "unsettled").length ?? 0;
  await db
    .updateTable("import_file")
    .set({ state, report: report === null ? null : JSON.stringify(report), unsettled })
    .where("region", "=", region)
    .where("job", "=", job)
    .where("position", "=", position)
    .execute();
}

/** Counts the files anew; an import of which a file is done runs. */
export async function countFiles(db: Tx, region: string, job: string): Promise<void> {
  await sql`
    update import_job j set done = c.done, failed = c.failed, state = 'running'
    from (
      select count(*) filter (where state <> 'waiting')::int as done, count(*) filter (where state = 'failed')::int as failed
      from import_file where region = ${region} and job = ${job}
    ) c
    where j.region = ${region} and j.id = ${job} and j.state in ('waiting', 'running')`.execute(db);
}

/** Ends an import of which no file waits; false where one does, or where it has ended. */
export async function endImport(db: Tx, region: string, job: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update import_job j set state = 'finished', finished_at = ${at}
    where j.region = ${region} and j.id = ${job} and j.state in ('waiting', 'running')
      and not exists (select from import_file f where f.region = j.region and f.job = j.id and f.state = 'waiting')`.execute(
    db,
  );
  return numAffectedRows === 1n;
}

/** Takes up an import that had ended, because a file is read again. */
export async function reopenImport(db: Tx, region: string, job: string): Promise<void> {
  await sql`update import_job set state = 'running', finished_at = null where region = ${region} and id = ${job}`.execute(
    db,
  );
}

/** Stops an import: files that wait are left. */
export async function stopImport(db: Tx, region: string, job: string, at: Date): Promise<void> {
  await sql`update import_file set state = 'cancelled' where region = ${region} and job = ${job} and state = 'waiting'`.execute(
    db,
  );
  await sql`update import_job set state = 'cancelled', finished_at = ${at}, done = (
      select count(*)::int from import_file where region = ${region} and job = ${job} and state in ('done', 'failed'))
    where region = ${region} and id = ${job}`.execute(db);
}

/** Imports that are not done yet: after a restart or a restore they are taken up again. */
export async function unfinishedImports(db: Db): Promise<{ region: string; id: string }[]> {
  const { rows } = await sql<{ region: string; id: string }>`
    select region, id from import_job where purpose = 'forms' and state in ('waiting', 'running')`.execute(
    db,
  );
  return rows;
}

/** A project a form may belong to. */
export interface CandidateRow {
  readonly project: string;
  readonly code: string | null;
  readonly name: string;
  readonly unit: string;
  readonly unit_name: string;
  /** Bodies above the unit. */
  readonly above: readonly string[];
}

/** Projects of a body and those beneath it by code, or by name with all spaces taken out; placeholders are none. */
export async function candidates(
  db: Db,
  region: string,
  organisation: string,
  by: { readonly code: string } | { readonly name: string },
): Promise<CandidateRow[]> {
  const match =
    "code" in by ? sql`p.code = ${by.code}` : sql`regexp_replace(p.name, '\s', '', 'g') = ${by.name}`;
  const { rows } = await sql<CandidateRow>`
    with recursive below (id) as (
      select id from organisation where region = ${region} and id = ${organisation}
      union all select o.id from organisation o join below on o.region = ${region} and o.parent = below.id
    )
    select p.id as project, p.code, p.name, p.unit, u.name as unit_name,
      array(
        with recursive up (id, parent, name) as (
          select o.id, o.parent, o.name from organisation o where o.region = u.region and o.id = u.parent
          union all select o.id, o.parent, o.name from organisation o join up on o.region = u.region and o.id = up.parent
        )
        select name from up
      ) as above
    from project p join organisation u on u.region = p.region and u.id = p.unit
    where p.region = ${region} and p.placeholder_reason is null and (p.unit in (select id from below)) and ${match}
    order by p.name, p.id limit 20`.execute(db);
  return rows;
}

/** The forms of a project in a year and of a kind. */
export async function formsOfProject(
  db: Db,
  region: string,
  { project, year, kind }: { readonly project: string; readonly year: number; readonly kind: string },
): Promise<{ id: string; state: string }[]> {
  return db
    .selectFrom("submission")
    .select(["id", "state"])
    .where("region", "=", region)
    .where("project", "=", project)
    .where("year", "=", year)
    .where("kind", "=", kind)
    .orderBy("sequence")
    .execute();
}

/** How many imports wait and run. */
export async function countOpenImports(db: Db): Promise<{ state: string; count: number }[]> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from import_job
    where purpose = 'forms' and state in ('waiting', 'running') group by state`.execute(db);
  return rows;
}
