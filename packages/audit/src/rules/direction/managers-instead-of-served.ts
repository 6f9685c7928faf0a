import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type Doubt, type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const MANAGERS =
  /^.{0,6}?(?:管理(?:人员|方|部门|单位|者|层)|主管部门|上级(?:主管)?(?:部门|单位)?|单位领导|领导班子|领导|实施单位|甲方)(?:的)?满意/;

/** They work in the project; whether they are also served by it only a person can say. */
const STAFF =
  /(?:工作|审核|执法|办案|经办|业务|内部|值班|巡查|养护|监管)人员(?:的)?满意|(?:民警|辅警|机关干部|本单位职工|项目组成员)(?:的)?满意|(?:单位|机构|部门|机关|中心|大队|中队|支队|总站|[一-龥]{2}[站局所队科办]|(?<!学|医|法)院)(?:内|的)?(?:全体|在职|正式)?(?:职工|员工|人员|负责人|主任|干部)(?:的)?满意/;

type Figures = { row: string };

/** Satisfaction asked of those who manage the project instead of those it serves. */
export const managersInsteadOfServed: Rule = formRule<Figures>({
  id: "managers-instead-of-served",
  code: "AR-124",
  title: "满意度问的是管理方",
  explains:
    "满意度应问受益的群众或服务对象。只问管理人员、主管部门或领导的提示；同时还有受益对象满意度的，作为建议。项目文字表明管理人员就是服务对象的，留待人工判断。",
  kind: "assist",
  basis: [cite("reading", "满意度对象")],
  force: "should",
  needs: ["indicators"],
  check: ({ form, facts }) => {
    const rows = rowMeanings(facts).filter(({ name }) => name.kind === "satisfaction");
    const served = rows.some(({ name }) => !MANAGERS.test(name.bare));
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    const about = `${form.project ?? ""}${facts.expected}`;
    for (const { facts: row, name, title } of rows) {
      const at = [place.indicator(row.index, "name")];
      if (STAFF.test(name.bare) && !MANAGERS.test(name.bare))
        unclear.push({ at, why: `「${title}」问的是办事的人，是否也是服务对象需人工判断。` });
      if (!MANAGERS.test(name.bare)) continue;
      const who = /管理人员|管理者|领导/.exec(name.bare)?.[0];
      if (who && about.includes(who))
        unclear.push({ at, why: `「${title}」：项目文字提到${who}，可能正是服务对象，需人工判断。` });
      else found.push({ at, figures: { row: title }, ...(served ? { force: "hint" as const } : {}) });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row }) => `「${row}」问的是管理方，不是项目的服务对象或受益群众。`,
  remedy: ({ row }) => `将「${row}」改为受益对象的满意度，或说明管理方为什么是服务对象。`,
  examples: {
    fails: [
      {
        says: "只有主管部门满意度",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "主管部门满意度", "≥90%", "96%", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "问的是用户", given: exampleForm() },
      {
        says: "培训的正是企业管理人员",
        given: exampleForm({
          project: "中小企业管理人员培训",
          rows: withRows({ 6: ["服务对象满意度指标", "管理人员满意度", "≥90%", "96%", "10", "10"] }),
        }),
      },
      {
        says: "企业职工是服务对象",
        given: exampleForm({
          project: "企业职工技能提升",
          rows: withRows({ 6: ["服务对象满意度指标", "企业职工满意度", "≥90%", "96%", "10", "10"] }),
        }),
      },
    ],
  },
});
