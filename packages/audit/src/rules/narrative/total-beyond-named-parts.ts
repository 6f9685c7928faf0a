import { compare, type Decimal, multiply, sum } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import {
  additionOf,
  amountLike,
  bothEvents,
  type Quantity,
  quoteOf,
  storiesOf,
  sumClaimsOf,
} from "../../text/index.ts";
import { isPlanned } from "./count-joins.ts";

/** A total from one and a half times the parts named counts as well above them. Ours; the source (a reviewer's reading) gives no figure. */
const WELL_ABOVE: Decimal = { units: 15n, scale: 1 };
const REACH = 220;

type Said = { where: string; stated: string; parts: string; named: string };

/** AR-103: a stated total well above the parts the text names. */
export const totalBeyondNamedParts = formRule<Said>({
  id: "total-beyond-named-parts",
  code: "AR-103",
  title: "所述合计明显多于列出的各项",
  explains:
    "“共计”的次数、场数等明显（1.5倍以上）多于前文点名的各项之和，其余没有交代。清单带“等”“包括”的、累计数、计划数不看；分项应当相加等于合计的由分项之和的检查判断。",
  kind: "auto",
  basis: [cite("reading", "合计多于分项")],
  force: "hint",
  needs: [],
  check({ form }) {
    const found: Found<Said>[] = [];
    let seen = 0;
    for (const narrative of storiesOf(form)) {
      const decided = new Set(sumClaimsOf(narrative).map(({ total }) => total));
      const { quantities, normal } = narrative;
      for (const [index, total] of quantities.entries()) {
        if (
          !total.isTotal ||
          total.kind !== "count" ||
          total.approximate ||
          total.per.length > 0 ||
          decided.has(total)
        )
          continue;
        if (/累计|计划|拟|目标/.test(total.lead)) continue;
        const parts: Quantity[] = [];
        for (let i = index - 1; i >= 0; i--) {
          const part = quantities[i];
          if (!part || total.start - part.end > REACH || part.isTotal) break;
          if (
            part.kind !== "count" ||
            part.per.length > 0 ||
            part.worded ||
            part.limit ||
            part.group !== total.group
          )
            continue;
          if (isPlanned(part) || /其中/.test(part.lead)) continue;
          if (part.family === total.family || bothEvents(part.family, total.family)) parts.unshift(part);
        }
        const nearby = parts.filter((part) => !/[。\n]/.test(normal.slice(part.end, total.start)));
        if (nearby.length > 1) parts.splice(0, parts.length, ...nearby);
        const first = parts[0];
        if (parts.length < 2 || !first || normal.slice(first.start, total.start).includes("\n")) continue;
        if (/等(?!级|次)|包括|主要|……/.test(normal.slice(Math.max(0, first.start - 20), total.start)))
          continue;
        seen += 1;
        const named = sum(parts.map(({ value }) => value));
        if (compare(total.value, multiply(named, WELL_ABOVE)) < 0) continue;
        found.push({
          at: [narrative.at],
          figures: {
            where: narrative.name,
            stated: quoteOf(total),
            parts: parts.map(quoteOf).join("、"),
            named: `${additionOf(parts, total)}=${amountLike(named, total)}`,
          },
        });
      }
    }
    return seen === 0 ? notApplicable("文字中没有可与各项对照的合计") : outcomeOf(found);
  },
  message: ({ where, stated, parts, named }) =>
    `${where}中${stated}，点名的只有${parts}（${named}），其余没有交代。`,
  remedy: ({ stated }) => `说明${stated}还包括哪些，或核对合计。`,
  examples: {
    fails: [
      {
        says: "共计场数远多于点名的场次",
        given: exampleForm({
          achieved: "举办节水进校园宣讲6场，护水骨干训练4期。水源地保护相关活动共计32场。",
        }),
      },
    ],
    passes: [
      {
        says: "合计与各项相近",
        given: exampleForm({ achieved: "举办节水宣讲6场，护水训练4期。相关活动共计12场。" }),
      },
      {
        says: "清单写明没有列全",
        given: exampleForm({ achieved: "举办节水宣讲6场、护水训练4期等。相关活动共计32场。" }),
      },
    ],
  },
});
