import { RULES } from "@jiheng/audit";
import {
  type Answer,
  type downloadForm,
  type downloadOpinion,
  type downloadOpinions,
  type downloadReport,
  type exportData,
  type exportForms,
  type exportRows,
  type listProblems,
  MEDIA_TYPES,
} from "@jiheng/contract/http";
import type { Force, Form } from "@jiheng/domain";
import { layoutOf } from "@jiheng/exporters";
import { KIND_TITLES } from "@jiheng/workflow";
import { fileOfForm } from "../../platform/documents/form-file.ts";
import { notMade } from "../../platform/documents/not-made.ts";
import type { NotWritten, RuleChanges, Written } from "../../platform/documents/tasks.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { type Body, lineageOf, permittedBody } from "../organisations/index.ts";
import { chinaDay, rulesInForce, settingsOn } from "../rules/index.ts";
import { isVisibleTo, reviewContextOf, rootOf, seenSubmission } from "../submissions/index.ts";
import { archiveOf } from "./archive.ts";
import { countChosen, countClean, type ExportForm, formsAfter, problemsIn, type Selection } from "./store.ts";
import { linesOf, recordsOf } from "./streams.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;

const APPROVED: ReadonlySet<string> = new Set(["approved", "published", "archived"]);
/** Forms that are reviewed together in one thread: beyond, the report of a department is made from its parts. */
const MOST_TOGETHER = 2_000;
/** Files in one archive; its format cannot count more than 65,535. */
const MOST_FILES = 50_000;

function file(name: string, format: keyof typeof MEDIA_TYPES, made: Written | NotWritten) {
  if (made.kind === "refused") return notMade(made);
  const { bytes, says } = made;
  return done({ name: `${name}.${format}`, media: MEDIA_TYPES[format], bytes, says });
}

/** One form as a file. */
export async function formFile({
  platform,
  caller,
  params,
  query,
  signal,
}: Call<typeof downloadForm>): AnswerTo<typeof downloadForm> {
  const seen = await seenSubmission({ db: platform.db, caller }, params.submission, platform.now());
  if (seen.kind === "refused") return seen;
  const { form, project_name: project, year, kind } = seen.value;
  if (form === null) return refused("wrong-state", `“${project}”还没有开始填报，没有内容可以下载。`);
  const { format } = params;
  const made = await fileOfForm(platform.documents, form, format, {
    template: query.template ?? null,
    signal,
  });
  return file(`${project}（${year}年${KIND_TITLES[kind]}）`, format, made);
}

/** The rules as the region has them today, in a shape that crosses between threads. */
async function ruleChanges({ db, now }: Platform, { region }: Caller): Promise<RuleChanges> {
  const settings = await settingsOn(db, region, chinaDay(now()));
  const force: Record<string, Force> = {};
  for (const setting of settings) if (setting.force !== "off") force[setting.rule] = setting.force;
  return { off: rulesInForce(settings).off, force };
}

/** The review opinion of one form. */
export async function opinionFile({
  platform,
  caller,
  params,
  signal,
}: Call<typeof downloadOpinion>): AnswerTo<typeof downloadOpinion> {
  const seen = await seenSubmission({ db: platform.db, caller }, params.submission, platform.now());
  if (seen.kind === "refused") return seen;
  const { form, policy, project_name: project, year } = seen.value;
  if (form === null) return refused("wrong-state", `“${project}”还没有开始填报，没有内容可以审核。`);
  const { format } = params;
  const context = await reviewContextOf(platform.db, seen.value, form);
  const forms = [{ form, policy, name: project, context }];
  const rules = await ruleChanges(platform, caller);
  const made = await platform.documents.run({ type: "opinion", forms, rules, format }, signal);
  return file(`${project}（${year}年审核意见）`, format, made);
}

async function bodyOf({ db }: Platform, { region }: Caller, organisation: string): Promise<Outcome<Body>> {
  const body = (await lineageOf(db, region, organisation)).at(-1);
  return body ? done(body) : refused("not-found", "没有这个机构，或者它不在本地区。");
}

async function selectionOf(
  platform: Platform,
  { region, actor }: Caller,
  body: Body,
  { year, kind }: { readonly year: number; readonly kind: string },
): Promise<Selection> {
  const visible = isVisibleTo(actor, await rootOf(platform.db, region), platform.now());
  return { region, year, kind, body, visible };
}

/** Self-evaluations of a body that are held whole, because they are reviewed across one another; none or too many are refused. */
async function together(
  platform: Platform,
  caller: Caller,
  { organisation, year }: { readonly organisation: string; readonly year: number },
  years: readonly number[],
  approved = false,
): Promise<
  Outcome<{ readonly body: Body; readonly forms: readonly ExportForm[]; readonly says: readonly string[] }>
> {
  const { db, now } = platform;
  const permitted = await permittedBody({ db, caller }, "view-statistics", organisation, now());
  if (permitted.kind === "refused") return permitted;
  const body = permitted.value;
  const forms: ExportForm[] = [];
  const says: string[] = [];
  for (const of of years) {
    const all = await selectionOf(platform, caller, body, { year: of, kind: "self-evaluation" });
    // A roll-up stands beside the forms it is made of: read together they would be counted twice and held against each other.
    const selection = { ...all, rollUps: false, approved };
    const count = await countChosen(platform.db, selection);
    if (forms.length + count > MOST_TOGETHER)
      return refused(
        "too-large",
        `“${body.name}”${of}年有${count}张自评表，一份文件最多写${MOST_TOGETHER}张。请按部门或单位分别生成。`,
      );
    forms.push(...(await formsAfter(platform.db, selection, null, MOST_TOGETHER)));
    const left = (await countChosen(platform.db, { ...all, approved })) - count;
    if (left > 0) says.push(`${of}年有${left}张汇总表没有计入：它们的项目已经分别计入。`);
    if (of === year && forms.length === 0)
      return refused("not-found", `“${body.name}”${year}年还没有${approved ? "审核通过" : "填报"}的自评表。`);
  }
  return done({ body, forms, says });
}

