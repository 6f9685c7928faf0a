import type { Finding, Form } from "@jiheng/domain";
import { parseDecimal, percentOf, ratio, showDecimal } from "@jiheng/domain";
import type { Caller } from "../../platform/work.ts";
import { answer, decide, open, verify } from "../results/use-cases.ts";
import type { DemoDistrict } from "./district.ts";
import { actIn, type Scene } from "./scene.ts";

/** How many forms of the past year have a problem in the ledger. */
const PROBLEMS = 24;
/** How many of its results are used in the next budget; the worst first. */
const USES = 20;
const DAY = 86_400_000;
/** What a unit says it did, by the check that found the problem. */
const MEASURES: readonly (readonly [codes: RegExp, measures: readonly string[]])[] = [
  [
    /^AR-(?:4[2-9]|5\d|12\d|13[0-5])$/,
    [
      "翌年申报目标时改为可以计数的表述，并写明由谁统计、取自哪本台账。",
      "已请业务科重拟这一指标，翌年以抽样调查的得分衡量。",
    ],
  ],
  [
    /^AR-(?:41|81|137)$/,
    ["已补写超出的原因，翌年指标值按近三年的平均数设定。", "已查对原始记录，翌年按实有服务对象设定指标值。"],
  ],
  [
    /^AR-(?:2\d|30|15\d|16\d)$/,
    [
      "已与财务科核对支付凭证，文字和资金表改用同一个数，报主管部门备案。",
      "已补写资金没有用完的原因，尾款列入翌年用款计划。",
    ],
  ],
  [
    /./,
    [
      "已对照原始台账核对，由经办人和负责人分别签字。",
      "已补写原因和措施，由业务科按季报告进度，翌年报送前逐项复核。",
    ],
  ],
];

function measureFor(code: string, index: number): string {
  const fitting = MEASURES.find(([codes]) => codes.test(code))?.[1] ?? [];
  return fitting[Math.floor(index / 3) % fitting.length] ?? "";
}

type Naming = (login: string, body: string) => Caller;

/** What became of the forms of the past year: problems that are mended, and budgets that follow the grades. */
export async function followUp(scene: Scene, district: DemoDistrict): Promise<void> {
  const codes = new Map(
    district.organisations.map(({ key, code }) => [scene.cast.organisations.get(key) ?? "", code]),
  );
  const callerOf: Naming = (login, body) => scene.cast.callerNamed(`${login}${codes.get(body) ?? ""}`);
  const year = scene.now.getUTCFullYear() - 2;
  await keepLedger(scene, callerOf, year);
  await useResults(scene, year);
}

async function keepLedger(scene: Scene, callerOf: Naming, year: number): Promise<void> {
  const { db, cast, now } = scene;
  const rows = await db
    .selectFrom("submission")
    .innerJoin("review_result", (join) =>
      join
        .onRef("review_result.region", "=", "submission.region")
        .onRef("review_result.year", "=", "submission.year")
        .onRef("review_result.submission", "=", "submission.id"),
    )
    .select(["submission.id", "submission.department", "submission.unit", "review_result.answer"])
    .where("submission.region", "=", cast.region)
    .where("submission.year", "=", year)
    .where("submission.kind", "=", "self-evaluation")
    .where("submission.is_rollup", "=", false)
    .orderBy("submission.id")
    .execute();
  const problems = rows.flatMap((row) => {
    const { findings } = row.answer as unknown as { findings: readonly Finding[] };
    const worst =
      findings.find(({ force }) => force === "must") ?? findings.find(({ force }) => force === "should");
    return worst ? [{ ...row, worst }] : [];
  });
  const step = Math.max(1, Math.floor(problems.length / PROBLEMS));
  const chosen = problems.filter((_, index) => index % step === 0).slice(0, PROBLEMS);
  for (const [index, { id, department, unit, worst }] of chosen.entries()) {
    const reviewer = callerOf("zhuguan", department);
    const opened = 30 - index / 2;
    const due = new Date(now.getTime() - (opened - 16 - index) * DAY).toISOString().slice(0, 10);
    const { body: entry } = await actIn(scene, reviewer, opened, (work) =>
      open(work, { submission: id, finding: worst.fingerprint, problem: worst.message, due }),
    );
    if (index % 3 === 2) continue;
    const measure = measureFor(worst.code, index);
    await actIn(scene, callerOf("jingban", unit), 12 - index / 4, (work) =>
      answer(work, { year, id: entry.id }, { measure, proof: null }),
    );
    if (index % 3 === 1) continue;
    const accepted = index % 9 !== 6;
    const note = accepted ? "更正的内容与台账一致，予以验收。" : "没有附更正后的材料，请补充。";
    await actIn(scene, reviewer, 5 - index / 8, (work) =>
      verify(work, { year, id: entry.id }, { accepted, note }),
    );
  }
}

async function useResults(scene: Scene, year: number): Promise<void> {
  const { db, cast } = scene;
  const officer = cast.callerNamed("caizheng");
  const rows = await db
    .selectFrom("submission")
    .select(["id", "grade", "form", "total_score", "adjusted_budget", "expenditure"])
    .where("region", "=", cast.region)
    .where("year", "=", year)
    .where("kind", "=", "self-evaluation")
    .where("is_rollup", "=", false)
    .where("state", "in", ["approved", "published", "archived"])
    .where("grade", "is not", null)
    .orderBy("total_score")
    .orderBy("project_name")
    .limit(USES)
    .execute();
  for (const [index, row] of rows.entries()) {
    const [total] = (row.form as unknown as Form).funds;
    const [spent, budget] = [
      parseDecimal(total?.expenditure ?? null),
      parseDecimal(total?.adjustedBudget ?? null),
    ];
    const share = spent && budget ? ratio(spent, budget) : null;
    const rate = share ? showDecimal(percentOf(share, 1, "half-up")) : null;
    const says = `自评${row.total_score}分，等级为${row.grade}${rate === null ? "" : `，执行率${rate}%`}`;
    const isCut = row.grade === "中" || row.grade === "差" || (index < USES / 2 && row.grade === "良");
    const tenth = row.adjusted_budget === null ? null : `-${row.adjusted_budget / 1000n}.00`;
    await actIn(scene, officer, 9 - index / 5, (work) =>
      decide(work, {
        submission: row.id,
        ...(isCut
          ? { decision: "cut", amount: tenth, reason: `${says}，下年预算压减一成，任务完成后再恢复。` }
          : { decision: "keep", amount: null, reason: `${says}，下年预算保持。` }),
      }),
    );
  }
}
