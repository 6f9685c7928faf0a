import type { Form, Indicator } from "@jiheng/domain";
import { t } from "../../i18n/words.ts";

/** Identities of the rows that are practised on. */
const LAMPS = "lamps";
const LIT = "lit";

/** What the engine says of the form, as far as the steps ask. */
export interface Known {
  /** The mark of each row by its identity, where it can be computed. */
  readonly awarded: ReadonlyMap<string, string>;
  /** The mark of the budget's execution. */
  readonly execution: string | null;
  readonly total: string | null;
  readonly must: number;
}

/** One step: what to do, at which cell, and whether it is done. */
export interface Step {
  readonly title: string;
  readonly says: string;
  /** Its cells, in order; one is led to the first that is not filled in yet. */
  readonly at: readonly string[];
  readonly isDone: (form: Form, known: Known) => boolean;
}

const row = (form: Form, id: string): Indicator | undefined => form.indicators.find((each) => each.id === id);
const same = (typed: string | null | undefined, computed: string | null | undefined): boolean =>
  typed != null && computed != null && Number(typed) === Number(computed);

/** The steps of the practice, in order. */
export const STEPS: readonly Step[] = [
  {
    title: t("填一个完成值"),
    says: t(
      "这就是正式的自评表，哪一格都可以直接写。全年更新了125盏路灯：在“更新路灯”的实际完成值里写 125盏，按回车。",
    ),
    at: [`indicators[${LAMPS}].actual`],
    isDone: (form) => Boolean(row(form, LAMPS)?.actual.value),
  },
  {
    title: t("看分怎么来"),
    says: t("选中“更新路灯”这一行的得分，“为什么是这个分”列出计算的每一步和依据。把算出的分写进去。"),
    at: [`indicators[${LAMPS}].score`],
    isDone: (form, { awarded }) => same(row(form, LAMPS)?.score, awarded.get(LAMPS)),
  },
  {
    title: t("没有达标的指标"),
    says: t("亮灯率目标是98%，实际只有95%：写 95%，再写上按办法算出的得分。系统不会替您改数。"),
    at: [`indicators[${LIT}].actual`, `indicators[${LIT}].score`],
    isDone: (form, { awarded }) =>
      Boolean(row(form, LIT)?.actual.value) && same(row(form, LIT)?.score, awarded.get(LIT)),
  },
  {
    title: t("写明偏差原因"),
    says: t(
      "没有达标就要说明原因和改进措施：在这一行的偏差原因里写明为什么、怎么改、何时改好。例如：两条小巷线路老化；已安排更换线路，明年6月底前完成。",
    ),
    at: [`indicators[${LIT}].deviation`],
    isDone: (form) => (row(form, LIT)?.deviation ?? "").trim().length >= 4,
  },
  {
    title: t("填资金"),
    says: t("全年花了48万元：填写全年执行数 48.00、执行率 96.00%，再写上按办法算出的得分。"),
    at: ["funds[0].expenditure", "funds[0].executionRate", "funds[0].score"],
    isDone: (form, { execution }) =>
      form.funds[0]?.expenditure != null && same(form.funds[0]?.score, execution),
  },
  {
    title: t("总分"),
    says: t("下面“按办法重算的总分”就是各行加起来的。写进总分；问题栏里没有“必须更正”，就可以送审了。"),
    at: ["totalScore"],
    isDone: (form, { total, must }) => same(form.totalScore, total) && must === 0,
  },
];
