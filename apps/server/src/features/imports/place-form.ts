import type { Form } from "@jiheng/domain";
import type { Outcome } from "../../platform/outcome.ts";
import { done, refused } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { permittedBody } from "../organisations/index.ts";
import {
  importFormInto,
  issueSubmission,
  loadSubmission,
  makeSubmission,
  type Saved,
  startSubmission,
} from "../submissions/index.ts";
import type { Candidate, FormOutcome, ImportedKind } from "./report.ts";
import { maybeSameBody, otherBody } from "./same-body.ts";
import { type CandidateRow, candidates, formsOfProject, type ImportRow } from "./store.ts";

/** The kind a form is filled in as; null for one that no unit fills in. */
export function kindOf(form: Form, otherwise: string | null): ImportedKind | null {
  if (/-self-evaluation$/.test(form.kind)) return "self-evaluation";
  if (form.kind === "target-declaration" || form.kind === "monitoring") return form.kind;
  if (form.kind === "unknown" && otherwise !== null) return otherwise as ImportedKind;
  return null;
}

const presentCandidate = ({ project, code, name, unit_name }: CandidateRow): Candidate => ({
  project,
  code,
  name,
  unit: unit_name,
});

const unsettled = (code: string, says: string, among: readonly CandidateRow[] = []): FormOutcome => ({
  kind: "unsettled",
  code,
  says,
  candidates: among.map(presentCandidate),
});

const bare = (text: string | null): string => (text ?? "").replace(/\s/g, "");

/** What a form says of where it belongs. */
export type Belonging = Pick<Form, "project" | "projectCode" | "unit" | "department" | "year">;

type Found = { readonly kind: "found"; readonly project: CandidateRow } | FormOutcome;

/** The one project a form can only mean: by its code, else by its name, narrowed by the unit it prints. Nothing is guessed. */
async function projectFor(
  work: Work,
  job: Pick<ImportRow, "organisation">,
  form: Omit<Belonging, "year">,
): Promise<Found> {
  const { region } = work.caller;
  const code = bare(form.projectCode);
  const name = bare(form.project);
  if (code !== "") {
    const found = await candidates(work.db, region, job.organisation, { code });
    if (found.length === 1 && found[0]) {
      if (name !== "" && bare(found[0].name) !== name)
        return unsettled(
          "name-differs",
          `项目编码“${code}”是“${found[0].name}”，表上的名称却是“${form.project}”。请核对后指定项目。`,
          found,
        );
      return ofItsUnit(work, job, form, found[0]);
    }
  }
  if (name === "") return unsettled("no-name", "表上没有项目名称，请指定它属于哪个项目。");
  const found = await candidates(work.db, region, job.organisation, { name });
  const unit = form.unit ?? "";
  const exact = found.filter(({ unit_name }) => bare(unit_name) === bare(unit));
  const ofUnit = exact.length > 0 ? exact : found.filter(({ unit_name }) => maybeSameBody(unit, unit_name));
  const [only, ...others] = ofUnit.length > 0 ? ofUnit : found;
  if (!only) {
    const elsewhere = await inOtherBodies(work, job, form);
    if (elsewhere.length > 0)
      return unsettled(
        "other-body",
        `表上的单位是“${form.unit}”，不在这次导入的机构里；您也可以为它办理，“${form.project}”在它的项目库中。归入那里的，请核对后确认。`,
        elsewhere,
      );
    return unsettled(
      "no-project",
      `项目库中没有“${form.project}”。名称有出入的请指定项目，新项目请先在项目库登记。`,
    );
  }
  if (others.length > 0)
    return unsettled("several-projects", `名为“${form.project}”的项目有${1 + others.length}个，请指定。`, [
      only,
      ...others,
    ]);
  return ofItsUnit(work, job, form, only);
}

/** The project, unless the form names another body: then a person is asked, with the same project of that body where they may act for it. */
async function ofItsUnit(
  work: Work,
  job: Pick<ImportRow, "organisation">,
  form: Omit<Belonging, "year">,
  project: CandidateRow,
): Promise<Found> {
  const other = otherBody(form, project.unit_name, project.above);
  if (!other) return { kind: "found", project };
  const elsewhere = other.as === "实施单位" ? await inOtherBodies(work, job, form) : [];
  const belongs =
    other.as === "实施单位"
      ? `属于“${project.unit_name}”`
      : `由“${project.above[0] ?? project.unit_name}”主管`;
  const offers = elsewhere.length > 0 ? "您也可以为表上的单位办理，它的同名项目也列在下面。" : "";
  return unsettled(
    "unit-differs",
    `项目库中的“${project.name}”${belongs}，表上的${other.as === "实施单位" ? "单位" : "主管部门"}是“${other.name}”。${offers}请核对后指定项目。`,
    [project, ...elsewhere],
  );
}

/** The same project of the unit a form names, outside of the import's body, where the caller may import for it. */
async function inOtherBodies(
  work: Work,
  { organisation }: Pick<ImportRow, "organisation">,
  { project, projectCode, unit }: Omit<Belonging, "year">,
): Promise<CandidateRow[]> {
  if (bare(unit) === "") return [];
  const { caller, db } = work;
  const bodies = new Set(caller.actor.grants.map((grant) => grant.organisation));
  bodies.delete(organisation);
  const found = new Map<string, CandidateRow>();
  for (const body of bodies) {
    const permitted = await permittedBody(work, "import-forms", body, work.at);
    if (permitted.kind === "refused") continue;
    const by = bare(project) === "" ? { code: bare(projectCode) } : { name: bare(project) };
    for (const row of await candidates(db, caller.region, body, by))
      if (maybeSameBody(unit ?? "", row.unit_name)) found.set(row.project, row);
  }
  return [...found.values()];
}

