// A region far larger than any there is, made inside the database from a few hundred forms: for measuring overview, search and export.
import type { Form } from "@jiheng/domain";
import { FIELD_COUNT, variedForm } from "@jiheng/specimens";
import { type Kysely, sql } from "kysely";
import { rowsOf } from "../src/features/submissions/summary.ts";
import type { Schema } from "../src/platform/database/schema.ts";
import { searchTerms } from "../src/platform/search-terms.ts";

/** How large. Every project has one self-evaluation a year, every form `rows` rows. */
export interface RegionSize {
  readonly departments: number;
  readonly unitsEach: number;
  readonly projects: number;
  readonly years: readonly number[];
  readonly rows: number;
}

/** The size the system promises to bear: 450,000 forms and nine million rows. */
export const PROMISED: RegionSize = {
  departments: 100,
  unitsEach: 15,
  projects: 150_000,
  years: [2022, 2023, 2024],
  rows: 20,
};

const TEMPLATES = 180;
const REGION = "large";

/** Who can log in to such a region, by login: one of the finance bureau, of the first department and of its first unit. */
const LOGINS = {
  officer: "finance-officer",
  reviewer: "department-reviewer",
  clerk: "clerk",
} as const;

/** A form with as many rows as asked: its own, then the same work in further places. */
function templateForm(number: number, rows: number): Form {
  const form = variedForm({
    seed: number + 1,
    template: "national",
    year: 2024,
    field: number % FIELD_COUNT,
    place: "",
  });
  const [first] = form.indicators;
  if (!first) throw new Error("a specimen has rows");
  return {
    ...form,
    indicators: Array.from({ length: rows }, (_, index) => {
      const row = form.indicators[index % form.indicators.length] ?? first;
      const round = Math.floor(index / form.indicators.length);
      return {
        ...row,
        id: `r${index + 1}`,
        name: round === 0 ? row.name : `${row.name ?? ""}（第${round + 1}片）`,
      };
    }),
  };
}

