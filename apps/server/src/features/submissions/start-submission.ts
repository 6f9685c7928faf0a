import type { Form } from "@jiheng/domain";
import { layoutOf } from "@jiheng/exporters";
import { blankForm, carryIdentities, KIND_TITLES, type Kind, may, startFrom } from "@jiheng/workflow";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { decideOn } from "./decide-on.ts";
import { prefilled } from "./funds-differences.ts";
import { type LoadedSubmission, loadSubmission, subjectOf } from "./load-submission.ts";
import { keyOf, type Saved, saveForm, subjectOfEvent } from "./save-form.ts";
import {
  declarationInForce,
  indicatorsOf,
  insertSubmission,
  lastFormOf,
  ledgerOf,
  type ProjectHead,
  projectHead,
  type SourceForm,
  submissionsOfProject,
  updateSubmission,
} from "./store.ts";

/** A submission to be made. `basis` is given for a review alone: the self-evaluation under review. */
export interface SubmissionRequest {
  readonly year: number;
  readonly kind: Kind;
  readonly project: string;
  readonly month?: number | null;
  readonly basis?: string | null;
  readonly isRollup?: boolean;
}

/** Kinds a project may have several of in one year. */
const REPEATED: readonly Kind[] = ["adjustment", "monitoring", "review"];
const DECIDED: readonly string[] = ["approved", "published", "archived"];

/** Makes a submission that nobody was told of yet: what comes next, issuing or starting, decides whether that is allowed. */
export async function makeSubmission(
  work: Work,
  request: SubmissionRequest,
): Promise<Outcome<LoadedSubmission>> {
  const { db, at, newId } = work;
  const { region } = work.caller;
  const { year, kind, project, month = null, basis = null, isRollup = false } = request;
  if (month !== null && kind !== "monitoring")
    return refused("invalid-input", "只有绩效运行监控才说明截至几月。", [
      { at: "body.month", says: "与表的种类不符" },
    ]);
  const head = await projectHead(db, region, project);
  if (!head) return refused("not-found", "没有这个项目，或者它不在本地区。");
  if (head.placeholder_reason !== null)
    return refused("classified", "这是涉密项目的占位，只计入覆盖面，不下达、不填报任何表。");
  const before = await submissionsOfProject(db, region, { project, kind, year });
  const title = `${head.name}${year}年度的${KIND_TITLES[kind]}`;
  const clash = REPEATED.includes(kind)
    ? before.find((each) =>
        kind === "monitoring" ? each.month === month : kind === "adjustment" && !DECIDED.includes(each.state),
      )
    : before[0];
  if (clash) return refused("already-exists", `${title}已经有了，请在原表上办理。`);
  const id = newId();
  const { department, unit, name } = head;
  const sequence = (before.at(-1)?.sequence ?? 0) + 1;
  const made = await insertSubmission(db, {
    id,
    region,
    year,
    kind,
    project,
    department,
    unit,
    project_name: name,
    sequence,
    month,
    basis,
    is_rollup: isRollup,
    at,
  });
  const loaded = made ? await loadSubmission(work, id, { lock: true }) : null;
  return loaded ? done(loaded) : refused("already-exists", `${title}刚刚由他人新建，请刷新后办理。`);
}

/** Issues one submission: made and handed to its unit. */
export async function issueSubmission(
  work: Work,
  request: SubmissionRequest & {
    readonly due: string | null;
    readonly lateAllowed?: boolean;
    readonly call?: string | null;
  },
): Promise<Outcome<LoadedSubmission>> {
  const made = await makeSubmission(work, request);
  if (made.kind === "refused") return made;
  const { due, lateAllowed = false, call = null } = request;
  const moved = await decideOn(work, made.value, { type: "issue", due, call });
  if (moved.kind === "refused") return moved;
  if (lateAllowed) await updateSubmission(work.db, keyOf(made.value), { late_allowed: true });
  return done({
    ...moved.value.submission,
    late_allowed: lateAllowed,
    due_at: due === null ? null : new Date(due),
  });
}

/** What a form begins with. With a `form` it begins with that one: a roll-up's, a review sheet's. */
export interface StartRequest {
  readonly from: "blank" | "approved-targets" | "previous-year" | "members";
  readonly template?: string;
  readonly form?: Form;
  readonly source?: string | null;
}

