import { openDossier, RULES, reviewForm, rowOutcomes } from "@jiheng/audit";
import { compare, type Form, parseDecimal } from "@jiheng/domain";
import { scoreForm, selectPolicy } from "@jiheng/scoring";
import { STATES } from "@jiheng/workflow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoDistrict } from "../src/features/demo/district.ts";
import { hasDemo, loadDemo } from "../src/features/demo/load-demo.ts";
import { newId } from "../src/platform/ids.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

const NOW = new Date("2026-03-10T03:00:00Z");

describe("the invented district", () => {
  const district = demoDistrict(2025);

  it("is what it promises: twelve departments, sixty units, four years, a thousand forms in every state", () => {
    const of = (kind: string) => district.organisations.filter((body) => body.kind === kind).length;
    expect([of("region"), of("department"), of("unit")]).toEqual([1, 12, 60]);
    expect(district.submissions).toHaveLength(1000);
    expect(new Set(district.submissions.map(({ year }) => year))).toEqual(new Set([2023, 2024, 2025, 2026]));
    const states = new Set<string>(district.submissions.map(({ state }) => state));
    expect(STATES.filter((state) => !states.has(state))).toEqual(["not-issued"]);
    expect(new Set(district.people.map(({ role }) => role)).size).toBe(9);
    expect(new Set(district.projects.map(({ name }) => name)).size).toBe(district.projects.length);
  });

  it("is the same whenever it is made", () => {
    expect(JSON.stringify(demoDistrict(2025).submissions)).toBe(JSON.stringify(district.submissions));
  });

  it("has defects in about a third of the forms in work", () => {
    const inWork = district.submissions.filter(
      ({ year, kind, form }) => year === 2025 && kind === "self-evaluation" && form !== null,
    );
    const defective = inWork.filter(({ form, clean }) => form !== clean).length;
    expect(defective / inWork.length).toBeGreaterThan(0.25);
    expect(defective / inWork.length).toBeLessThan(0.45);
  });
});

