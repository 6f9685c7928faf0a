import type { Form } from "@jiheng/domain";
import { bareName } from "../../lexicon/names.ts";
import type { BatchDossier } from "../../rule.ts";

/** What stands in brackets behind a project's name without making it another project: the state of the form, not of the work. */
const OF_THE_FORM =
  /^(?:汇总|合并|合计|本级|绩效)?(?:自评|自评表|绩效自评表?|申报表?|监控表?|汇总|修订稿?|更正稿?|定稿|终稿|送审稿|盖章版?|扫描件|公开版?)?$/;
const LAST_BRACKETS = /\(([^()]{0,20})\)$/;
const CODE_BEFORE = /^[\d\-—_]+(?![\d年])/;

/** A body's name in one spelling: no white space, no （汇总）, no code before it. */
export function bareBody(name: string | null): string {
  return bareName(name)
    .replace(/^[\d\-—_]+/, "")
    .replace(/(?:汇总|本级)$/, "");
}

/**
 * A project's name in one spelling. What the form says of itself（汇总）is left out; a phase, number, year or place stays, since it
 * makes another project of one name.
 */
export function projectIdentity(name: string | null): string {
  let bare = (name ?? "").normalize("NFKC").replace(/\s+/g, "").replace(CODE_BEFORE, "");
  for (let i = 0; i < 2; i++) {
    const last = LAST_BRACKETS.exec(bare);
    if (last && OF_THE_FORM.test(last[1] ?? "")) bare = bare.slice(0, last.index);
    bare = bare.replace(/[:;,.、。]+$/, "");
  }
  return bare.replace(/(?<=.{2})(?:汇总|本级)$/, "");
}

const PHASE =
  /第?[一二三四五六七八九十\d]{1,3}(?:期|批次?|标段|阶段|轮)(?:工程|项目)?|(?:19|20)\d{2}(?:年度?|-)?|[一二三四五六七八九十\d]{1,3}号/g;
/** A place before the work: 东岭镇…, 城关社区…, 第二小学…. */
const PLACE_BEFORE =
  /^[\u4e00-\u9fff\d]{1,8}?(?:自治区|街道|社区|片区|校区|园区|灌区|林场|农场|乡|镇|村|区|县|市|省|旗|州|幼儿园|小学|中学|学校|医院|卫生院|分局|支队|中队)(?=.{4})/;
/** Ours: a shorter kind of work is no kind. */
const SHORTEST_CORE = 4;
/** Ours: this much of the longer name is the same work, what stands before it says where. */
const SAME_WORK = 0.6;

/** The work a project's name speaks of, without where, when and in which phase it is done. */
function workOf({ project, unit, department }: Form): string {
  let name = projectIdentity(project)
    .replace(/\([^()]{0,20}\)/g, "")
    .replace(PHASE, "");
  for (const body of [bareBody(unit), bareBody(department)]) {
    let own = 0;
    while (own < name.length - SHORTEST_CORE && own < 8 && body.includes(name.slice(0, own + 1))) own += 1;
    // One character that both begin with is no place.
    if (own >= 2) name = name.slice(own);
  }
  for (let i = 0; i < 3; i++) name = name.replace(PLACE_BEFORE, "");
  return name.replace(/^[的及、]+|(?:项目|工程|经费|资金)$/g, "");
}

const WORKS = new WeakMap<Form, string>();

function cachedWork(form: Form): string {
  let work = WORKS.get(form);
  if (work === undefined) {
    work = workOf(form);
    WORKS.set(form, work);
  }
  return work;
}

/**
 * Whether two projects do the same kind of work at another place, in another phase or by another number: 河湾…食堂改造 and
 * 东岭…食堂改造, …（一期）and …（二期）. Their wording is alike by nature, their figures have to differ.
 */
export function areSisters(a: Form, b: Form): boolean {
  if (projectIdentity(a.project) === projectIdentity(b.project)) return false;
  const [one, other] = [cachedWork(a), cachedWork(b)];
  if (one.length < SHORTEST_CORE || other.length < SHORTEST_CORE) return one !== "" && one === other;
  if (one === other) return true;
  // Of two bodies a place without a mark stands before the work; of one body it may be another work.
  if (bareBody(a.unit) === bareBody(b.unit)) return false;
  let shared = 0;
  while (shared < one.length && shared < other.length && one.at(-1 - shared) === other.at(-1 - shared))
    shared += 1;
  return shared >= SHORTEST_CORE && shared >= SAME_WORK * Math.max(one.length, other.length);
}

/** Sisters, and one project that several bodies carry out. */
export function isOneKindOfWork(a: Form, b: Form): boolean {
  const name = projectIdentity(a.project);
  return (name !== "" && name === projectIdentity(b.project)) || areSisters(a, b);
}

const MADE_OF_OTHERS: ReadonlySet<Form["kind"]> = new Set([
  "department-self-evaluation",
  "regional-self-evaluation",
]);
const SUMMED = /汇总|合计/;

function isMarked({ form, context }: BatchDossier["forms"][number]): boolean {
  return (
    context.isRollup === true ||
    MADE_OF_OTHERS.has(form.kind) ||
    SUMMED.test(form.project ?? "") ||
    form.notes.some(({ code }) => code.startsWith("rollup-"))
  );
}

/** The projects that the goal tells one after the other, each before a colon: 食堂改造：…；校舍维修：…. */
function toldProjects({ goal }: Form): Set<string> {
  const names = new Set<string>();
  for (const text of [goal.expected, goal.achieved])
    for (const part of (text ?? "").split(/[\n。；;]/)) {
      const colon = part.search(/[：:]/);
      if (colon <= 0 || colon > 60) continue;
      names.add(
        projectIdentity(part.slice(0, colon).replace(/^[\s（(]*[\d一二三四五六七八九十]+[)）.、．]\s*/, "")),
      );
    }
  return names;
}

const CACHE = new WeakMap<BatchDossier, ReadonlySet<number>>();

/**
 * The forms of a batch that are made of others of it: text, figures and names of theirs are those of their sources by nature. A form that
 * only calls itself a summary counts as one where forms it may be made of are there.
 */
export function rollupsIn(batch: BatchDossier): ReadonlySet<number> {
  const known = CACHE.get(batch);
  if (known) return known;
  const plain = new Map<string, number>();
  const byName = new Map<string, number[]>();
  const marked: number[] = [];
  const bodyKeys = ({ department, unit, year }: Form): string[] =>
    [...new Set([bareBody(department), bareBody(unit)])].map((body) => `${body}|${year ?? ""}`);
  batch.forms.forEach((dossier, index) => {
    if (isMarked(dossier)) marked.push(index);
    else for (const key of bodyKeys(dossier.form)) plain.set(key, (plain.get(key) ?? 0) + 1);
    const name = `${projectIdentity(dossier.form.project)}|${dossier.form.year ?? ""}`;
    const same = byName.get(name);
    if (same) same.push(index);
    else byName.set(name, [index]);
  });
  const found = new Set<number>();
  for (const index of marked) {
    const form = batch.forms[index]?.form;
    if (!form) continue;
    const wide = form.kind === "regional-self-evaluation" || (!form.department && !form.unit);
    if (wide ? plain.size > 0 : bodyKeys(form).some((key) => plain.has(key))) found.add(index);
  }
  batch.forms.forEach(({ form }, index) => {
    if (found.has(index)) return;
    let sources = 0;
    for (const name of toldProjects(form))
      if (byName.get(`${name}|${form.year ?? ""}`)?.some((other) => other !== index)) sources += 1;
    if (sources >= 2) found.add(index);
  });
  CACHE.set(batch, found);
  return found;
}