/** Begins a submission: its first form is made and saved, blank or from what it rests on. `submission` was loaded with its lock. */
export async function startSubmission(
  work: Work,
  submission: LoadedSubmission,
  request: StartRequest,
): Promise<Outcome<Saved>> {
  const { db } = work;
  const { region, project, year, kind } = submission;
  const head = await projectHead(db, region, project);
  if (!head) return refused("not-found", "没有这个项目，或者它不在本地区。");
  const basis =
    kind === "target-declaration" || kind === "review"
      ? null
      : await declarationInForce(db, region, project, year);
  const previous = await previousOf(work, submission);
  const begun = beginning(submission, request, { head, basis, previous });
  if (begun.kind === "refused") return begun;
  const { form, source } = begun.value;
  const from = kind === "adjustment" ? "approved-targets" : request.from;
  const moved = await decideOn(work, submission, { type: "start", from, source });
  if (moved.kind === "refused") return moved;
  const rests = { basis: submission.basis ?? basis?.id ?? null, previous: previous?.id ?? null };
  await updateSubmission(db, keyOf(submission), rests);
  const saved = await saveForm(work, { ...moved.value.submission, ...rests }, form, { kind: "whole" });
  if (saved.kind === "refused" || request.form) return saved;
  // What the finance system knows is filled in, never retyped; recorded as such, a revision of its own.
  const ledger = await ledgerOf(db, region, year, project);
  if (ledger.length === 0) return saved;
  return saveForm(work, saved.value.submission, prefilled(kind, saved.value.form, ledger), {
    kind: "prefill",
  });
}

/** Last year's form of the same kind; for a declaration last year's targets in force, else what was reported on them. */
async function previousOf(
  { db }: Work,
  { region, project, year, kind }: LoadedSubmission,
): Promise<SourceForm | null> {
  if (kind !== "target-declaration") return lastFormOf(db, region, project, year - 1, kind);
  return (
    (await declarationInForce(db, region, project, year - 1)) ??
    (await lastFormOf(db, region, project, year - 1, "self-evaluation"))
  );
}

function beginning(
  submission: LoadedSubmission,
  request: StartRequest,
  {
    head,
    basis,
    previous,
  }: { readonly head: ProjectHead; readonly basis: SourceForm | null; readonly previous: SourceForm | null },
): Outcome<{ readonly form: Form; readonly source: string | null }> {
  const { kind, year, id } = submission;
  const words = headOf(head);
  const { template } = request;
  const start = { id, year, ...(template === undefined ? {} : { template }) };
  if (template !== undefined && layoutOf(template) === undefined)
    return refused("invalid-input", `没有表式“${template}”，可用的表式见表式目录。`, [
      { at: "body.template", says: "没有这种表式" },
    ]);
  if (request.form) return done({ form: { ...request.form, id }, source: request.source ?? null });
  if (request.from === "approved-targets" || kind === "adjustment") {
    if (kind === "target-declaration")
      return refused("wrong-state", "申报绩效目标时还没有批复的目标，请填空表，或从上年带入。");
    if (!basis)
      return refused(
        "wrong-state",
        `“${head.name}”${year}年度还没有批复的绩效目标，不能从中带入。请先申报并经批复。`,
      );
    return done({ form: { ...startFrom(kind, basis.form, start).form, ...words }, source: basis.id });
  }
  if (request.from === "previous-year") {
    if (!previous) return refused("wrong-state", `“${head.name}”上年没有可以带入的表，请填空表。`);
    return done({ form: { ...startFrom(kind, previous.form, start).form, ...words }, source: previous.id });
  }
  return done({ form: blankForm(kind, words, { ...start, moneyUnit: "万元" }), source: null });
}

/** What the library knows of the project, as a form's head prints it. */
function headOf(head: ProjectHead) {
  return {
    project: head.name,
    projectCode: head.code,
    department: head.department_name,
    departmentCode: null,
    unit: head.unit_name,
    unitCode: null,
    jurisdiction: head.region_jurisdiction,
  };
}

/**
 * A form read from a file becomes the next revision of a draft; what was not begun yet is begun with it. Its rows keep the identities the
 * project has; what is not certain is said by notes of the form. Whoever may import for the unit may do so.
 */
export async function importFormInto(
  work: Work,
  submission: LoadedSubmission,
  form: Form,
  source: string | null = null,
): Promise<Outcome<Saved>> {
  const { actor } = work.caller;
  const allowed = may(actor, "import-forms", subjectOf(submission), work.at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  const known = await indicatorsOf(work.db, submission.region, submission.project);
  const carried = carryIdentities(known, form, work.newId, submission.form);
  if (submission.state !== "issued") return saveForm(work, submission, carried.form, { kind: "import" });

  const { region, project, year, kind } = submission;
  const standing = { state: "draft", desk: null } as const;
  const basis =
    kind === "target-declaration" ? null : await declarationInForce(work.db, region, project, year);
  const previous = await previousOf(work, submission);
  const begun = { ...standing, basis: submission.basis ?? basis?.id ?? null, previous: previous?.id ?? null };
  await updateSubmission(work.db, keyOf(submission), begun);
  work.record(subjectOfEvent(submission), { type: "submission.started", from: "file", source, ...standing });
  return saveForm(work, { ...submission, ...begun }, carried.form, { kind: "import" });
}