describe("what the district has to tell", () => {
  const district = demoDistrict(2025);
  const evaluations = district.submissions.filter(({ kind }) => kind === "self-evaluation");
  const formsOf = (year: number) =>
    evaluations.flatMap(({ year: of, form }) => (of === year && form ? [form] : []));
  const inWork = formsOf(2025);
  const ratesOf = (forms: readonly Form[]) =>
    forms.flatMap(({ funds: [total] }) => {
      const [spent, budget] = [Number(total?.expenditure), Number(total?.adjustedBudget)];
      return budget > 0 && spent <= budget ? [(spent / budget) * 100] : [];
    });

  it("is of all grades: most are the best, some good, few fair, one or two poor", () => {
    const totals = inWork.map(({ totalScore }) => Number(totalScore));
    const between = (low: number, high: number) =>
      totals.filter((total) => total >= low && total < high).length;
    expect(between(90, 102) / totals.length).toBeGreaterThan(0.7);
    expect(between(90, 102) / totals.length).toBeLessThan(0.9);
    expect(between(80, 90)).toBeGreaterThanOrEqual(10);
    expect(between(60, 80)).toBeGreaterThanOrEqual(4);
    expect([1, 2]).toContain(between(0, 60));
    expect(new Set(inWork.map(({ grade }) => grade))).toEqual(new Set(["优", "良", "中", "差", null]));
  });

  it("spends its money unevenly, and has budgets raised and cut far during the year", () => {
    const rates = ratesOf(inWork);
    expect(rates.filter((rate) => rate < 30).length).toBeGreaterThanOrEqual(1);
    expect(rates.filter((rate) => rate < 75).length).toBeGreaterThanOrEqual(10);
    expect(rates.filter((rate) => rate >= 90).length).toBeGreaterThan(rates.length / 2);
    const changes = inWork.map(
      ({ funds: [total] }) => Number(total?.adjustedBudget) / Number(total?.initialBudget),
    );
    expect(changes.filter((change) => change > 1.3).length).toBeGreaterThanOrEqual(5);
    expect(changes.filter((change) => change < 0.75).length).toBeGreaterThanOrEqual(3);
  });

  it("has results far above and below their targets, exact hits, words for figures and sentences for everything", () => {
    const rows = inWork.flatMap((form) => rowOutcomes(form));
    const many = (holds: (row: (typeof rows)[number]) => boolean) => rows.filter(holds).length;
    const completion = ({ target, actual }: (typeof rows)[number]) =>
      target && actual && target.units > 0n
        ? (Number(actual.units) * 10 ** target.scale) / (Number(target.units) * 10 ** actual.scale)
        : 1;
    expect(many((row) => row.outcome === "met" && completion(row) >= 1.8)).toBeGreaterThanOrEqual(10);
    expect(many((row) => row.outcome === "met" && completion(row) >= 2.9)).toBeGreaterThanOrEqual(1);
    expect(many(({ outcome }) => outcome === "missed")).toBeGreaterThan(150);
    expect(many(({ outcome }) => outcome === "boilerplate")).toBeGreaterThan(40);
    expect(many(({ isExact }) => isExact === true)).toBeGreaterThan(50);
    const allExact = inWork.filter((form) => {
      const counted = rowOutcomes(form).filter(({ isExact }) => isExact !== null);
      return counted.length > 2 && counted.every(({ isExact }) => isExact);
    });
    expect(allExact.length).toBeGreaterThanOrEqual(5);
    const reasons = inWork.flatMap(({ indicators }) =>
      indicators.flatMap(({ deviation }) => deviation ?? []),
    );
    const most = Math.max(
      ...[...Map.groupBy(reasons, (reason) => reason).values()].map(({ length }) => length),
    );
    expect(most).toBeGreaterThan(10);
    expect(new Set(reasons).size).toBeGreaterThan(40);
  });

  it("has departments of their own kind, the same over the years", () => {
    const department = new Map(district.projects.map(({ key, department: of }) => [key, of]));
    const rateOf = (of: string) => {
      const forms = evaluations.flatMap(({ project, clean }) =>
        clean && department.get(project) === of ? [clean] : [],
      );
      const rates = ratesOf(forms);
      return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    };
    const [weak, careful] = [rateOf("d10"), rateOf("d9")];
    expect(weak).toBeLessThan(careful - 10);
  });

  it("has three years of self-evaluations, marked more strictly from year to year", () => {
    const means = [2023, 2024, 2025].map((year) => {
      const totals = formsOf(year).map(({ totalScore }) => Number(totalScore));
      expect(totals.length).toBeGreaterThanOrEqual(100);
      return totals.reduce((sum, total) => sum + total, 0) / totals.length;
    });
    expect(means).toEqual(means.toSorted((a, b) => b - a));
    const years = new Set(district.entries.map(({ year }) => year));
    expect(years).toEqual(new Set([2023, 2024, 2025]));
  });

  it("claims no arithmetic that is wrong where no fault was planted", () => {
    for (const { clean, year } of evaluations) {
      // A past year's form was published as it was, faults and all.
      if (!clean || year !== 2025) continue;
      const { total } = scoreForm(clean, selectPolicy(clean).policy);
      const printed = parseDecimal(clean.totalScore);
      const [low, high] =
        total.kind === "number"
          ? [total.value, total.value]
          : total.kind === "bounds"
            ? (total.between ?? [])
            : [];
      if (!printed || !low || !high) throw new Error(`${clean.project} of ${clean.year} has no total`);
      expect(
        compare(low, printed) <= 0 && compare(printed, high) <= 0,
        `${clean.project} ${clean.year}`,
      ).toBe(true);
      const { findings } = reviewForm(openDossier(clean), RULES);
      expect(findings.filter(({ force }) => force === "must").map(({ message }) => message)).toEqual([]);
    }
  });

  it("had not spent or done by July what it had not by December", () => {
    const monitored = district.submissions.filter(({ kind }) => kind === "monitoring");
    expect(monitored.length).toBeGreaterThan(100);
    for (const { project, form } of monitored) {
      const year = evaluations.find((one) => one.project === project && one.year === 2025)?.clean;
      if (!form || !year) continue;
      expect(Number(form.funds[0]?.expenditure), form.project ?? "").toBeLessThanOrEqual(
        Number(year.funds[0]?.expenditure),
      );
      for (const [index, row] of form.indicators.entries())
        if (row.level2 === "数量指标" && row.target.comparison === "≥")
          expect(Number(row.actual.value), row.name ?? "").toBeLessThanOrEqual(
            Number(year.indicators[index]?.actual.value),
          );
    }
  });
});

