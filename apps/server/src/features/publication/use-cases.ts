import {
  type downloadPublished,
  type getPublicOverview,
  type getPublished,
  type listPublished,
  type listWithheld,
  MEDIA_TYPES,
  type publishedFormSchema,
} from "@jiheng/contract/http";
import { type Form, gradeRank } from "@jiheng/domain";
import { publicForm } from "@jiheng/exporters/publish";
import { showCitation } from "@jiheng/law";
import { findPolicy, type PolicyPack, scoreForm, scoreWords, selectPolicy } from "@jiheng/scoring";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import { fileOfForm } from "../../platform/documents/form-file.ts";
import { notMade } from "../../platform/documents/not-made.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { yuanOf } from "../../platform/money.ts";
import { done, type Outcome, type Refused, refused } from "../../platform/outcome.ts";
import { queryTerms } from "../../platform/search-terms.ts";
import type { Platform } from "../../platform/work.ts";
import {
  type PublishedContent,
  type PublishedRow,
  publishedCounts,
  publishedForm,
  publishedPage,
  regionName,
  withheldPage,
} from "./store.ts";

const NO_REGION = refused("not-found", "没有这个地区。");

function present(row: PublishedRow): z.input<typeof publishedFormSchema> {
  return {
    id: row.id,
    year: row.year,
    project: row.project_name,
    projectId: row.project,
    department: row.department_name,
    unit: row.unit_name,
    grade: row.grade,
    totalScore: row.total_score,
    expenditure: row.expenditure === null ? null : yuanOf(row.expenditure),
    publishedAt: row.published_at.toISOString(),
  };
}

/** The published forms of a region, page by page. */
export async function listOf(
  { db }: Platform,
  region: string,
  query: z.output<(typeof listPublished)["query"]>,
): Promise<Outcome<ReplyOf<(typeof listPublished)["answer"]>>> {
  if ((await regionName(db, region)) === null) return NO_REGION;
  const { limit, after, q, ...filter } = query;
  const from = after === undefined ? null : fromCursor(after, { year: "number", name: "string", id: "id" });
  if (after !== undefined && from === null) return BAD_CURSOR;
  const terms = q === undefined ? null : queryTerms(q);
  // A query of nothing but signs finds nothing, rather than everything.
  if (q !== undefined && terms === null) return done({ body: { items: [], next: null } });
  const rows = await publishedPage(db, region, { ...filter, terms }, from, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last ? toCursor({ year: last.year, name: last.project_name, id: last.id }) : null;
  return done({ body: { items: page.map(present), next } });
}

async function contentOf(
  { db }: Platform,
  region: string,
  id: string,
): Promise<
  { readonly kind: "found"; readonly row: PublishedContent; readonly policy: PolicyPack } | Refused
> {
  const found = await publishedForm(db, region, id);
  if (!found) return refused("not-found", "没有这张公开的自评表，它可能尚未公开或已撤回。");
  if (found.kind === "withheld") return refused("withheld", `这张自评表不予公开：${found.reason}`);
  const form = found.row.form as Form;
  const policy = (found.row.policy ? findPolicy(found.row.policy) : null) ?? selectPolicy(form).policy;
  return { kind: "found", row: found.row, policy };
}

/** One published form with how its marks come about under the pack it was scored by. */
export async function formOf(
  platform: Platform,
  region: string,
  id: string,
): Promise<Outcome<ReplyOf<(typeof getPublished)["answer"]>>> {
  const found = await contentOf(platform, region, id);
  if (found.kind === "refused") return found;
  const { row, policy } = found;
  const shown = publicForm(row.form as Form);
  const score = scoreForm(shown.form, policy);
  const marks = [
    ...score.executionRows.map(({ fund, score: mark }) => ({ at: `funds[${fund}].score`, mark })),
    ...score.indicators.map((mark, index) => ({ at: `indicators[${index}].score`, mark })),
  ].map(({ at, mark }) => {
    const steps = mark.kind === "notApplicable" ? [] : mark.steps;
    const says = mark.kind === "notApplicable" ? mark.why : steps.map((step) => step.says).join("；");
    return {
      at,
      says: `${scoreWords(mark)}：${says}`,
      basis: [...new Set(steps.flatMap((step) => step.basis.map(showCitation)))],
    };
  });
  return done({
    body: {
      ...present(row),
      sha256: row.form_sha256,
      policy: policy.id,
      policyTitle: policy.title,
      form: shown.form as never,
      masked: [...shown.leftOut, ...shown.masked],
      marks,
    },
  });
}

type Format = z.output<(typeof downloadPublished)["params"]>["format"];

/** One published form as a file in its official layout. */
export async function fileOf(
  platform: Platform,
  region: string,
  id: string,
  format: Format,
): Promise<Outcome<ReplyOf<(typeof downloadPublished)["answer"]>>> {
  const found = await contentOf(platform, region, id);
  if (found.kind === "refused") return found;
  const { form } = publicForm(found.row.form as Form);
  const made = await fileOfForm(platform.documents, form, format);
  if (made.kind === "refused") return notMade(made);
  return done({
    name: `${found.row.project_name}（${found.row.year}年自评表）.${format}`,
    media: MEDIA_TYPES[format],
    bytes: made.bytes,
    says: made.says,
  });
}

/** What a region does not publish in a year, and why. */
export async function withheldOf(
  { db }: Platform,
  region: string,
  query: z.output<(typeof listWithheld)["query"]>,
): Promise<Outcome<ReplyOf<(typeof listWithheld)["answer"]>>> {
  if ((await regionName(db, region)) === null) return NO_REGION;
  const from = query.after === undefined ? null : fromCursor(query.after, { offset: "number" });
  if (query.after !== undefined && from === null) return BAD_CURSOR;
  const offset = Math.max(0, Math.trunc(from?.offset ?? 0));
  const rows = await withheldPage(db, region, query.year, offset, query.limit + 1);
  const items = rows.slice(0, query.limit);
  return done({
    body: { items, next: rows.length > items.length ? toCursor({ offset: offset + items.length }) : null },
  });
}

/** What a region published, by year and department. */
export async function publicOverviewOf(
  { db }: Platform,
  region: string,
): Promise<Outcome<ReplyOf<(typeof getPublicOverview)["answer"]>>> {
  const name = await regionName(db, region);
  if (name === null) return NO_REGION;
  const counts = await publishedCounts(db, region);
  const sum = (values: readonly bigint[]): number =>
    Number(values.reduce((total, value) => total + value, 0n));
  return done({
    body: {
      region,
      name,
      years: [...Map.groupBy(counts, ({ year }) => year)].map(([year, rows]) => ({
        year,
        forms: sum(rows.map(({ forms }) => forms)),
        withheld: sum(rows.map(({ withheld }) => withheld)),
        expenditure: yuanOf(rows.reduce((total, row) => total + BigInt(row.expenditure ?? "0"), 0n)),
        grades: [
          ...Map.groupBy(
            rows.filter(({ forms }) => forms > 0n),
            ({ grade }) => grade,
          ),
        ]
          .map(([grade, same]) => ({ grade, forms: sum(same.map(({ forms }) => forms)) }))
          .toSorted((a, b) => gradeRank(a.grade) - gradeRank(b.grade)),
      })),
      departments: [...Map.groupBy(counts, ({ department }) => department)].flatMap(([id, rows]) => {
        const forms = sum(rows.map((row) => row.forms));
        return forms === 0 ? [] : [{ id, name: rows[0]?.department_name ?? "", forms }];
      }),
    },
  });
}
