import type { Form } from "@jiheng/domain";
import type { Outcome } from "../../platform/outcome.ts";
import { done, refused } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import {
  importFormInto,
  issueSubmission,
  loadSubmission,
  makeSubmission,
  type Saved,
  startSubmission,
} from "../submissions/index.ts";
import type { Candidate, FormOutcome, ImportedKind } from "./report.ts";
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

/** The one project a form can only mean: by its code, else by its name, narrowed by the unit it prints. Nothing is guessed. */
async function projectFor(
  work: Work,
  job: Pick<ImportRow, "organisation">,
  form: Form,
): Promise<{ readonly kind: "found"; readonly project: CandidateRow } | FormOutcome> {
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
      return { kind: "found", project: found[0] };
    }
  }
  if (name === "") return unsettled("no-name", "表上没有项目名称，请指定它属于哪个项目。");
  const found = await candidates(work.db, region, job.organisation, { name });
  const unit = bare(form.unit);
  const ofUnit = found.filter(({ unit_name }) => bare(unit_name) === unit);
  const [only, ...others] = ofUnit.length > 0 ? ofUnit : found;
  if (!only)
    return unsettled(
      "no-project",
      `项目库中没有“${form.project}”。名称有出入的请指定项目，新项目请先在项目库登记。`,
    );
  if (others.length > 0)
    return unsettled("several-projects", `名为“${form.project}”的项目有${1 + others.length}个，请指定。`, [
      only,
      ...others,
    ]);
  if (ofUnit.length === 0 && unit !== "")
    return unsettled(
      "unit-differs",
      `项目库中的“${only.name}”属于“${only.unit_name}”，表上的单位是“${form.unit}”。请核对后指定项目。`,
      [only],
    );
  return { kind: "found", project: only };
}

/** Finds where a form of a file belongs and puts it there; what is not certain waits for a person. */
export async function placeForm(
  work: Work,
  job: ImportRow,
  form: Form,
  file: string,
): Promise<Outcome<FormOutcome>> {
  const kind = kindOf(form, job.kind);
  if (kind === null)
    return done(
      unsettled("no-kind", "认不出是哪一种表，或不是由单位填报的表。请指定种类和项目，不需要的请略过。"),
    );
  const found = await projectFor(work, job, form);
  if (form.year !== null && form.year !== job.year) {
    const says = `表上是${form.year}年度，这次导入的是${job.year}年度。请选定归入哪个年度的表。`;
    const project = found.kind === "found" ? unsettled("year-differs", "", [found.project]) : found;
    return done({ ...project, ...(project.kind === "unsettled" ? { code: "year-differs", says } : {}) });
  }
  if (found.kind !== "found") return done(found);
  const { project } = found;
  if (job.confirms) return done(await proposal(work, job, kind, project));
  return putInto(work, job, form, file, { project: project.project, kind, replace: false });
}

/** Where a form would go, for a person to say so. */
async function proposal(
  work: Work,
  { year }: ImportRow,
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