describe("loading it", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    expect(await hasDemo(database.db)).toBe(false);
    await loadDemo(
      { db: database.db, now: () => NOW, newId, jobs: { enqueue: async () => {} } },
      "no password",
      { projects: 40 },
    );
  }, 60_000);
  afterAll(() => database?.close());

  it("brings every form to where it should stand, through the use-cases of people", async () => {
    const rows = await database.db
      .selectFrom("submission")
      .innerJoin("project", "project.id", "submission.project")
      .select(["project.code", "year", "kind", "state", "desk"])
      .where("kind", "<>", "review")
      .where("is_rollup", "=", false)
      .execute();
    const codes = new Map(demoDistrict(2025).projects.map(({ key, code }) => [key, code]));
    const kept = new Set(rows.map(({ code }) => code));
    const wanted = demoDistrict(2025).submissions.flatMap(({ project, year, kind, state, desk }) => {
      const code = codes.get(project);
      return code && kept.has(code) ? [`${code} ${year} ${kind} ${state} ${desk}`] : [];
    });
    expect(wanted).toHaveLength(280);
    expect(rows.map((row) => `${row.code} ${row.year} ${row.kind} ${row.state} ${row.desk}`).sort()).toEqual(
      wanted.sort(),
    );
    expect(await hasDemo(database.db)).toBe(true);
  });

  it("returns forms for what is in them: the reason is a finding of their own review", async () => {
    const returned = await database.db
      .selectFrom("submission")
      .leftJoin("review_result", "review_result.submission", "submission.id")
      .select(["kind", "return_reason", "review_result.answer"])
      .where("state", "=", "returned")
      .execute();
    expect(new Set(returned.map(({ kind }) => kind))).toEqual(
      new Set(["self-evaluation", "target-declaration"]),
    );
    for (const { return_reason, answer } of returned) {
      const messages = (answer as unknown as { findings: { message: string }[] }).findings.map(
        ({ message }) => message,
      );
      expect(messages.filter((message) => return_reason?.startsWith(message))).toHaveLength(1);
    }
  });

  it("follows the past year up: problems in several states, each a finding, and budgets that follow grades", async () => {
    const entries = await database.db
      .selectFrom("rectification")
      .innerJoin("review_result", "review_result.submission", "rectification.submission")
      .select(["state", "problem", "review_result.answer"])
      .execute();
    expect(new Set(entries.map(({ state }) => state))).toEqual(
      new Set(["open", "answered", "verified", "reopened"]),
    );
    for (const { problem, answer } of entries)
      expect(
        (answer as unknown as { findings: { message: string }[] }).findings.map(({ message }) => message),
      ).toContain(problem);
    const uses = await database.db
      .selectFrom("use_of_result")
      .select(["decision", "grade", "amount"])
      .execute();
    expect(uses.length).toBeGreaterThan(10);
    for (const { decision, grade, amount } of uses) {
      if (grade === "优") expect(decision).toBe("keep");
      expect(amount === null).toBe(decision !== "cut");
    }
    expect(uses.some(({ decision }) => decision === "cut")).toBe(true);
  });

  it("has a drawn sample with review sheets in several states, and roll-ups of a department", async () => {
    const sheets = await database.db
      .selectFrom("sample_item")
      .leftJoin("submission", "submission.id", "sample_item.review")
      .select("state")
      .execute();
    const states = new Set(sheets.map(({ state }) => state));
    expect(states).toEqual(new Set([null, "issued", "draft", "submitted", "under-review", "approved"]));
    const approved = await database.db
      .selectFrom("submission")
      .select("form")
      .where("kind", "=", "review")
      .where("state", "=", "approved")
      .executeTakeFirstOrThrow();
    const marks = (approved.form as unknown as Form).indicators;
    expect(marks.every(({ score, reviewScore }) => score === null || reviewScore !== null)).toBe(true);
    expect(marks.some(({ score, reviewScore }) => score !== reviewScore)).toBe(true);
    const rolledUp = await database.db
      .selectFrom("submission")
      .innerJoin("submission_member", "submission_member.rollup", "submission.id")
      .select(["submission.year", "submission.state"])
      .where("is_rollup", "=", true)
      .execute();
    expect(
      rolledUp.filter(({ year, state }) => year === 2024 && state === "approved").length,
    ).toBeGreaterThan(1);
  });

  it("leaves a review of its revision beside every form, and a chain of events in the order of time", async () => {
    const forms = await database.db
      .selectFrom("submission")
      .leftJoin("review_result", "review_result.submission", "submission.id")
      .select(["submission.revision", "review_result.revision as reviewed"])
      .where("form", "is not", null)
      .execute();
    expect(forms.length).toBeGreaterThan(200);
    expect(forms.filter(({ revision, reviewed }) => revision !== reviewed)).toEqual([]);
    const events = await database.db.selectFrom("event").select(["seq", "at"]).orderBy("seq").execute();
    const times = events.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW.getTime());
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => BigInt(index + 1)));
  });
});
