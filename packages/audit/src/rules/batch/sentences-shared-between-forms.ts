import type { Form } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import {
  type BatchDossier,
  type BatchPlace,
  batchRule,
  type Found,
  notApplicable,
  outcomeOf,
  type Rule,
} from "../../rule.ts";
import { formTitle } from "./batch-index.ts";
import { areSisters, bareBody, projectIdentity } from "./kinship.ts";
import { isCopiedResult, type Passage, sharedPassages } from "./shared-passages.ts";

type Figures = { forms: string; words: string; length: string; passages: string };

/** Ours: a message shows so much of a passage. */
const SHOWN = 40;
/** Ours: a shorter run in the goals of two units is how a kind of goal is worded. */
const GOAL_WORDING = 40;
const HALF = 50;
/** More forms with one passage than these are compared with the first of them only. */
const MOST_COMPARED = 40;

/** One name is one project, told by the check of names; forms without a project are told apart by their units. */
function isOneProject(a: Form, b: Form, oneUnit: boolean): boolean {
  const name = projectIdentity(a.project);
  return name === projectIdentity(b.project) && (name !== "" || oneUnit);
}

/** Whether the passage cannot belong to both forms: the results of sisters may only not share figures, goals of two units only whole passages. */
function cannotBeBoth(batch: BatchDossier, passage: Passage, a: number, b: number): boolean {
  const [one, other] = [batch.forms[a]?.form, batch.forms[b]?.form];
  const oneUnit = bareBody(one?.unit ?? null) === bareBody(other?.unit ?? null);
  if (!one || !other || isOneProject(one, other, oneUnit)) return false;
  const { words, percent, places } = passage;
  const inResults = [a, b].every((form) =>
    places.some((place) => place.form === form && /achieved$/.test(place.at)),
  );
  if (areSisters(one, other)) return oneUnit && inResults && percent >= HALF && /\d{2}/.test(words);
  return oneUnit || inResults || percent >= HALF || words.length >= GOAL_WORDING;
}

/** The forms of a passage of which at least two cannot both have it. */
function formsOf(batch: BatchDossier, passage: Passage): Set<number> {
  const forms = [...new Set(passage.places.map(({ form }) => form))];
  const first = forms.slice(0, MOST_COMPARED);
  return new Set(
    forms.filter((form) => first.some((one) => one !== form && cannotBeBoth(batch, passage, one, form))),
  );
}

/** One unit's forms share whole sentences. */
export const sentencesSharedBetweenForms: Rule = batchRule<Figures>({
  id: "sentences-shared-between-forms",
  code: "AR-174",
  title: "不同项目的表出现相同的文字",
  explains:
    "同一部门、同一年度的两个以上项目，目标或完成情况有连续24个字以上相同（空白和标点不计）。文件名称、固定政策用语和单位名称不算；不同单位之间的雷同由抄录检查指出，目标里不足40字的通用写法不算；同一类工作在各乡镇、各单位实施或分期实施的，写法本来相近，只有同一单位两期的成果连数字一起相同的才指出；汇总表与它的来源表不比。",
  kind: "auto",
  basis: [cite("form", "同批·文字雷同")],
  force: "should",
  needs: [],
  check: (batch) => {
    if (batch.forms.length < 2) return notApplicable("只有一张表");
    // Forms that share several passages are told once; a set of forms within another set is told with it.
    const sets: { forms: ReadonlySet<number>; passages: Passage[] }[] = [];
    const byForm = new Map<number, { forms: ReadonlySet<number>; passages: Passage[] }[]>();
    const own = sharedPassages(batch)
      .filter((passage) => passage.oneDepartment && !isCopiedResult(batch, passage))
      .map((passage) => ({ passage, forms: formsOf(batch, passage) }))
      .filter(({ forms }) => forms.size > 0)
      .sort((a, b) => b.forms.size - a.forms.size);
    for (const { passage, forms } of own) {
      const [first] = forms;
      if (first === undefined) continue;
      const around = byForm.get(first)?.find((set) => [...forms].every((form) => set.forms.has(form)));
      if (around) around.passages.push(passage);
      else {
        const set = { forms, passages: [passage] };
        sets.push(set);
        for (const form of forms) {
          const list = byForm.get(form);
          if (list) list.push(set);
          else byForm.set(form, [set]);
        }
      }
    }
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { forms, passages } of sets) {
      const longest = passages.reduce((best, one) => (one.words.length > best.words.length ? one : best));
      const places = new Map<string, BatchPlace>();
      for (const one of [longest, ...passages])
        for (const place of one.places)
          if (forms.has(place.form)) places.set(`${place.form}:${place.at}`, place);
      found.push({
        at: [...places.values()],
        figures: {
          forms: listed([...forms].sort((a, b) => a - b).map((form) => formTitle(batch, form))),
          words: longest.words.length > SHOWN ? `${longest.words.slice(0, SHOWN)}…` : longest.words,
          length: String(longest.words.length),
          passages: String(passages.length),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ forms, words, length, passages }) =>
    passages === "1"
      ? `${forms}有${length}个字相同：“${words}”。同一段文字不能同时是几个项目的目标或成果。`
      : `${forms}有${passages}段文字相同，最长的${length}个字：“${words}”。同一段文字不能同时是几个项目的目标或成果。`,
  remedy: () => "核对这段文字属于哪个项目，其余表改写为各自的目标和完成情况。",
  examples: {
    fails: [
      {
        says: "两个项目的完成情况有同一段",
        given: [
          exampleForm({
            achieved:
              "全年为三个灌区的末级渠系安装量水设施，并对灌区管理人员逐站开展操作指导，设施运行正常。",
          }),
          exampleForm({
            project: "灌区信息化",
            achieved:
              "建成平台一套。对灌区管理人员逐站开展操作指导，设施运行正常，为三个灌区的末级渠系安装量水设施。全年为三个灌区的末级渠系安装量水设施，并对灌区管理人员逐站开展操作指导。",
          }),
        ],
      },
    ],
    passes: [
      {
        says: "只有文件名称和政策用语相同",
        given: [
          exampleForm({
            expected:
              "根据《云溪区农村供水工程运行管理实施细则（试行）》和《云溪区水务专项资金管理办法》，巡检六个乡镇管道。",
            achieved: "巡检全部完成。",
          }),
          exampleForm({
            project: "水表更换",
            expected:
              "根据《云溪区农村供水工程运行管理实施细则（试行）》和《云溪区水务专项资金管理办法》，更换老旧水表。",
            achieved: "水表更换完毕。",
          }),
        ],
      },
      {
        says: "列入同一个五年规划",
        given: [
          exampleForm({
            expected: "供水管道维护已列入云溪区“十四五”水安全保障发展规划（2021—2025年），维护管道120公里。",
            achieved: "巡检全部完成。",
          }),
          exampleForm({
            project: "水表更换",
            expected: "更换水表已列入云溪区“十四五”水安全保障发展规划（2021—2025年），更换水表900只。",
            achieved: "水表更换完毕。",
          }),
        ],
      },
      {
        says: "不同年度的同一项目",
        given: [exampleForm(), exampleForm({ year: 2023 })],
      },
    ],
  },
});

function listed(titles: readonly string[]): string {
  return titles.length > 4 ? `${titles.slice(0, 4).join("、")}等${titles.length}张表` : titles.join("、");
}
