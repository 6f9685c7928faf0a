// Self-evaluations of one year, filled in by the clerks of the demonstration and ready to be submitted: what the drills act on.
import type { Form } from "@jiheng/domain";
import { FIELD_COUNT, variedForm } from "@jiheng/specimens";
import { atOnce, logInAs, type Person } from "./installed-server.ts";

/** A form that can be submitted as it is. */
export interface FilledForm {
  readonly id: string;
  readonly etag: string;
  readonly clerk: Person;
}

/** The people of a demonstration, and its bodies. */
export interface Staff {
  readonly year: number;
  readonly finance: Person;
  readonly root: string;
  readonly departments: readonly { readonly id: string; readonly reviewer: Person }[];
  readonly clerks: readonly { readonly unit: string; readonly clerk: Person }[];
}

interface Body {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
}

/** Logs in the finance officer, the reviewers and so many clerks, each of a unit of their own. `year` is the one in work. */
export async function staffOf(api: string, clerks: number, reviewers = 0): Promise<Staff> {
  const finance = await logInAs(api, "caizheng");
  const bodies: Body[] = (await finance.done("/organisations?limit=200")).body.items;
  const ofKind = (kind: string) => bodies.filter((body) => body.kind === kind);
  const units = ofKind("unit").slice(0, clerks);
  return {
    year: new Date().getUTCFullYear() - 1,
    finance,
    root: ofKind("region")[0]?.id ?? "",
    departments: await atOnce(ofKind("department").slice(0, reviewers), 2, async ({ id, code }) => ({
      id,
      reviewer: await logInAs(api, `zhuguan${code}`),
    })),
    clerks: await atOnce(units, 2, async ({ id, code }) => ({
      unit: id,
      clerk: await logInAs(api, `jingban${code}`),
    })),
  };
}

const HEAD = [
  ...["id", "project", "projectCode", "department", "departmentCode", "unit", "unitCode", "jurisdiction"],
  "year",
] as const;

/** Adds so many projects to the library, calls for their self-evaluation, fills every form in and justifies what blocks it. */
export async function filledForms(
  { year, finance, root, clerks }: Staff,
  count: number,
  say: (words: string) => void = () => {},
): Promise<FilledForm[]> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const clerkOf = (index: number) => clerks[index % clerks.length] as Staff["clerks"][number];
  const projects = await atOnce(numbers, 8, async (index) => {
    const { clerk, unit } = clerkOf(index);
    const name = `演练项目${index + 1}`;
    return (await clerk.done("/projects", { method: "POST", body: { name, unit } })).body.id as string;
  });
  say(`${count} projects`);
  const due = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await finance.done("/calls", {
    method: "POST",
    body: { year, kind: "self-evaluation", scope: root, title: "演练", due },
  });
  say("called for");
  let done = 0;
  return atOnce(projects, 8, async (project, index) => {
    const { clerk } = clerkOf(index);
    const listed = await clerk.done(`/submissions?year=${year}&kind=self-evaluation&project=${project}`);
    const id = listed.body.items[0].id as string;
    const begun = await clerk.done(`/submissions/${id}/start`, {
      method: "POST",
      body: { from: "blank", template: "national" },
    });
    const blank = begun.body.form as Form;
    const form = variedForm({ seed: index + 1, template: "national", year, field: index % FIELD_COUNT });
    const head = Object.fromEntries(HEAD.map((key) => [key, blank[key as keyof Form]]));
    const indicators = form.indicators.map((row) => ({ ...row, parent: null, id: crypto.randomUUID() }));
    const saved = await clerk.done(`/submissions/${id}/form`, {
      method: "PUT",
      body: { form: { ...form, ...head, indicators } },
      ifMatch: begun.etag ?? "",
    });
    for (const { force, fingerprint } of saved.body.review.findings)
      if (force === "must")
        await clerk.done(`/submissions/${id}/justifications`, {
          method: "POST",
          body: { fingerprint, reason: "已与主管部门核对，佐证材料附后。" },
        });
    done += 1;
    if (done % 100 === 0) say(`${done} forms`);
    return { id, etag: saved.etag ?? "", clerk };
  });
}
