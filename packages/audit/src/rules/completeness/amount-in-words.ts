import { type Place, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const COLUMNS = [
  ["initialBudget", "年初预算数"],
  ["adjustedBudget", "全年预算数"],
  ["expenditure", "全年执行数"],
] as const;
/** Cells of their own that hold an amount, in declarations. */
const AMOUNT_FIELD = /(?:资金|预算|投资|拨款)(?:总额|总金额|合计|总计)?$/;
/** The whole cell is an amount; a single sign may be a dash that somebody drew with the numeral one. */
const AMOUNT =
  /^(?:人民币|约|共)?[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟点]{2,}(?:多|余)?(?:元|万元|亿元)?整?$/;

type Figures = { what: string; text: string };

/** Money in Chinese numerals where a figure belongs. */
export const amountInWords: Rule = formRule<Figures>({
  id: "amount-in-words",
  code: "AR-04",
  title: "金额写成了文字",
  explains:
    "资金表和资金总额一类的格应填数字；用中文数字写的（如“二百二十七万”）不能合计、不能计算执行率。写“无”、一横或带有数字的不在此列。",
  kind: "auto",
  basis: [cite("form", "必填栏")],
  force: "must",
  needs: [],
  check: ({ form }) => {
    const found: Found<Figures>[] = [];
    const look = (at: Place, what: string, text: string | null | undefined): void => {
      const said = text?.replace(/\s+/g, "") ?? "";
      if (AMOUNT.test(said)) found.push({ at: [at], figures: { what, text: said } });
    };
    for (const [index, fund] of form.funds.entries())
      for (const [column, title] of COLUMNS)
        look(place.fund(index, column), `${fund.label.replace(/^其中[:：]?/, "")}的${title}`, fund[column]);
    for (const [index, { label, text }] of form.fields.entries())
      if (AMOUNT_FIELD.test(label)) look(`fields[${index}]`, label, text);
    return outcomeOf(found);
  },
  message: ({ what, text }) => `${what}写作“${text}”，不是数字，不能合计和计算。`,
  remedy: ({ what }) => `${what}按表头的金额单位填数字。`,
  examples: {
    fails: [
      {
        says: "全年预算数写成中文数字",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "九十八万", "93.10", "10", "95.00", "9.50"]],
        }),
      },
      {
        says: "中期资金总额写成中文数字",
        given: exampleForm({
          kind: "target-declaration",
          fields: [{ label: "中期资金总额", text: "二百二十七万" }],
        }),
      },
    ],
    passes: [
      { says: "都是数字", given: exampleForm() },
      {
        says: "没有的来源写无，栏内另有文字",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["other", "其他资金", "无", "无", "无"],
          ],
          fields: [{ label: "资金用途", text: "用于三十一个村的管网" }],
        }),
      },
    ],
  },
});
