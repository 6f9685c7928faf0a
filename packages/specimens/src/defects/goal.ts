import type { Form } from "@jiheng/domain";
import { rowsWhere, tellGoal, tellResult, withGoal, withRow, words } from "../edit.ts";
import { materialOf } from "../material.ts";
import { shapeOf } from "../shapes.ts";
import type { FormDefect } from "./defect.ts";

const GOAL = ["goal.expected"];
const RESULT = ["goal.achieved"];
const BOTH = ["goal.achieved", "goal.expected"];

/** Policies of other fields, for results that report something else. */
const FOREIGN = [
  ["渔船", "全年为36艘渔船更换北斗终端，发放休渔补贴214万元，渔民上岸安置房交付58套。"],
  ["殡葬", "完成公益性墓区绿化4200平方米，减免基本殡葬费用惠及936户家庭，节地生态安葬奖补发放到位。"],
  ["茶叶", "新建标准化茶园1260亩，扶持茶叶加工厂14家，组织企业参加茶博会3次，茶叶总产值稳步增长。"],
  ["校车", "新购校车18辆，开通线路26条，乡村中小学生上下学全程有照管员随车。"],
  ["博物馆", "完成馆藏文物数字化采集1850件，推出临时展览6个，文创产品上架42款。"],
] as const;

function reported(form: Form): string {
  return form.goal.achieved ?? "";
}

