import type { getOverview, searchIndicators } from "@jiheng/contract/http";
import { type Action, may } from "@jiheng/workflow";
import type { z } from "zod";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import { queryTerms } from "../../platform/search-terms.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { permittedBody, subjectOfBody } from "../organisations/index.ts";
import { CATEGORIES, categoryTitle, OTHER } from "./categories.ts";
import { presentCounts, presentUsage } from "./present.ts";
import {
  brokenRules,
  childrenOf,
  countForms,
  countProjects,
  countRectifications,
  lastYear,
  mostUsedNames,
  namesOfIndicators,
  rowsByCategory,
  scoreBands,
  usageOf,
} from "./store.ts";

const ACTION: Action = "view-statistics";

/** Coverage, states, money, grades, scores and broken rules of a body in a year; a handful of queries whatever its size. */
export async function overviewOf(
  { db, now }: Platform,
  caller: Caller,
  year: number,
  organisation: string,
): Promise<Outcome<ReplyOf<(typeof getOverview)["answer"]>>> {
  const permitted = await permittedBody({ db, caller }, ACTION, organisation, now());
  if (permitted.kind === "refused") return permitted;
  const { region } = caller;
  const body = permitted.value;

  const scope = { region, kind: body.kind, id: body.id };
  const [children, counts, projects, bands, rules, rectifications] = await Promise.all([
    childrenOf(db, region, body.id),
    countForms(db, scope, year),
    countProjects(db, scope),
    scoreBands(db, scope, year),
    brokenRules(db, scope, year),
    countRectifications(db, scope, year),
  ]);
  const bodies = body.kind === "unit" ? [body] : children;
  const countsOf = Map.groupBy(counts, (row) => row.body);
  const projectsOf = Map.groupBy(projects, (row) => row.body);
  return done({
    body: {
      year,
      organisation: { id: body.id, name: body.name, kind: body.kind },
      totals: presentCounts(counts, projects),
      bodies: bodies.map(({ id, name }) => ({
        organisation: id,
        name,
        ...presentCounts(countsOf.get(id) ?? [], projectsOf.get(id) ?? []),
      })),
      scores: bands.flatMap(({ band, forms }) =>
        band === null ? [] : [{ from: band, forms: Number(forms) }],
      ),
      formsWithoutScore: Number(bands.find(({ band }) => band === null)?.forms ?? 0n),
      rules: rules.map(({ forms, findings, ...rule }) => ({
        ...rule,
        forms: Number(forms),
        findings: Number(findings),
      })),
      rectifications: rectifications.map(({ state, count }) => ({ state, count: Number(count) })),
    },
  });
}

/**
 * The library of indicators: names that fit a query, and how rows of that name are used across the region. It shows distributions,
 * never whose row it is, so whoever may see statistics of any body may ask.
 */
export async function libraryOf(
  { db, now }: Platform,
  { region, actor }: Caller,
  query: z.output<(typeof searchIndicators)["query"]>,
): Promise<Outcome<ReplyOf<(typeof searchIndicators)["answer"]>>> {
  const at = now().toISOString();
  const allowed = actor.grants.some(
    ({ organisation }) => may(actor, ACTION, subjectOfBody([{ id: organisation }]), at).kind === "allowed",
  );
  if (!allowed) return refused("not-allowed", "查看指标库需要业务角色，请联系安全管理员授予。");
  const year = query.year ?? (await lastYear(db, region));
  if (year === null) return done({ body: { year, categories: [], indicators: [] } });
  const counted = new Map(
    (await rowsByCategory(db, { region, year })).map(({ category, rows }) => [category, rows]),
  );
  const categories = CATEGORIES.flatMap((category) => {
    const rows = counted.get(category);
    return rows === undefined
      ? []
      : [{ category: category ?? OTHER, title: categoryTitle(category), rows: Number(rows) }];
  });
  const shelf = { region, year, category: query.category === OTHER ? null : query.category };
  const terms = query.q === undefined ? undefined : queryTerms(query.q);
  const names =
    terms === undefined
      ? await mostUsedNames(db, shelf, query.limit)
      : terms === null
        ? []
        : await namesOfIndicators(db, shelf, terms, query.limit);
  const used = names.length > 0 ? await usageOf(db, region, year, names) : [];
  return done({ body: { year, categories, indicators: used.map(presentUsage) } });
}
