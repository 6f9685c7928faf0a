import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { saysNothing } from "../../lexicon/names.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; why: string };

const OPEN_END = /等(?:情况|工作|活动|项目|内容|次数|数量|数)?$/;
/** 率 as the head of a first name with a second name grown onto it. */
const RUN_TOGETHER =
  /[\p{Script=Han}]{3,}(?<![效频功利税费汇速概])率(?!先|提|增|上|下|降|减|变|改|达|完|控|保|稳|低|高|不|调|统|测|评|考|监|排|同|比|以|目|要|和|及|与|或|的|情|程|指|、|\/|,|\()([\p{Script=Han}]{2,}(?:率|度|性|人数|次数|数量))$/u;
/** Names that say what is measured but not of what; ambiguous only in a form that covers several things. */
const BARE_NAMES: ReadonlySet<string> = new Set([
  "满意度",
  "满意率",
  "人员满意度",
  "对象满意度",
  "工作效率",
  "工作质量",
  "服务质量",
  "完成率",
  "完成情况",
  "完成数量",
  "及时率",
  "及时性",
  "合格率",
  "达标率",
  "准确率",
  "覆盖率",
  "数量",
  "质量",
  "人数",
  "次数",
]);
/** Ours: from so many rows on a form speaks of several things. */
const SEVERAL = 12;

/** A name that does not say definitely what is measured. */
export const indefiniteName: Rule = formRule<Figures>({
  id: "indefinite-name",
  code: "AR-132",
  title: "指标名称不明确",
  explains:
    "名称以“等”收尾、两个名称连在一起，或在指标很多的表里只写“人员满意度”“工作效率”而没有主体。是否词义不通由人工判断。",
  kind: "assist",
  basis: [cite("reading", "名称不确定")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts);
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, title } of rows) {
      let why: string | null = null;
      if (row.target && !name.isRate && saysNothing(name.bare)) why = "没有说明数的是什么";
      else if (OPEN_END.test(name.bare)) why = "以“等”收尾，没有限定数的是什么";
      else if (BARE_NAMES.has(name.bare) && rows.length >= SEVERAL) why = "没有说明是什么人、什么事的";
      else {
        const second = name.bare.length <= 60 ? RUN_TOGETHER.exec(name.bare)?.[1] : undefined;
        if (second && second.length >= 4) why = `像是两个名称连在一起，后一个是“${second}”`;
      }
      if (why !== null)
        found.push({ at: [place.indicator(row.index, "name")], figures: { row: title, why } });
    }
    return outcomeOf(found);
  },
  message: ({ row, why }) => `「${row}」的名称不明确：${why}。`,
  remedy: ({ row }) => `把「${row}」写成一个主体明确、可以单独衡量的名称。`,
  examples: {
    fails: [
      {
        says: "以等收尾",
        given: exampleForm({ rows: withRows({ 1: ["数量指标", "防汛演练等", "≥3次", "4次", "15", "15"] }) }),
      },
      {
        says: "两个名称连写",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "管材抽检合格率施工流程规范性", "≥95%", "97%", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "名称明确", given: exampleForm() },
      {
        says: "率后面接提升、调查等词仍是一个名称",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "新生儿入户访视率提升幅度", "≥2%", "3%", "15", "15"],
            4: ["社会效益指标", "高等级公路占比", "≥40%", "42%", "15", "15"],
          }),
        }),
      },
    ],
  },
});