/** Fills an empty database with such a region, whose people share the password of the hash. Says how far it is. */
export async function fillRegion(
  db: Kysely<Schema>,
  size: RegionSize,
  { passwordHash, say = () => {} }: { readonly passwordHash: string; readonly say?: (words: string) => void },
): Promise<void> {
  const region = REGION;
  const at = new Date("2025-03-01T00:00:00Z");
  await db.insertInto("region").values({ region, name: "大区", created_at: at }).execute();
  await db
    .insertInto("event_head")
    .values({ region, seq: 0n, sha256: "0".repeat(64), sm3: "0".repeat(64) })
    .execute();
  const forms = Array.from({ length: TEMPLATES }, (_, number) => templateForm(number, size.rows));
  await db.transaction().execute(async (tx) => {
    await sql`create temp table form_template (n int primary key, form jsonb, name text, search text[]) on commit drop`.execute(
      tx,
    );
    await sql`create temp table row_template (n int, position int, level1 text, level2 text, name text, search text[], target_text text,
      comparison text, target_value numeric, unit text, actual_text text, actual_value numeric, points numeric, score numeric,
      deviation boolean, category text, outcome text,
      compared_target numeric, compared_actual numeric, exact boolean, marked boolean, primary key (n, position)) on commit drop`.execute(
      tx,
    );
    for (const [n, form] of forms.entries()) {
      const name = form.project ?? "";
      await sql`insert into form_template values (${n}, ${JSON.stringify(form)}::jsonb, ${name}, ${searchTerms(name)}::text[])`.execute(
        tx,
      );
      const rows = rowsOf(form).map(
        (
          row,
        ) => sql`(${n}::int, ${row.position}::int, ${row.level1}, ${row.level2}, ${row.name}, ${searchTerms(row.name)}::text[],
          ${row.target_text}, ${row.comparison}, ${row.target_value}::numeric, ${row.unit}, ${row.actual_text},
          ${row.actual_value}::numeric, ${row.points}::numeric, ${row.score}::numeric, ${row.deviation}::boolean, ${row.category},
          ${row.outcome}, ${row.compared_target}::numeric, ${row.compared_actual}::numeric, ${row.exact}::boolean, ${row.marked}::boolean)`,
      );
      await sql`insert into row_template values ${sql.join(rows)}`.execute(tx);
    }
    say("templates");
    // Of the form of version 4, as the interface takes them.
    const id = (kind: string, key: string) =>
      sql.raw(`overlay(overlay(md5('${kind}' || ${key}) placing '4' from 13) placing '8' from 17)::uuid`);
    await sql`insert into organisation (region, id, kind, parent, code, name, search)
      values (${region}, ${id("region", "''")}, 'region', null, '900', '大区财政局', '{}')`.execute(tx);
    await sql`insert into organisation (region, id, kind, parent, code, name, search)
      select ${region}, ${id("d", "d")}, 'department', ${id("region", "''")}, 'D' || d, '第' || d || '局', '{}'
      from generate_series(0, ${size.departments - 1}::int) d`.execute(tx);
    await sql`insert into organisation (region, id, kind, parent, code, name, search)
      select ${region}, ${id("u", "d || '-' || u")}, 'unit', ${id("d", "d")}, 'D' || d || 'U' || u, '第' || d || '局第' || u || '中心', '{}'
      from generate_series(0, ${size.departments - 1}::int) d, generate_series(0, ${size.unitsEach - 1}::int) u`.execute(
      tx,
    );
    const homes = [id("region", "''"), id("d", "0"), id("u", "'0-0'")];
    for (const [index, [login, role]] of Object.entries(LOGINS).entries()) {
      await sql`insert into account (region, id, login, name, password_hash, password_changed_at, created_at)
        values (${region}, ${id("a", `'${login}'`)}, ${login}, ${login}, ${passwordHash}, now(), ${at})`.execute(
        tx,
      );
      await sql`insert into role_grant (region, id, account, organisation, role, given_at)
        values (${region}, ${id("g", `'${login}'`)}, ${id("a", `'${login}'`)}, ${homes[index]}, ${role}, ${at})`.execute(
        tx,
      );
    }
    await sql`insert into project (region, id, department, unit, code, name, search, created_at)
      select ${region}, ${id("p", "p")}, ${id("d", `(p % ${size.departments})`)},
        ${id("u", `(p % ${size.departments}) || '-' || (p / ${size.departments} % ${size.unitsEach})`)},
        'P' || p, t.name || '（' || p || '号）', t.search || array(select unnest(array[left(p::text, 2), right(p::text, 2)])), ${at}
      from generate_series(0, ${size.projects - 1}::int) p join form_template t on t.n = p % ${TEMPLATES}::int`.execute(
      tx,
    );
    say("projects");
    await sql`insert into indicator (region, id, project, level1, level2, name, search, created_at)
      select ${region}, ${id("i", "p || '-' || t.position")}, ${id("p", "p")}, t.level1, t.level2, t.name, t.search, ${at}
      from generate_series(0, ${size.projects - 1}::int) p join row_template t on t.n = p % ${TEMPLATES}::int`.execute(
      tx,
    );
    say("indicators");
    for (const year of size.years) {
      const y = String(year);
      await sql`insert into submission (region, year, id, kind, project, department, unit, project_name, state, revision, policy, form,
          form_sha256, initial_budget, adjusted_budget, expenditure, total_score, grade, rows, must, should, hint, unclear, risk,
          created_at, updated_at, submitted_at, approved_at, published_at)
        select ${region}, ${year}::int, ${id("s", `'${y}-' || p`)}, 'self-evaluation', ${id("p", "p")}, ${id("d", `(p % ${size.departments})`)},
          ${id("u", `(p % ${size.departments}) || '-' || (p / ${size.departments} % ${size.unitsEach})`)}, t.name || '（' || p || '号）',
          (array['approved', 'approved', 'published', 'submitted', 'draft'])[p % 5 + 1], 1, 'national-2020',
          jsonb_set(t.form, '{project}', to_jsonb(t.name || '（' || p || '号）')), md5(p::text), (p % 900 + 100) * 1000000::bigint,
          (p % 900 + 110) * 1000000::bigint, (p % 900 + 90) * 1000000::bigint, 60 + (p * 37 + ${year}::int) % 4001 / 100.0,
          (array['优', '优', '良', '中', '差'])[p % 5 + 1], ${size.rows}::int, p % 3, p % 5, p % 7, p % 2, p % 100, ${at}, ${at}, ${at}, ${at}, case when p % 5 = 2 then ${at}::timestamptz end
        from generate_series(0, ${size.projects - 1}::int) p join form_template t on t.n = p % ${TEMPLATES}::int`.execute(
        tx,
      );
      await sql`insert into finding_row (region, year, submission, position, department, fingerprint, rule, code, force, places)
        select ${region}, ${year}::int, ${id("s", `'${y}-' || p`)}, f, ${id("d", `(p % ${size.departments})`)}, md5(p || '-' || f),
          'rule-' || ((p + f) % 40), 'AR-' || ((p + f) % 40), (array['must', 'should', 'hint'])[f % 3 + 1], '{}'
        from generate_series(0, ${size.projects - 1}::int) p, generate_series(0, 2) f`.execute(tx);
      await sql`insert into indicator_row (region, year, submission, position, indicator, kind, department, level1, level2, name,
          target_text, comparison, target_value, unit, actual_text, actual_value, points, score, deviation,
          category, outcome, compared_target, compared_actual, exact, marked)
        select ${region}, ${year}::int, ${id("s", `'${y}-' || p`)}, t.position, ${id("i", "p || '-' || t.position")}, 'self-evaluation',
          ${id("d", `(p % ${size.departments})`)}, t.level1, t.level2, t.name, t.target_text, t.comparison, t.target_value, t.unit,
          t.actual_text, t.actual_value, t.points, t.score, t.deviation, t.category, t.outcome, t.compared_target,
          t.compared_actual, t.exact, t.marked
        from generate_series(0, ${size.projects - 1}::int) p join row_template t on t.n = p % ${TEMPLATES}::int`.execute(
        tx,
      );
      say(`forms of ${y}`);
    }
  });
  for (const table of ["organisation", "project", "indicator", "submission", "indicator_row", "finding_row"])
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  say("statistics");
}
