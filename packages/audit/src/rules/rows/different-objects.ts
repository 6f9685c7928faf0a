import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { bareWords, bigramsOf, namesDate, onlySaysReached } from "../../lexicon/wording.ts";
import { type Doubt, type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: shorter answers (已建成, 良好) have no object of their own. */
const SHORTEST = 6;

/** Ours: far beyond any over-fulfilment of the same work. */
const MANY_TIMES = 5n;
const REASON_WORDS =
  /偏差|原因|分析|改进|改善|措施|实际|需求|增加|设置|设定|合理|指标|目标|年初|年度|完成|进一步|加强|提高|预算|工作|项目/g;

type Figures = { row: string; target: string; actual: string };

/** Long words as target and long words as actual that share nothing with each other nor with the name. */
export const differentObjects: Rule = formRule<Figures>({
  id: "different-objects",
  code: "AR-139",
  title: "指标值与完成值说的不是同一对象",
  explains:
    "完成值是一句话，与指标值和指标名称没有共同的词，列为待人工判断。超出指标值数倍而原因另提他事的，也请人工判断两个数字是否说的同一对象。",
  kind: "assist",
  basis: [cite("reading", "对象不同")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    const goal = facts.expected;
    for (const { facts: row, name, title } of rowMeanings(facts)) {
      const { target, actual } = row.row;
      const at = [place.indicator(row.index, "actual"), place.indicator(row.index, "target")];
      if (row.kind === "worded" && !row.target && !row.actual) {
        const words = bareWords(actual.text);
        if (words.length < SHORTEST || onlySaysReached(actual.text)) continue;
        const known = new Set([...bigramsOf(bareWords(target.text)), ...bigramsOf(name.bare)]);
        const own = words.match(/\p{Script=Han}{2,}/gu)?.join("") ?? "";
        if (own.length < SHORTEST || namesDate(actual.text)) continue;
        if (known.size < 2 || bigramsOf(words).some((pair) => known.has(pair))) continue;
        unclear.push({
          at,
          why: `「${title}」的指标值“${said(target)}”与完成值“${said(actual)}”没有共同的对象，需人工判断。`,
        });
      } else if (row.target && row.actual && row.reason && row.completion) {
        // Several times the target with a reason that names another object than the name does: perhaps two activities compared.
        const { numerator, denominator } = row.completion;
        if (numerator.units <= 0n || denominator.units <= 0n) continue;
        const scaled = numerator.units * 10n ** BigInt(denominator.scale);
        const base = denominator.units * 10n ** BigInt(numerator.scale);
        if (scaled < base * MANY_TIMES) continue;
        const object = row.reason.replace(REASON_WORDS, " ");
        const own = new Set(bigramsOf(name.bare));
        const foreign = bigramsOf(object).filter((pair) => !own.has(pair) && goal.includes(pair));
        if (foreign.length < 2) continue;
        unclear.push({
          at,
          why: `「${title}」完成值“${said(actual)}”是指标值“${said(target)}”的数倍，原因又提到另一对象，需人工核对两个数字说的是不是同一件事。`,
        });
      }
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, target, actual }) => `「${row}」的指标值“${target}”与完成值“${actual}”说的不是同一对象。`,
  remedy: ({ row }) => `按「${row}」的指标值填写同一对象的完成情况。`,
  examples: {
    fails: [
      {
        says: "指标值讲制度，完成值讲采购",
        given: exampleForm({
          rows: withRows({
            5: ["可持续影响指标", "农户用水自治章程", "形成村规民约", "购置抽水泵并投入使用", "15", "15"],
          }),
        }),
      },
    ],
    passes: [
      { says: "都是数字", given: exampleForm() },
      {
        says: "完成值复述并展开指标值",
        given: exampleForm({
          rows: withRows({
            5: [
              "可持续影响指标",
              "农户用水自治章程",
              "形成村规民约",
              "六个村的村规民约全部表决通过",
              "15",
              "15",
            ],
          }),
        }),
      },
    ],
  },
});
