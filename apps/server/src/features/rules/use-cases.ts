import { RULES, RULES_VERSION, type Rule } from "@jiheng/audit";
import type { changeRule, getRuleFindings, listRules, ruleSchema, shadowRun } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { showCitation } from "@jiheng/law";
import { comparePolicies, findPolicy, selectPolicy } from "@jiheng/scoring";
import { may } from "@jiheng/workflow";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "../organisations/index.ts";
import {
  addSetting,
  allSettings,
  countFormsOf,
  countFoundBy,
  formsFoundBy,
  formsOf,
  type StoredSetting,
} from "./store.ts";

function presentRule(
  rule: Rule,
  settings: readonly StoredSetting[],
  today: string,
): z.input<typeof ruleSchema> {
  const own = settings.filter((setting) => setting.rule === rule.id);
  return {
    id: rule.id,
    code: rule.code,
    title: rule.title,
    explains: rule.explains,
    kind: rule.kind,
    level: rule.level,
    force: rule.force,
    basis: rule.basis.map(showCitation),
    inForce: own.find(({ from }) => from <= today)?.force ?? null,
    settings: own.map(({ force, from, reason, by, at }) => ({
      force,
      from,
      reason,
      by,
      at: at.toISOString(),
    })),
  };
}

/** The catalogue as it holds in a region. */
export async function rulesOf(
  { db, now }: Platform,
  { region }: Caller,
): Promise<Outcome<ReplyOf<(typeof listRules)["answer"]>>> {
  const settings = await allSettings(db, region);
  const today = chinaDay(now());
  return done({
    body: { version: RULES_VERSION, rules: RULES.map((rule) => presentRule(rule, settings, today)) },
  });
}

/** The day in China, where the rules hold: YYYY-MM-DD. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * Switches or re-grades a rule for the whole region, from a day that is not past: what was reviewed stays as it was reviewed. A rule
 * that only a person can check has no force to change.
 */
export async function changeRuleIn(
  work: Work,
  id: string,
  change: z.output<NonNullable<(typeof changeRule)["body"]>>,
): Promise<Outcome<ReplyOf<(typeof changeRule)["answer"]>>> {
  const { caller, db, at } = work;
  const rule = RULES.find((each) => each.id === id);
  if (!rule) return refused("not-found", `没有审核规则“${id}”，编号见规则目录。`);
  const root = await lineageOf(db, caller.region, null);
  const allowed = may(caller.actor, "change-rules", subjectOfBody(root), at.toISOString());
  if (allowed.kind === "refused") return refused("not-allowed", allowed.says);
  if (rule.kind === "human")
    return refused("wrong-state", `${rule.code}由人工核对，系统不判定，没有力度可调。`);
  if (change.from < chinaDay(at))
    return refused("wrong-state", `生效日期${change.from}已过：已经审核的不追溯，请选今天或以后的日期。`);
  await addSetting(db, caller.region, { rule: id, ...change, by: caller.actor.account, at });
  work.record(
    { kind: "installation", id: null, year: null },
    { type: "rule.changed", rule: id, force: change.force, reason: change.reason, from: change.from },
  );
  const settings = await allSettings(db, caller.region);
  return done({ body: presentRule(rule, settings, chinaDay(at)) });
}

/** What another pack would change in the forms of a body and year; writes nothing. */
export async function shadowRunOf(
  { db, now }: Platform,
  { region, actor }: Caller,
  policyId: string,
  query: z.output<(typeof shadowRun)["query"]>,
): Promise<Outcome<ReplyOf<(typeof shadowRun)["answer"]>>> {
  const policy = findPolicy(policyId);
  if (!policy) return refused("policy-unknown", `没有评分办法“${policyId}”，可用的见评分办法目录。`);
  const lineage = await lineageOf(db, region, query.organisation);
  const body = lineage.at(-1);
  if (!body) return refused("not-found", "没有这个机构，或者它不在本地区。");
  const allowed = may(actor, "view-statistics", subjectOfBody(lineage), now().toISOString());
  if (allowed.kind === "refused") return refused("not-allowed", allowed.says);

  const scope = { region, kind: body.kind, id: body.id };
  const after = query.after === undefined ? null : fromCursor(query.after, { id: "id" });
  if (query.after !== undefined && after === null) return BAD_CURSOR;
  const rows = await formsOf(db, scope, query.year, after?.id ?? null, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const items = page.flatMap((row) => {
    const form = row.form as Form;
    const under = (row.policy ? findPolicy(row.policy) : null) ?? selectPolicy(form).policy;
    const [compared] = comparePolicies([form], under, policy);
    if (!compared || compared.changes.length === 0) return [];
    return [
      {
        submission: row.id,
        project: row.project_name,
        under: row.policy,
        changes: compared.changes.map(({ at, name, before, after, why }) => ({
          at,
          name,
          before,
          after,
          why,
        })),
      },
    ];
  });
  return done({
    body: {
      items,
      all: await countFormsOf(db, scope, query.year),
      unchanged: page.length - items.length,
      next: rows.length > page.length ? toCursor({ id: page.at(-1)?.id ?? "" }) : null,
    },
  });
}

/** What a rule found in the self-evaluations of a body and year, by the reviews of the forms as they stand. */
export async function findingsOfRule(
  { db, now }: Platform,
  { region, actor }: Caller,
  id: string,
  query: z.output<(typeof getRuleFindings)["query"]>,
): Promise<Outcome<ReplyOf<(typeof getRuleFindings)["answer"]>>> {
  if (!RULES.some((rule) => rule.id === id))
    return refused("not-found", `没有审核规则“${id}”，编号见规则目录。`);
  const lineage = await lineageOf(db, region, query.organisation);
  const body = lineage.at(-1);
  if (!body) return refused("not-found", "没有这个机构，或者它不在本地区。");
  const allowed = may(actor, "view-statistics", subjectOfBody(lineage), now().toISOString());
  if (allowed.kind === "refused") return refused("not-allowed", allowed.says);
  const after = query.after === undefined ? null : fromCursor(query.after, { skip: "number" });
  if (query.after !== undefined && after === null) return BAD_CURSOR;
  const skip = Math.max(0, after?.skip ?? 0);
  const scope = { region, kind: body.kind, id: body.id };
  const { findings, forms } = await countFoundBy(db, scope, query.year, id);
  const rows = await formsFoundBy(db, scope, query.year, id, { skip, limit: query.limit });
  return done({
    body: {
      organisation: { id: body.id, name: body.name },
      examined: await countFormsOf(db, scope, query.year),
      forms,
      findings,
      items: rows.map(({ id: submission, project_name: project, unit_name: unit, findings: found }) => ({
        submission,
        project,
        unit,
        findings: Number(found),
      })),
      next: skip + rows.length < forms ? toCursor({ skip: skip + rows.length }) : null,
    },
  });
}
