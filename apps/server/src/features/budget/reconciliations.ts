import type { Answer, listReconciliations } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { type Desk, type Kind, type State, standingTitle } from "@jiheng/workflow";
import { sql } from "kysely";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome } from "../../platform/outcome.ts";
import { permittedBody } from "../organisations/index.ts";
import { isVisibleTo, ledgerOf, rootOf } from "../submissions/index.ts";
import { cellsBeside } from "./use-cases.ts";

interface FormRow {
  readonly id: string;
  readonly project: string;
  readonly project_name: string;
  readonly unit_name: string;
  readonly kind: Kind;
  readonly state: State;
  readonly desk: Desk | null;
  readonly form: Form;
}

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;
type Item = ReplyOf<(typeof listReconciliations)["answer"]>["body"]["items"][number];

/** Forms looked at for one page at most: where few differ, the rest is asked for by the next page. */
const LOOKED_AT = 300;
const AT_ONCE = 50;

/** The funds of the forms of a year beside the ledger; what agrees is left out where only what differs was asked for. */
export async function reconciliations({
  platform: { db, now },
  caller,
  query,
}: Call<typeof listReconciliations>): AnswerTo<typeof listReconciliations> {
  const permitted = await permittedBody({ db, caller }, "view-statistics", query.organisation, now());
  if (permitted.kind === "refused") return permitted;
  const { kind: bodyKind, id: body } = permitted.value;
  const given = query.after === undefined ? null : fromCursor(query.after, { id: "id" });
  if (query.after !== undefined && given === null) return BAD_CURSOR;
  const { region } = caller;
  const visible = isVisibleTo(caller.actor, await rootOf(db, region), now());
  const items: Item[] = [];
  let after = given?.id ?? null;
  for (let looked = 0; looked < LOOKED_AT && items.length < query.limit; looked += AT_ONCE) {
    const { rows } = await sql<FormRow>`
      select submission.id, submission.project, submission.project_name, o.name as unit_name, submission.kind,
        submission.state, submission.desk, submission.form
      from submission join organisation o on o.region = submission.region and o.id = submission.unit
      where submission.region = ${region} and submission.year = ${query.year} and submission.form is not null
        and submission.kind in ('self-evaluation', 'monitoring') and not submission.is_rollup and ${visible}
        ${bodyKind === "region" ? sql`` : sql`and submission.${sql.ref(bodyKind)} = ${body}`}
        ${after === null ? sql`` : sql`and submission.id > ${after}::uuid`}
      order by submission.id limit ${AT_ONCE}`.execute(db);
    for (const row of rows) {
      if (items.length >= query.limit) break;
      after = row.id;
      const ledger = await ledgerOf(db, region, query.year, row.project);
      const cells = cellsBeside(row.kind, row.form, ledger);
      const known = ledger.length > 0;
      if (
        query.only === "unknown" ? known : query.only === "differing" && cells.every(({ agrees }) => agrees)
      )
        continue;
      items.push({
        ...{
          submission: row.id,
          project: row.project,
          projectName: row.project_name,
          unitName: row.unit_name,
        },
        ...{ kind: row.kind, standing: standingTitle(row.state, row.desk) },
        ...{ moneyUnit: row.form.moneyUnit, known, cells },
      });
    }
    if (rows.length < AT_ONCE && after === (rows.at(-1)?.id ?? after))
      return done({ body: { items, next: null } });
  }
  return done({ body: { items, next: after === null ? null : toCursor({ id: after }) } });
}