/** The review opinion of a body's year. */
export async function opinionsFile({
  platform,
  caller,
  params,
  query,
  signal,
}: Call<typeof downloadOpinions>): AnswerTo<typeof downloadOpinions> {
  const found = await together(platform, caller, query, [query.year]);
  if (found.kind === "refused") return found;
  const { format } = params;
  const forms = found.value.forms.map(({ form, policy, project_name: name }) => ({
    form: JSON.parse(form) as Form,
    policy,
    name,
  }));
  const rules = await ruleChanges(platform, caller);
  const made = await platform.documents.run({ type: "opinion", forms, rules, format }, signal);
  return file(`${found.value.body.name}（${query.year}年审核意见）`, format, made);
}

/** The report of a body on its year, compared with the year before. */
export async function reportFile({
  platform,
  caller,
  params,
  query,
  signal,
}: Call<typeof downloadReport>): AnswerTo<typeof downloadReport> {
  const { only, year } = query;
  const found = await together(platform, caller, query, [year, year - 1], only === "approved");
  if (found.kind === "refused") return found;
  const { format } = params;
  const forms = found.value.forms.map(({ form, policy }) => ({ form: JSON.parse(form) as Form, policy }));
  const { name } = found.value.body;
  const rules = await ruleChanges(platform, caller);
  const unapproved = found.value.forms.filter(
    (each) => each.year === year && !APPROVED.has(each.state),
  ).length;
  const task = { type: "report", forms, rules, format, name, unapproved } as const;
  const made = await platform.documents.run(task, signal);
  return file(
    `${name}（${year}年绩效自评情况报告${unapproved > 0 ? "，草稿" : ""}）`,
    format,
    made.kind === "refused" ? made : { ...made, says: [...found.value.says, ...made.says] },
  );
}

const MOST_EXAMPLES = 5;
const TITLES = new Map(RULES.map(({ id, title }) => [id, title]));

/** The problems of a body's year by kind: of the same forms as its report. */
export async function problemsOf({
  platform,
  caller,
  query,
}: Call<typeof listProblems>): AnswerTo<typeof listProblems> {
  const { db, now } = platform;
  const { organisation, year, only } = query;
  const permitted = await permittedBody({ db, caller }, "view-statistics", organisation, now());
  if (permitted.kind === "refused") return permitted;
  const all = await selectionOf(platform, caller, permitted.value, { year, kind: "self-evaluation" });
  const selection = { ...all, rollUps: false, approved: only === "approved" };
  const [forms, clean, problems] = await Promise.all([
    countChosen(db, selection),
    countClean(db, selection),
    problemsIn(db, selection, MOST_EXAMPLES),
  ]);
  return done({
    body: {
      ...{ forms, clean },
      problems: problems.map((problem) => ({
        ...problem,
        title: TITLES.get(problem.rule) ?? problem.rule,
        examples: [...problem.examples],
      })),
    },
  });
}

/** The forms of a body in an archive. */
export async function formsArchive({
  platform,
  caller,
  query,
  signal,
}: Call<typeof exportForms>): AnswerTo<typeof exportForms> {
  const found = await bodyOf(platform, caller, query.organisation);
  if (found.kind === "refused") return found;
  const { format, template = null } = query;
  if (template !== null && !layoutOf(template))
    return refused("invalid-input", `没有“${template}”这种表样可以写出，可用的见表样目录。`, [
      { at: "query.template", says: "没有这种表样" },
    ]);
  const selection = await selectionOf(platform, caller, found.value, query);
  const count = await countChosen(platform.db, selection);
  if (count > MOST_FILES)
    return refused("too-large", `有${count}张表，一个压缩包最多${MOST_FILES}个文件，请按部门分别导出。`);
  return done({
    name: `${nameOf(found.value, query)}.zip`,
    media: MEDIA_TYPES.zip,
    bytes: archiveOf(platform, selection, { format, template }, signal),
  });
}

function nameOf(
  { name }: Body,
  { year, kind }: { readonly year: number; readonly kind: keyof typeof KIND_TITLES },
): string {
  return `${name}（${year}年${KIND_TITLES[kind]}）`;
}

/** The forms of a body as lines of JSON. */
export async function formLines({
  platform,
  caller,
  query,
  signal,
}: Call<typeof exportData>): AnswerTo<typeof exportData> {
  const found = await bodyOf(platform, caller, query.organisation);
  if (found.kind === "refused") return found;
  const selection = await selectionOf(platform, caller, found.value, query);
  return done({
    name: `${nameOf(found.value, query)}.jsonl`,
    media: MEDIA_TYPES.jsonl,
    bytes: linesOf(platform, selection, signal),
  });
}

/** The rows of a body's forms as records. */
export async function rowRecords({
  platform,
  caller,
  query,
  signal,
}: Call<typeof exportRows>): AnswerTo<typeof exportRows> {
  const found = await bodyOf(platform, caller, query.organisation);
  if (found.kind === "refused") return found;
  const selection = await selectionOf(platform, caller, found.value, query);
  return done({
    name: `${nameOf(found.value, query)}-指标行.csv`,
    media: MEDIA_TYPES.csv,
    bytes: recordsOf(platform, selection, signal),
  });
}
