import type { Form } from "@jiheng/domain";
import type { Desk, Kind, State, Subject, Submission } from "@jiheng/workflow";
import type { Kysely, Selectable } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { Caller } from "../../platform/work.ts";
import { lineageOf } from "../organisations/index.ts";

type Row = Selectable<Schema["submission"]>;

/** A submission as it is kept, with where it hangs in the tree and what its project is. Money in fen. */
export interface LoadedSubmission extends Omit<Row, "form" | "kind" | "state" | "desk"> {
  readonly kind: Kind;
  readonly state: State;
  readonly desk: Desk | null;
  readonly form: Form | null;
  /** From the region down to the body that fills it in. */
  readonly organisations: readonly string[];
  readonly project_code: string | null;
  /** Why nothing of the project enters; null for an ordinary one. */
  readonly placeholder_reason: string | null;
}

/** Where something is read: in a transaction or beside one. */
export interface Reads {
  readonly db: Kysely<Schema>;
  readonly caller: Pick<Caller, "region">;
}

/** A submission of the caller's region, or null. `lock`: held until the end of the transaction, so that nobody else decides meanwhile. */
export async function loadSubmission(
  { db, caller: { region } }: Reads,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<LoadedSubmission | null> {
  const [loaded] = await loadSubmissions({ db, caller: { region } }, [id], { lock });
  return loaded ?? null;
}

/** Several at once, in the order of their identity: whoever locks several locks them in this order. Unknown ones are left out. */
export async function loadSubmissions(
  { db, caller: { region } }: Reads,
  ids: readonly string[],
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<LoadedSubmission[]> {
  let query = db
    .selectFrom("submission")
    .innerJoin("project", (join) =>
      join.onRef("project.region", "=", "submission.region").onRef("project.id", "=", "submission.project"),
    )
    .selectAll("submission")
    .select(["project.code as project_code", "project.placeholder_reason"])
    .where("submission.region", "=", region)
    .where("submission.id", "in", [...ids])
    .orderBy("submission.id");
  if (lock) query = query.forUpdate("submission");
  const rows = await query.execute();
  const trees = new Map<string, readonly string[]>();
  const loaded: LoadedSubmission[] = [];
  for (const row of rows) {
    const key = `${row.department} ${row.unit}`;
    let organisations = trees.get(key);
    if (!organisations) {
      organisations = await organisationsOf(db, region, row);
      trees.set(key, organisations);
    }
    loaded.push({ ...(row as Omit<LoadedSubmission, "organisations">), organisations });
  }
  return loaded;
}

/** The bodies above a form, from the region down to its unit; a unit that moved keeps the department it had in the form's year. */
export async function organisationsOf(
  db: Kysely<Schema>,
  region: string,
  { department, unit }: { readonly department: string; readonly unit: string },
): Promise<readonly string[]> {
  const ofUnit = (await lineageOf(db, region, unit)).map(({ id }) => id);
  if (ofUnit.includes(department)) return ofUnit;
  return [...(await lineageOf(db, region, department)).map(({ id }) => id), unit];
}

/** A submission as what a permission is asked about. */
export function subjectOf(
  submission: Pick<
    LoadedSubmission,
    "organisations" | "kind" | "state" | "desk" | "id" | "project" | "authors" | "is_rollup"
  >,
): Subject & { readonly kind: Kind; readonly state: State; readonly submission: string } {
  const { organisations, kind, state, desk, id, project, authors, is_rollup: isRollup } = submission;
  return { organisations, kind, state, desk, submission: id, project, isRollup, authors };
}

/** A submission as the life cycle decides about it. */
export function standingOf(submission: LoadedSubmission): Submission {
  return {
    subject: subjectOf(submission),
    revision: submission.revision,
    sha256: submission.form_sha256,
    due: submission.due_at?.toISOString() ?? null,
    lateAllowed: submission.late_allowed,
    returnReason: submission.return_reason,
    classified: submission.placeholder_reason !== null,
  };
}
