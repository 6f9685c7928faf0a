import {
  approveSubmission,
  createProject,
  editForm,
  getForm,
  issueSubmission,
  openSubmission,
  receiveSubmission,
  replaceForm,
  startSubmission,
  submitSubmission,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { declarationForm, variedForm } from "@jiheng/specimens";
import type { TestClient, TestServer } from "./client.ts";

/** The six people who carry a form through its life. */
export interface SixPeople {
  readonly clerk: TestClient;
  readonly secondClerk: TestClient;
  readonly head: TestClient;
  readonly department: TestClient;
  readonly finance: TestClient;
  readonly publication: TestClient;
}

/** Logs the six people in. */
export async function sixPeople(server: TestServer): Promise<SixPeople> {
  const unit = server.home.departments[0].units[0]?.id ?? "";
  const second = await server.addAccount("second-clerk", [{ role: "clerk", organisation: unit }]);
  return {
    clerk: await server.as("clerk"),
    secondClerk: await server.asAccount(second),
    head: await server.as("unit-head"),
    department: await server.as("department-reviewer"),
    finance: await server.as("finance-officer"),
    publication: await server.as("publication-officer"),
  };
}

/** A project of the first unit. */
export async function newProject(
  clerk: TestClient,
  server: TestServer,
  name = "农村供水管网维护",
): Promise<string> {
  const unit = server.home.departments[0].units[0]?.id ?? "";
  const { body } = await clerk.done(createProject, { body: { name, unit } });
  return body.id;
}

/** A self-evaluation without a defect, and the declaration it belongs to. */
export function matter(seed: number, year: number): { evaluation: Form; declaration: Form } {
  const evaluation = variedForm({ seed, template: "national", year, bare: true });
  return { evaluation, declaration: declarationForm({ seed, year, of: evaluation }) };
}

/** The form under the head the server printed, as an author would send it. */
export function underHead(form: Form, head: Form): Form {
  const { id, project, projectCode, department, departmentCode, unit, unitCode, jurisdiction, year } = head;
  return {
    ...form,
    id,
    project,
    projectCode,
    department,
    departmentCode,
    unit,
    unitCode,
    jurisdiction,
    year,
  };
}

/** Lets the desks of these people receive and approve, one after the other. */
export async function passDesks(submission: string, people: readonly TestClient[]): Promise<void> {
  for (const person of people) {
    await person.done(receiveSubmission, { params: { submission }, body: {} });
    await person.done(approveSubmission, { params: { submission }, body: { opinion: null } });
  }
}

/** A declaration of the project, approved by all desks. */
export async function approvedDeclaration(
  people: SixPeople,
  project: string,
  year: number,
  declaration: Form,
): Promise<string> {
  const opened = await people.clerk.done(openSubmission, {
    body: { year, kind: "target-declaration", project, from: "blank" },
  });
  const submission = opened.body.submission.id;
  const saved = await people.clerk.done(replaceForm, {
    params: { submission },
    ifMatch: opened.revision,
    body: { form: underHead(declaration, opened.body.form as Form) as never },
  });
  await people.clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: saved.revision });
  await passDesks(submission, [people.head, people.department, people.finance]);
  return submission;
}

/** Fills an issued self-evaluation that begins with the approved targets; returns the revision. */
export async function filledEvaluation(
  clerk: TestClient,
  submission: string,
  evaluation: Form,
): Promise<number> {
  const started = await clerk.done(startSubmission, {
    params: { submission },
    body: { from: "approved-targets" },
  });
  const form = started.body.form as Form;
  const filled = underHead(
    {
      ...evaluation,
      indicators: evaluation.indicators.map((row, index) => ({
        ...row,
        id: form.indicators[index]?.id ?? row.id,
      })),
    },
    form,
  );
  const saved = await clerk.done(replaceForm, {
    params: { submission },
    ifMatch: started.revision,
    body: { form: filled as never },
  });
  return saved.revision;
}

/** The form as it stands. */
export async function formOf(client: TestClient, submission: string): Promise<Form> {
  const { body } = await client.done(getForm, { params: { submission } });
  return body.form as Form;
}

/** Sets one cell. */
export function setCell(
  client: TestClient,
  submission: string,
  ifMatch: number,
  at: string,
  to: string | null,
) {
  return client.call(editForm, { params: { submission }, ifMatch, body: { edits: [{ op: "set", at, to }] } });
}

/** An issued self-evaluation of a new project of the first unit, filled without a defect. */
export async function newEvaluation(
  server: TestServer,
  people: SixPeople,
  {
    seed,
    year,
    name,
    due = null,
  }: { readonly seed: number; readonly year: number; readonly name: string; readonly due?: string | null },
) {
  const project = await newProject(people.clerk, server, name);
  const made = matter(seed, year);
  const declared = await approvedDeclaration(people, project, year, made.declaration);
  const issued = await people.department.done(issueSubmission, {
    body: { year, kind: "self-evaluation", project, due },
  });
  const submission = issued.body.id;
  const revision = await filledEvaluation(people.clerk, submission, made.evaluation);
  return { project, submission, revision, declared, evaluation: made.evaluation };
}
