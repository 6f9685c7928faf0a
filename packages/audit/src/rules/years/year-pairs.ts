import type { BatchDossier, FormDossier } from "../../rule.ts";
import { bareBody, projectIdentity } from "../batch/kinship.ts";

/** One project of one body in two consecutive years; the numbers are those of the forms in the batch. */
export interface YearPair {
  readonly earlier: FormDossier;
  readonly later: FormDossier;
  readonly earlierForm: number;
  readonly laterForm: number;
}

const CACHE = new WeakMap<BatchDossier, readonly YearPair[]>();

/** A project's name without the year it may carry; another phase is another project. */
function projectKey(name: string | null): string {
  return projectIdentity(name)
    .replace(/(?:19|20)\d{2}年?度?/g, "")
    .replace(/\(\)$/, "");
}

/** All pairs of forms of one project in consecutive years. Where a project has several forms in a year, none of them pairs. */
export function yearPairs(batch: BatchDossier): readonly YearPair[] {
  const known = CACHE.get(batch);
  if (known) return known;
  const byProject = new Map<string, Map<number, number[]>>();
  batch.forms.forEach(({ form }, index) => {
    const project = projectKey(form.project) || form.projectCode?.trim();
    if (form.year === null || (!project && form.kind !== "department-self-evaluation")) return;
    const key = `${form.kind}|${bareBody(form.unit) || bareBody(form.department)}|${project ?? ""}`;
    let years = byProject.get(key);
    if (!years) {
      years = new Map();
      byProject.set(key, years);
    }
    const forms = years.get(form.year);
    if (forms) forms.push(index);
    else years.set(form.year, [index]);
  });
  const pairs: YearPair[] = [];
  for (const years of byProject.values())
    for (const [year, [laterForm, ...others]] of years) {
      const [earlierForm, ...more] = years.get(year - 1) ?? [];
      if (laterForm === undefined || earlierForm === undefined || others.length > 0 || more.length > 0)
        continue;
      const earlier = batch.forms[earlierForm];
      const later = batch.forms[laterForm];
      if (earlier && later) pairs.push({ earlier, later, earlierForm, laterForm });
    }
  CACHE.set(batch, pairs);
  return pairs;
}
