import type { getMonitoring, listMonitoring } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { formatDecimal } from "@jiheng/domain";
import { showCitation } from "@jiheng/law";
import { findPolicy, type PolicyPack, scoreForm, selectPolicy, totalWords } from "@jiheng/scoring";
import {
  executionAlert,
  goalLamp,
  indicatorLamp,
  type Lit,
  moneyLamp,
  projectedForm,
} from "@jiheng/workflow";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { permittedBody } from "../organisations/index.ts";
import { seenSubmission } from "../submissions/index.ts";
import { withPoints } from "./points.ts";
import { basisForm, jurisdictionOf, monitoringPage } from "./store.ts";

/** Month the national rule monitors up to, for a form that does not say its own. */
const USUAL_MONTH = 7;

type Reply = ReplyOf<(typeof getMonitoring)["answer"]>["body"];

function present(lit: Lit): Reply["money"] {
  return lit.kind === "lit"
    ? { lamp: lit.lamp, percent: lit.percent, says: lit.says, basis: showCitation(lit.basis) }
    : { lamp: null, percent: null, says: lit.why, basis: null };
}

/** Lamps, alert and forecast of one monitoring form. */
export async function monitoringOf(
  platform: Platform,
  caller: Caller,
  id: string,
): Promise<Outcome<ReplyOf<(typeof getMonitoring)["answer"]>>> {
  const { db } = platform;
  const seen = await seenSubmission({ db, caller }, id, platform.now());
  if (seen.kind === "refused") return seen;
  const submission = seen.value;
  if (submission.kind !== "monitoring") return refused("wrong-state", "这不是监控表，没有监控灯。");
  const { form } = submission;
  if (form === null) return refused("wrong-state", "监控表还没有填报，没有可以判断的内容。");
  const month = submission.month ?? USUAL_MONTH;
  const lamps = form.indicators.map((row) => indicatorLamp(row, month));
  const goal = goalLamp(lamps);
  const place = form.jurisdiction ?? (await jurisdictionOf(db, caller.region));
  const alert = executionAlert(form, month, /四川|成都|郫都/.test(place ?? "") ? "sichuan" : "");
  const approved = submission.basis === null ? null : await basisForm(db, caller.region, submission.basis);
  const policy =
    (submission.policy ? findPolicy(submission.policy) : null) ??
    selectPolicy({ ...form, jurisdiction: place }).policy;
  const forecast = forecastOf(form, approved, month, policy);
  return done({
    body: {
      submission: submission.id,
      month,
      goal: { lamp: goal.lamp, says: goal.says, unjudged: goal.unjudged },
      money: present(moneyLamp(form, month)),
      alert: {
        isRaised: alert.kind === "unjudged" ? null : alert.kind === "alert",
        says: alert.kind === "unjudged" ? alert.why : alert.says,
      },
      rows: form.indicators.map((row, index) => ({
        row: row.id,
        name: row.name,
        ...present(lamps[index] ?? { kind: "unjudged", why: "" }),
      })),
      forecast: typeof forecast === "string" ? null : forecast,
      noForecast: typeof forecast === "string" ? forecast : null,
    },
  });
}

function forecastOf(
  form: Form,
  approved: Form | null,
  month: number,
  policy: PolicyPack,
): NonNullable<Reply["forecast"]> | string {
  const { form: pointed, assumption } = withPoints(form, approved);
  const projection = projectedForm(pointed, month);
  if (projection.kind === "unprojected") return projection.why;
  const scored = (projected: Form): NonNullable<Reply["forecast"]>["low"] => {
    const { total, possibleGrades } = scoreForm(projected, policy);
    return {
      total: total.kind === "number" ? formatDecimal(total.value, 2) : null,
      between:
        total.kind === "bounds" && total.between
          ? [formatDecimal(total.between[0], 2), formatDecimal(total.between[1], 2)]
          : null,
      grades: [...possibleGrades],
      says: totalWords(total),
    };
  };
  return {
    low: scored(projection.low),
    expected: scored(projection.expected),
    high: scored(projection.high),
    policy: policy.id,
    policyTitle: policy.title,
    rows: projection.rows.map(({ row, low, expected, high, says }) => ({ row, low, expected, high, says })),
    assumptions: [...projection.assumptions, ...(assumption === null ? [] : [assumption])],
  };
}

/** The lamps of a body's monitoring forms, page by page in the order of their identity. */
export async function monitoringList(
  { db, now }: Platform,
  caller: Caller,
  query: z.output<(typeof listMonitoring)["query"]>,
): Promise<Outcome<ReplyOf<(typeof listMonitoring)["answer"]>>> {
  const permitted = await permittedBody({ db, caller }, "view-statistics", query.organisation, now());
  if (permitted.kind === "refused") return permitted;
  const after = query.after === undefined ? null : fromCursor(query.after, { id: "id" });
  if (query.after !== undefined && after === null) return BAD_CURSOR;
  const { kind, id } = permitted.value;
  const scope = { region: caller.region, kind, id };
  const rows = await monitoringPage(db, scope, { ...query, after: after?.id });
  const page = rows.slice(0, query.limit);
  return done({
    body: {
      items: page.map((row) => {
        const form = row.form as Form;
        const month = row.month ?? USUAL_MONTH;
        const goal = goalLamp(form.indicators.map((each) => indicatorLamp(each, month)));
        const money = moneyLamp(form, month);
        return {
          submission: row.id,
          project: row.project_name,
          month,
          state: row.state,
          goal: goal.lamp,
          money: money.kind === "lit" ? money.lamp : null,
          unjudged: goal.unjudged,
        };
      }),
      next: rows.length > page.length ? toCursor({ id: page.at(-1)?.id ?? "" }) : null,
    },
  });
}
