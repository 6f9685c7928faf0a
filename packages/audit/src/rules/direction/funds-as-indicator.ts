import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; what: string; points: string };

/** Budget execution or arrival of funds as an indicator: already scored by the row of funds. */
export const fundsAsIndicator: Rule = formRule<Figures>({
  id: "funds-as-indicator",
  code: "AR-128",
  title: "预算执行或资金到位又作为指标计分",
  explains:
    "预算执行率、支出进度已由资金行计分，资金到位不是本单位的产出，再列为指标就重复计分。补贴、工资等向服务对象的发放，设备、人员的到位不在此列。",
  kind: "auto",
  basis: [cite("form", "重复计分"), cite("reading", "重复计分")],
  force: "should",
  refines: ["AR-45", "AR-46", "AR-125"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, title } of rowMeanings(facts)) {
      if (name.kind !== "execution" && name.kind !== "arrival") continue;
      found.push({
        at: [place.indicator(row.index, "name")],
        figures: {
          row: title,
          what: name.kind === "execution" ? "预算执行" : "资金到位",
          points: row.row.points ?? "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, what, points }) =>
    what === "预算执行"
      ? `「${row}」衡量的是预算执行，已由资金行计分，又作为指标${points ? `计${points}分` : "列示"}，重复计分。`
      : `「${row}」衡量的是资金到位，不是项目的产出，却作为指标${points ? `计${points}分` : "列示"}。`,
  remedy: ({ row }) => `删去「${row}」，改用反映产出的数量、质量或时效指标，分值并入其他指标。`,
  examples: {
    fails: [
      {
        says: "预算执行率列在数量下",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "管护经费预算执行率", "≥95%", "95%", "15", "15"] }),
        }),
      },
      {
        says: "资金到位率列在时效下",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "补助资金及时到位率", "100%", "100%", "10", "10"] }),
        }),
      },
    ],
    passes: [
      { says: "没有资金类指标", given: exampleForm() },
      {
        says: "向服务对象的发放、设备到位和使用合规",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "专项资金使用合规率", "=100%", "100%", "15", "15"],
            3: ["时效指标", "养老补贴发放及时率", "≥95%", "100%", "10", "10"],
          }),
        }),
      },
    ],
  },
});
