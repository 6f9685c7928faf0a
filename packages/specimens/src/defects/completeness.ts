import { NO_MEASURE } from "@jiheng/domain";
import {
  amount,
  isCount,
  isFull,
  rowsWhere,
  splitRow,
  tellResult,
  typed,
  withGoal,
  without,
  withRow,
  words,
} from "../edit.ts";
import { shapeOf } from "../shapes.ts";
import type { FormDefect } from "./defect.ts";

/** Blank cells, missing kinds of indicators, leftovers of the blank form. */
export const COMPLETENESS: readonly FormDefect[] = [
  {
    code: "AR-01",
    title: "项目名称、主管部门或目标空白",
    plant: (form, random) => {
      const { department } = shapeOf(form.template);
      const blank = random.pick(
        department
          ? (["project", "department", "expected", "achieved"] as const)
          : (["expected", "achieved"] as const),
      );
      if (blank === "expected" || blank === "achieved")
        return { form: withGoal(form, { [blank]: null }), at: [`goal.${blank}`] };
      return { form: { ...form, [blank]: null }, at: [blank] };
    },
  },
  {
    code: "AR-02",
    title: "缺一类一级指标",
    plant: (form, random) => {
      const level = random.pick(["效益指标", "产出指标"]);
      return { form: without(form, (row) => row.level1 === level), at: [] };
    },
  },
  {
    code: "AR-03",
    title: "产出缺数量、质量或时效",
    plant: (form, random) => {
      const level = random.pick(["数量指标", "质量指标", "时效指标"]);
      return { form: without(form, (row) => row.level2 === level), at: [] };
    },
  },
  {
    code: "AR-04",
    title: "必填单元格空白",
    plant: (form, random) => {
      const index = random.pick(
        rowsWhere(form, (row) => row.target.value !== null && row.level1 !== "成本指标"),
      );
      const cell = random.pick(["actual", "target"] as const);
      // A blank in the split target of some layouts is a blank value with its unit: the whole cell goes.
      return { form: withRow(form, index, { [cell]: NO_MEASURE }), at: [`indicators[${index}]`] };
    },
  },
  {
    code: "AR-04",
    title: "定量指标的完成值是文字，或带着比较号",
    plant: (form, random) => {
      const counted = rowsWhere(form, isCount);
      if (counted.length === 0) return null;
      const index = random.pick(counted);
      const said = random.pick(["已完成", "达成指标", "按计划完成", "达标", "≥", "不低于"]);
      const { text, value, unit } = form.indicators[index]?.actual ?? NO_MEASURE;
      const isBound = said === "≥" || said === "不低于";
      if (isBound && text === null) return null;
      const actual = isBound
        ? { text: `${said}${text?.replace(/^=/, "")}`, comparison: "≥" as const, value, unit }
        : words(said);
      return { form: withRow(form, index, { actual }), at: [`indicators[${index}]`] };
    },
  },
  {
    code: "AR-05",
    title: "占位符或填写提示未删",
    plant: (form, random) => {
      switch (random.between(0, 5)) {
        case 0:
          return { form: tellResult(form, "其中用于日常运行XX万元。"), at: ["goal.achieved"] };
        case 1:
          return { form: { ...form, unit: "某某局" }, at: ["unit"] };
        case 2:
          return { form: tellResult(form, "（请简要说明年度目标完成情况）"), at: ["goal.achieved"] };
        case 3:
          return { form: tellResult(form, "项目惠及××镇和××街道。"), at: ["goal.achieved"] };
        case 4:
          return {
            form: withGoal(form, { expected: `目标1：${form.goal.expected}目标2：……` }),
            at: ["goal.expected"],
          };
        default: {
          const index = random.pick(rowsWhere(form, isCount));
          return { form: withRow(form, index, { actual: words("****") }), at: [`indicators[${index}]`] };
        }
      }
    },
  },
  {
    code: "AR-06",
    title: "四川格式：完成情况超过100字",
    plant: (form, random) => {
      const year = random.pick([2023, 2024]);
      const longer = tellResult(
        form,
        random.pick([
          "项目实施过程中，我单位成立工作专班，多次召开协调会议，及时解决进场、供货、结算等环节遇到的困难，确保各项任务按时间节点推进，资金按合同约定及时支付，群众反映良好，档案资料同步整理移交。",
          "按照年初部署，各股室分工负责，逐月调度进度，逐项核对数量，对发现的问题列出清单并督促整改，年底组织内部验收，形成了较为完整的过程资料，为下一年度继续开展此项工作打下了基础。",
        ]),
      );
      return {
        form: {
          ...longer,
          year,
          department: longer.department === null ? null : `四川省${longer.department}`,
          unit: `四川省${longer.unit}`,
        },
        at: ["goal.achieved"],
      };
    },
  },
  {
    code: "AR-08",
    title: "逾期报送",
    plant: (form, random) => {
      const year = (form.year ?? 2024) + 1;
      return {
        form,
        at: [],
        context: {
          due: `${year}-03-0${random.between(1, 9)}`,
          handedIn: `${year}-03-${random.between(10, 30)}`,
        },
      };
    },
  },
  {
    code: "AR-176",
    title: "把多个项目合成一张表",
    plant: (form, random) => {
      const { project, department } = shapeOf(form.template);
      if (!project || !department) return null;
      const name = random.pick([
        `${form.department?.slice(3, -1)}业务保障类`,
        `${form.project}（汇总）`,
        `${form.project}等项目`,
        `${form.project}类`,
      ]);
      return {
        form: {
          ...form,
          project: name,
          department: `${form.department}${random.chance(50) ? "（汇总）" : ""}`,
        },
        at: [],
      };
    },
  },
  {
    code: "AR-11",
    title: "同一指标名称出现两次",
    plant: (form, random) => {
      const index = random.pick(rowsWhere(form, isCount));
      const row = form.indicators[index];
      const benefit = rowsWhere(form, (each) => each.level1 === "效益指标" && isFull(each))[0];
      if (!row) return null;
      const lower = Math.max(1, Math.floor((amount(row.target) * random.between(70, 90)) / 100));
      const unit = row.target.unit ?? "";
      const twin = {
        name: row.name,
        target: typed(form, "≥", String(lower), unit),
        actual: row.actual,
      };
      if (benefit !== undefined && benefit !== index && random.chance(50)) {
        const changed = splitRow(form, benefit, twin);
        return changed
          ? { form: changed, at: [`indicators[${benefit + 1}]`, `indicators[${index}]`, "indicators"] }
          : null;
      }
      const changed = splitRow(form, index, twin);
      return changed
        ? { form: changed, at: [`indicators[${index}]`, `indicators[${index + 1}]`, "indicators"] }
        : null;
    },
  },
  {
    code: "AR-13",
    title: "叠字、叠词",
    assist: true,
    plant: (form, random) => {
      const text = form.goal.achieved ?? "";
      const [from, to] = random.pick([
        ["完成", "完成完成"],
        ["项目", "项目项目"],
        ["全年", "全年全年"],
        ["以上", "以上以上"],
      ] as const);
      if (text.includes(from))
        return { form: withGoal(form, { achieved: text.replace(from, to) }), at: ["goal.achieved"] };
      return {
        form: tellResult(
          form,
          random.pick(["各项工作工作按计划推进。", "资金及时时拨付到位。", "群众群众反映良好。"]),
        ),
        at: ["goal.achieved"],
      };
    },
  },
  {
    code: "AR-53",
    title: "起止时间颠倒",
    plant: (form, random) => {
      const year = form.year ?? 2024;
      const [first, last] = [random.between(8, 12), random.between(2, 6)];
      return {
        form: withGoal(form, {
          expected: `${form.goal.expected}${random.pick([
            `项目实施期为${year}年${first}月至${year}年${last}月。`,
            `起止时间：${year}年${first}月1日至${year}年${last}月30日。`,
            `项目于${year}年${first}月开工，${year}年${last}月完工。`,
          ])}`,
        }),
        at: ["goal.expected"],
      };
    },
  },
  {
    code: "AR-53",
    title: "项目起止日期颠倒（申报栏）",
    plant: (form, random) => {
      const year = form.year ?? 2024;
      return {
        form: {
          ...form,
          fields: [
            {
              label: random.pick(["计划开始日期", "项目开始时间"]),
              text: `${year}-${random.between(10, 12)}-01`,
            },
            {
              label: random.pick(["计划完成日期", "项目结束时间"]),
              text: `${year}-0${random.between(1, 6)}-30`,
            },
          ],
        },
        at: [],
      };
    },
  },
  {
    code: "AR-55",
    title: "项目属性不在选项内",
    plant: (form, random) => ({
      form: {
        ...form,
        fields: [
          random.pick([
            { label: "项目属性", text: "1、持续性项目□ 2、新增性项目□ 其他" },
            { label: "项目属性", text: "临时性质" },
            { label: "项目类型", text: "待定" },
          ]),
        ],
      },
      at: [],
    }),
  },
  {
    code: "AR-28",
    title: "没有注明金额单位",
    plant: (form) => ({ form: { ...form, moneyUnit: null }, at: [] }),
  },
  {
    code: "AR-73",
    title: "填报的完成时间早于验收时间",
    plant: (form, random) => {
      const [done, accepted] = [random.between(4, 7), random.between(9, 12)];
      const index = rowsWhere(
        form,
        (row) => row.level2 === "时效指标" && isFullOrUnscored(row.points, row.score),
      )[0];
      if (index === undefined) return null;
      const changed = splitRow(form, index, {
        name: random.pick(["项目完成验收时间", "竣工验收时间", "建设任务完成验收时限"]),
        target: words(`${random.between(done, 8)}月底前`),
        actual: words(`${done}月${random.between(2, 26)}日`),
      });
      if (!changed) return null;
      return {
        form: tellResult(
          changed,
          `项目于${form.year}年${accepted}月${random.between(2, 26)}日通过竣工验收。`,
        ),
        at: [`indicators[${index + 1}]`, "goal.achieved"],
      };
    },
  },
  {
    code: "AR-68",
    title: "不适用的指标仍占分值",
    plant: (form, random) => {
      const index = rowsWhere(
        form,
        (row) => row.level1 === "效益指标" && row.points !== null && row.points === row.score,
      )[0];
      if (index === undefined) return null;
      const text = random.pick(["不适用", "本项目不涉及", "不涉及"]);
      const changed = splitRow(form, index, {
        name: random.pick(["生态环境改善面积", "节约财政资金金额"]),
        target: words(text),
        actual: words(text),
      });
      return changed ? { form: changed, at: [`indicators[${index + 1}]`] } : null;
    },
  },
];

function isFullOrUnscored(points: string | null, score: string | null): boolean {
  return score === null || points === null || points === score;
}
