import { type Form, type Place, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** Slips of the input method that are no word in any reading; [pattern, right word]. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [
    /(?<![自知利克律异体])己(?=(?:经|全部|全面|按|如期|完成|达成|达到|落实|发放|拨付|支付|验收|开展|建成|投入|实施|办结|整改))/,
    "已",
  ],
  [/按装/, "安装"],
  [/布署/, "部署"],
  [/竟争/, "竞争"],
  [/按排/, "安排"],
  [/既将/, "即将"],
  [/达城(?=指标|目标|年度)/, "达成"],
  [/满意渡/, "满意度"],
  [/绩校/, "绩效"],
  [/予算/, "预算"],
  [/%{2,}/, "%"],
  [/≥{2,}|≤{2,}/, "一个比较号"],
];

/** The text with every slip of the list put right. */
export function withoutSlips(text: string): string {
  return SLIPS.reduce(
    (mended, [pattern, right]) =>
      mended.replace(new RegExp(pattern, "g"), (slip) => (/[≥≤]/.test(slip) ? slip.charAt(0) : right)),
    text,
  );
}

/** What every pattern above holds somewhere: most cells are passed by at once. */
const SUSPECT = /[己按布竟既城渡校予]|%%|≥≥|≤≤/;

type Figures = { where: string; written: string; right: string };

/** Calls `look` with every short cell that may hold a slip. */
function shortCells(form: Form, look: (at: Place, where: string, text: string) => void): void {
  const suspect = (text: string | null): text is string => text !== null && SUSPECT.test(text);
  if (suspect(form.project)) look("project", "项目名称", form.project);
  if (suspect(form.department)) look("department", "主管部门", form.department);
  if (suspect(form.unit)) look("unit", "实施单位", form.unit);
  for (const [index, { name, target, actual, deviation }] of form.indicators.entries()) {
    const row = name ?? "";
    if (suspect(name)) look(place.indicator(index, "name"), "三级指标名称", name);
    if (suspect(target.text)) look(place.indicator(index, "target"), `「${row}」的年度指标值`, target.text);
    if (suspect(actual.text)) look(place.indicator(index, "actual"), `「${row}」的实际完成值`, actual.text);
    if (suspect(deviation)) look(place.indicator(index, "deviation"), `「${row}」的偏差原因`, deviation);
  }
}

/** A word miswritten in a head, name, value or reason, where no reading makes sense of it. */
export const miswrittenWord: Rule = formRule<Figures>({
  id: "miswritten-word",
  code: "AR-13",
  title: "错别字",
  explains:
    "表头、指标名称、指标值、完成值和原因里的输入错误（己完成、按装、布署等），只列在任何语境都讲不通的写法。其他错别字要人来看，不作结论。叠字和重复标点另有检查。",
  kind: "assist",
  basis: [cite("checkers", "错别字")],
  force: "hint",
  needs: [],
  check: ({ form }) => {
    const found: Found<Figures>[] = [];
    shortCells(form, (at, where, text) => {
      for (const [pattern, right] of SLIPS) {
        const match = pattern.exec(text);
        if (!match) continue;
        found.push({ at: [at], figures: { where, written: match[0], right } });
        break;
      }
    });
    return outcomeOf(found);
  },
  message: ({ where, written, right }) => `${where}中的“${written}”似为“${right}”之误。`,
  remedy: ({ written, right }) => `核对“${written}”是否应为“${right}”。`,
  examples: {
    fails: [
      {
        says: "己完成",
        given: exampleForm({
          rows: withRows({ 5: ["可持续影响指标", "管护责任制度", "健全", "己全部落实", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "没有错别字", given: exampleForm() },
      {
        says: "自己完成不是错字",
        given: exampleForm({
          rows: withRows({
            5: ["可持续影响指标", "村民自己完成日常管护", "形成制度", "已形成制度", "15", "15"],
          }),
        }),
      },
    ],
  },
});