/** Results that do not answer the goal, texts of another year or field, repeated sentences. */
export const GOAL_AND_RESULT: readonly FormDefect[] = [
  {
    code: "AR-110",
    title: "目标承诺的事，完成情况没有提",
    assist: true,
    plant: (form, random) => {
      const material = materialOf(form);
      if (!material) return null;
      const [verb, noun, unit, low, high] = material.beside;
      const [holds, session, of] = material.attended;
      return {
        form: tellGoal(
          form,
          random.pick([
            `${verb}${noun}${random.between(low, high)}${unit}。`,
            `${holds}${session}${random.between(3, 8)}${of}。`,
            `年内${holds}${session}不少于${random.between(3, 8)}${of}，${verb}${noun}${random.between(low, high)}${unit}。`,
          ]),
        ),
        at: BOTH,
      };
    },
  },
  {
    code: "AR-111",
    title: "完成情况照抄目标",
    plant: (form, random) => {
      const goal = form.goal.expected ?? "";
      const copied = random.pick([goal, `已完成：${goal}`, `${goal}各项工作按计划开展。`]);
      return { form: withGoal(form, { achieved: copied }), at: BOTH };
    },
  },
  {
    code: "AR-112",
    title: "完成情况报的是另一项政策",
    assist: true,
    also: ["AR-117"],
    plant: (form, random) => ({ form: withGoal(form, { achieved: random.pick(FOREIGN)[1] }), at: BOTH }),
  },
  {
    code: "AR-113",
    title: "目标或完成情况没有数量、地点和时间",
    plant: (form, random) => {
      const aim = random.pick([
        "扎实推进各项工作，积极开展相关活动，不断提高服务水平。",
        "认真落实上级部署，稳步推进项目实施，保障工作顺利开展。",
        "加强组织领导，完善工作机制，提升工作质效。",
      ]);
      const cell = random.pick(["expected", "achieved"] as const);
      return { form: withGoal(form, { [cell]: aim }), at: [`goal.${cell}`] };
    },
  },
  {
    code: "AR-114",
    title: "目标里夹着别的项目的段落或上级的数字",
    assist: true,
    plant: (form, random) => ({
      form: tellGoal(
        form,
        random.pick([
          "全国每年选派医疗骨干3万名，五年共15万名。",
          "全省计划新建高标准农田280万亩，带动粮食增产6亿斤。",
          "到2025年，全国建成示范街区5000个以上。",
        ]),
      ),
      at: GOAL,
    }),
  },
  {
    code: "AR-114",
    title: "目标里夹着与项目和指标都无关的一段",
    assist: true,
    plant: (form, random) => {
      const [word, text] = random.pick(FOREIGN);
      return reported(form).includes(word)
        ? null
        : { form: tellGoal(form, text.replace("全年", "").replace("完成", "")), at: GOAL };
    },
  },
  {
    code: "AR-115",
    title: "文字是另一年度的",
    plant: (form, random) => {
      const year = form.year ?? 2024;
      const other = year - random.between(1, 2);
      const cell = random.pick(["expected", "achieved"] as const);
      const text = form.goal[cell] ?? "";
      const replaced = text.replace(`${year}年`, `${other}年`);
      if (replaced !== text && random.chance(60))
        return { form: withGoal(form, { [cell]: replaced }), at: [`goal.${cell}`] };
      const sentence = random.pick([
        `${other}年度各项任务已全部完成。`,
        `${other}年底前完成全部年度任务。`,
        `${other}年度项目资金主要用于上述工作。`,
      ]);
      return { form: withGoal(form, { [cell]: `${text}${sentence}` }), at: [`goal.${cell}`] };
    },
  },
  {
    code: "AR-116",
    title: "同一格里一句话写了两遍",
    plant: (form, random) => {
      const cell = random.pick(["expected", "achieved"] as const);
      const sentences = (form.goal[cell] ?? "").split("。").filter((sentence) => sentence.length >= 10);
      if (sentences.length === 0) return null;
      const twice = random.pick(sentences);
      return {
        form: withGoal(form, {
          [cell]: (form.goal[cell] ?? "").replace(`${twice}。`, `${twice}。${twice}。`),
        }),
        at: [`goal.${cell}`],
      };
    },
  },
  {
    code: "AR-117",
    title: "指标全部完成，完成情况却只有空话",
    assist: true,
    also: ["AR-110", "AR-113"],
    plant: (form, random) => ({
      form: withGoal(form, {
        achieved: random.pick([
          "召开动员会议，印发实施方案，成立领导小组，明确责任分工。",
          "已完成招标前的立项、可研和初步设计批复，正在办理用地手续。",
          "项目前期调研已经启动，方案正在征求意见。",
        ]),
      }),
      at: [
        ...RESULT,
        ...rowsWhere(form, (row) => row.level1 === "产出指标" || row.level1 === "效益指标").map(
          (index) => `indicators[${index}]`,
        ),
      ],
    }),
  },
  {
    code: "AR-180",
    title: "同一张表里单位或小数写法不一",
    plant: (form, random) => {
      const counted = rowsWhere(
        form,
        (row) => row.target.comparison === "≥" && row.target.value !== null && row.target.unit !== null,
      );
      if (counted.length < 3 || form.template === "yunnan" || form.template === "sichuan-0013zp") return null;
      const index = random.pick(counted);
      const row = form.indicators[index];
      const bracketed = shapeOf(form.template).bracketed;
      const value = row?.target.value ?? "0";
      const unit = row?.target.unit ?? "";
      const bare = value.replace(/\.0+$/, "");
      const other = bracketed
        ? random.pick([`≥${bare}${unit}`, `>=${bare}(${unit})`, `不低于${bare}${unit}`])
        : random.pick([
            `≥${bare}.00(${unit})`,
            `>=${bare}${unit}`,
            `不少于${bare}${unit}`,
            `≥${bare}.00${unit}`,
          ]);
      return { form: withRow(form, index, { target: words(other) }), at: [] };
    },
  },
  {
    code: "AR-181",
    title: "括号或书名号不成对",
    plant: (form, random) => ({
      form: random.chance(50)
        ? tellGoal(
            form,
            random.pick([
              "按照《年度工作要点组织实施。",
              "保障重点对象（含新增人员的基本需求。",
              "执行《专项资金管理办法〉有关规定。",
            ]),
          )
        : tellResult(
            form,
            random.pick([
              "资料已归档（详见台账。",
              "按《验收规程办理了手续。",
              "服务对象（含外来人员反映良好。",
            ]),
          ),
      at: BOTH,
    }),
  },
  {
    code: "AR-181",
    title: "文号用方括号",
    plant: (form, random) => {
      const year = (form.year ?? 2024) - random.between(1, 3);
      const [open, close] = random.pick([
        ["[", "]"],
        ["【", "】"],
        ["(", ")"],
      ] as const);
      return {
        form: tellGoal(form, `实施依据：政办发${open}${year}${close}${random.between(2, 60)}号。`),
        at: GOAL,
      };
    },
  },
  {
    code: "AR-181",
    title: "全角半角标点混用",
    plant: (form, random) => {
      const text = form.goal.expected ?? "";
      const commas = (text.match(/，/g) ?? []).length;
      if (commas < 3) return null;
      // All but one: as where parts of a text come from two writers.
      let left = commas - 1;
      const half = text.replace(/，/g, (comma) => (left-- > 0 ? random.pick([",", ", "]) : comma));
      return { form: withGoal(form, { expected: half }), at: GOAL };
    },
  },
];
