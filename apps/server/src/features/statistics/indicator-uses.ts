import type { listIndicatorUses } from "@jiheng/contract/http";
import { type Desk, type State, standingTitle } from "@jiheng/workflow";
import { sql } from "kysely";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { isVisibleTo, rootOf } from "../submissions/index.ts";

interface UseRow {
  readonly submission: string;
  readonly project_name: string;
  readonly unit_name: string;
  readonly state: State;
  readonly desk: Desk | null;
  readonly indicator: string;
  readonly target_text: string | null;
  readonly actual_text: string | null;
  readonly points: string | null;
  readonly score: string | null;
}

/** The rows of one name in the self-evaluations of a year, as far as the caller may see the forms. */
export async function usesOf(
  { db, now }: Platform,
  { region, actor }: Caller,
  { name, unit, year, after, limit }: z.output<(typeof listIndicatorUses)["query"]>,
): Promise<Outcome<ReplyOf<(typeof listIndicatorUses)["answer"]>>> {
  const place = after === undefined ? null : fromCursor(after, { submission: "id", indicator: "id" });
  if (after !== undefined && place === null) return BAD_CURSOR;
  const conditions = [
    sql`r.region = ${region} and r.name = ${name} and r.year = ${year} and r.kind = 'self-evaluation'`,
    isVisibleTo(actor, await rootOf(db, region), now()),
    ...(unit === undefined ? [] : [unit === "" ? sql`r.unit is null` : sql`r.unit = ${unit}`]),
    ...(place
      ? [sql`(r.submission, r.indicator) > (${place.submission}::uuid, ${place.indicator}::uuid)`]
      : []),
  ];
  const { rows } = await sql<UseRow>`
    select r.submission, submission.project_name, o.name as unit_name, submission.state, submission.desk, r.indicator,
      r.target_text, r.actual_text, r.points::text, r.score::text
    from indicator_row r
    join submission on submission.region = r.region and submission.year = r.year and submission.id = r.submission
    join organisation o on o.region = submission.region and o.id = submission.unit
    where ${sql.join(conditions, sql` and `)} order by r.submission, r.indicator limit ${limit + 1}`.execute(
    db,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last ? toCursor({ submission: last.submission, indicator: last.indicator }) : null;
  return done({
    body: {
      items: page.map((row) => ({
        submission: row.submission,
        projectName: row.project_name,
        unitName: row.unit_name,
        standing: standingTitle(row.state, row.desk),
        indicator: row.indicator,
        target: row.target_text,
        actual: row.actual_text,
        points: row.points,
        score: row.score,
      })),
      next,
    },
  });
}
