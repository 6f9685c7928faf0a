import { createHash } from "node:crypto";
import type { Form } from "@jiheng/domain";
import { variedForm } from "@jiheng/specimens";
import { rowsOf } from "../src/features/submissions/summary.ts";
import { newId } from "../src/platform/ids.ts";
import { searchTerms } from "../src/platform/search-terms.ts";
import type { TestRegion, TestServer } from "./client.ts";

/** A self-evaluation put straight into the tables, for features that only read what others saved. */
export interface PlantedForm {
  readonly project: string;
  readonly submission: string;
  readonly form: Form;
}

interface PlantOptions {
  readonly region?: TestRegion;
  readonly department?: 0 | 1;
  readonly unit?: 0 | 1;
  readonly year?: number;
  readonly state?: string;
  readonly name?: string;
  readonly project?: string;
  readonly grade?: string | null;
  readonly totalScore?: string | null;
  /** Fen. */
  readonly expenditure?: bigint | null;
  readonly withheld?: string | null;
  readonly findings?: readonly {
    readonly fingerprint: string;
    readonly rule: string;
    readonly code: string;
  }[];
  readonly seed?: number;
}

/** Plants one; what is not said is an approved form of 2024 of the first unit, without money. */
export async function plantForm(server: TestServer, options: PlantOptions = {}): Promise<PlantedForm> {
  const { db } = server.platform;
  const { region, departments } = options.region ?? server.home;
  const department = departments[options.department ?? 0];
  const unit = department.units[options.unit ?? 0];
  if (!unit) throw new Error("a test department has two units");
  const year = options.year ?? 2024;
  const name = options.name ?? "河道清淤养护";
  const at = new Date("2025-03-01T00:00:00Z");
  const project = options.project ?? newId();
  if (options.project === undefined)
    await db
      .insertInto("project")
      .values({
        region,
        id: project,
        department: department.id,
        unit: unit.id,
        name,
        search: searchTerms(name),
        created_at: at,
      })
      .execute();
  const form = { ...variedForm({ seed: options.seed ?? 3, template: "national", year }), project: name };
  const fund = form.funds.find(({ points, score }) => points !== null || score !== null);
  const submission = newId();
  const state = options.state ?? "approved";
  const findings = options.findings ?? [];
  await db
    .insertInto("submission")
    .values({
      region,
      year,
      id: submission,
      kind: "self-evaluation",
      project,
      department: department.id,
      unit: unit.id,
      project_name: name,
      state,
      revision: 1,
      policy: "national-2020",
      form: JSON.stringify(form),
      form_sha256: createHash("sha256").update(JSON.stringify(form)).digest("hex"),
      withheld_reason: options.withheld ?? null,
      initial_budget: options.expenditure ?? null,
      adjusted_budget: options.expenditure ?? null,
      expenditure: options.expenditure ?? null,
      execution_points: fund?.points ?? null,
      execution_score: fund?.score ?? null,
      total_score: options.totalScore ?? null,
      grade: options.grade ?? null,
      rows: form.indicators.length,
      must: findings.length,
      created_at: at,
      updated_at: at,
      published_at: state === "published" ? at : null,
    })
    .execute();
  for (const [position, finding] of findings.entries())
    await db
      .insertInto("finding_row")
      .values({
        region,
        year,
        submission,
        position,
        department: department.id,
        force: "must",
        places: [],
        ...finding,
      })
      .execute();
  for (const row of rowsOf(form))
    await db
      .insertInto("indicator_row")
      .values({
        ...row,
        region,
        year,
        submission,
        indicator: await identityOf(server, region, project, row.level1, row.level2, row.name, at),
        kind: "self-evaluation",
        department: department.id,
      })
      .execute();
  return { project, submission, form };
}

async function identityOf(
  { platform }: TestServer,
  region: string,
  project: string,
  level1: string | null,
  level2: string | null,
  name: string | null,
  at: Date,
): Promise<string> {
  const id = newId();
  await platform.db
    .insertInto("indicator")
    .values({ region, id, project, level1, level2, name, search: searchTerms(name), created_at: at })
    .execute();
  return id;
}