const yearDiffers = (printed: number, year: number, found: Found): FormOutcome => ({
  kind: "unsettled",
  code: "year-differs",
  says: `表上是${printed}年度，这次导入选的是${year}年度。按表上的年度办理的，改按${printed}年度导入；表上的年度写错了的，更正为${year}。`,
  candidates:
    found.kind === "found"
      ? [presentCandidate(found.project)]
      : found.kind === "unsettled"
        ? found.candidates
        : [],
});

/** Finds where a form of a file belongs and puts it there; what is not certain waits for a person. */
export async function placeForm(
  work: Work,
  job: ImportRow,
  form: Form,
  file: string,
): Promise<Outcome<FormOutcome>> {
  const kind = kindOf(form, job.kind);
  if (kind === null) return done(NO_KIND);
  const found = await projectFor(work, job, form);
  if (form.year !== null && form.year !== job.year) return done(yearDiffers(form.year, job.year, found));
  if (found.kind !== "found") return done(found);
  const { project } = found;
  if (job.confirms) return done(await proposal(work, job, kind, project));
  return putInto(work, job, form, file, { project: project.project, kind, replace: false });
}

const NO_KIND = unsettled(
  "no-kind",
  "认不出是哪一种表，或不是由单位填报的表。请指定种类和项目，不需要的请略过。",
);

/** Where a form would go under a year, for a person to say so: its file is not read again and nothing said about it is lost. */
export async function proposeAgain(
  work: Work,
  job: Pick<ImportRow, "organisation">,
  form: Belonging,
  { kind, year }: { readonly kind: ImportedKind | null; readonly year: number },
): Promise<FormOutcome> {
  if (kind === null) return NO_KIND;
  const found = await projectFor(work, job, form);
  if (form.year !== null && form.year !== year) return yearDiffers(form.year, year, found);
  return found.kind === "found" ? proposal(work, { year }, kind, found.project) : found;
}

/** Where a form would go, for a person to say so. */
async function proposal(
  work: Work,
  { year }: Pick<ImportRow, "year">,
  kind: ImportedKind,
  project: CandidateRow,
): Promise<FormOutcome> {
  const there = await formsOfProject(work.db, work.caller.region, { project: project.project, year, kind });
  const [only] = kind === "monitoring" ? there.filter(({ state }) => OPEN.includes(state)) : there;
  const submission = only ? await loadSubmission(work, only.id) : null;
  if (submission && hasContent(submission.form)) return hasContentAlready(project.name, [project]);
  return unsettled("to-confirm", `按表上的名称和单位，归入“${project.name}”（${project.unit_name}）。`, [
    project,
  ]);
}

const hasContentAlready = (name: string, among: readonly CandidateRow[] = []): FormOutcome =>
  unsettled("has-content", `“${name}”已经填有内容。要用文件中的内容替换的，请确认。`, among);

/** Where a form goes, as it was found or as a person said. */
export interface Target {
  readonly project: string;
  readonly kind: ImportedKind;
  readonly replace: boolean;
}

/**
 * Puts a form into the submission of a project; issues it first where the caller may and nobody did. A refusal rolls back and becomes
 * the form's outcome at the caller's; content that is there already is replaced only where that was asked for.
 */
export async function putInto(
  work: Work,
  { year }: Pick<ImportRow, "year">,
  form: Form,
  file: string,
  { project, kind, replace }: Target,
): Promise<Outcome<FormOutcome>> {
  const there = await formsOfProject(work.db, work.caller.region, { project, year, kind });
  const open = kind === "monitoring" ? there.filter(({ state }) => OPEN.includes(state)) : there;
  if (open.length > 1)
    return done(unsettled("several-forms", "这个项目本年有几张在填的监控表，请在相应的表中导入。"));
  const [only] = open;
  if (!only) return begin(work, form, file, { year, project, kind });
  const submission = await loadSubmission(work, only.id, { lock: true });
  if (!submission) return refused("not-found", "没有这张表，它可能刚被撤销。");
  if (!replace && hasContent(submission.form)) return done(hasContentAlready(submission.project_name));
  return imported(await importFormInto(work, submission, form, file));
}

const OPEN: readonly string[] = ["issued", "draft", "returned", "withdrawn"];

const hasContent = (form: Form | null): boolean => form !== null && form.indicators.length > 0;

function imported(saved: Outcome<Saved>): Outcome<FormOutcome> {
  if (saved.kind === "refused") return saved;
  const { id, revision } = saved.value.submission;
  return done({ kind: "imported", submission: id, revision });
}

async function begin(
  work: Work,
  form: Form,
  file: string,
  request: { readonly year: number; readonly project: string; readonly kind: ImportedKind },
): Promise<Outcome<FormOutcome>> {
  if (request.kind === "target-declaration") {
    // A unit declares of its own accord: nobody has to ask for it first.
    const made = await makeSubmission(work, request);
    if (made.kind === "refused") return made;
    return imported(await startSubmission(work, made.value, { from: "blank", form, source: null }));
  }
  const issued = await issueSubmission(work, { ...request, due: null });
  if (issued.kind === "refused")
    return issued.code === "not-allowed" || issued.code === "out-of-scope"
      ? refused("wrong-state", "这个项目本年还没有下达这种表，请主管部门下达后再确认。")
      : issued;
  return imported(await importFormInto(work, issued.value, form, file));
}
