import {
  approveSubmission,
  getSubmission,
  listReturns,
  openSubmission,
  receiveSubmission,
  replaceForm,
  submitSubmission,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import {
  formOf,
  matter,
  newEvaluation,
  newProject,
  passDesks,
  type SixPeople,
  setCell,
  sixPeople,
  underHead,
} from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

describe.skipIf(opened.browser === null)(
  `the reviewer's desk, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;
    let people: SixPeople;

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
      people = await sixPeople(web.server);
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    /** A form on the department's desk; with a deviation nobody explains where `hasFault`. */
    async function handedIn(
      seed: number,
      name: string,
      hasFault: boolean,
      hasOwnMark = false,
    ): Promise<string> {
      const made = await newEvaluation(web.server, people, { seed, year: 2025, name });
      let { revision } = made;
      if (hasFault) {
        const saved = await setCell(people.clerk, made.submission, revision, "goal.achieved", "全部完成。");
        revision = saved.body.revision;
      }
      if (hasOwnMark) {
        const form = await formOf(people.clerk, made.submission);
        const row = form.indicators.find(({ score }) => score !== null && /^\d+$/.test(score));
        if (!row) throw new Error("no whole mark");
        const total = Number(form.totalScore) - 1;
        for (const [at, to] of [
          [`indicators[${row.id}].score`, String(Number(row.score) - 1)],
          [
            `indicators[${row.id}].deviation`,
            "汛期停工十二天，完工比计划晚；已增加一个作业班组，十月底前补上。",
          ],
          ["totalScore", total.toFixed(2)],
        ] as const)
          revision = (await setCell(people.clerk, made.submission, revision, at, to)).body.revision;
      }
      const params = { submission: made.submission };
      await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: revision });
      await passDesks(made.submission, [people.head]);
      return made.submission;
    }
    const setCellNow = async (submission: string, at: string, to: string) => {
      const { revision } = (await people.clerk.done(getSubmission, { params: { submission } })).body;
      expect((await setCell(people.clerk, submission, revision, at, to)).status).toBe(200);
    };
    const standing = async (submission: string) =>
      (await people.department.done(getSubmission, { params: { submission } })).body;

    test("a reviewer sees why a form comes first, receives many at once, and returns one with an opinion made of its findings", async () => {
      const faulty = await handedIn(450, "有问题的项目", true);
      const calm = await handedIn(451, "没有问题的项目", false);
      const page = await web.pageOf("department-reviewer", "/reviews");
      await page.getByRole("row", { name: /(?<!没)有问题的项目/ }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const first = page.locator("tr[data-row-key]").first();
      expect(await first.textContent()).toContain("有问题的项目");
      await first.focus();
      await page.keyboard.press("o");
      await page.getByRole("link", { name: "下载审核意见（docx）" }).waitFor();
      await page.getByText(/能比较的\d+行得分都与重算一致。/).waitFor();
      await page.keyboard.press("x");
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await page.getByRole("button", { name: "受理所选（2张）" }).click();
      await page.getByText("办成2张，0张没有办成。").waitFor();
      expect((await standing(faulty)).state).toBe("under-review");

      await page.getByRole("combobox", { name: "状态" }).click();
      await page.getByTitle("审核中", { exact: true }).click();
      await page
        .getByRole("row", { name: /(?<!没)有问题的项目/ })
        .getByRole("button", { name: "退回" })
        .click();
      const dialog = page.getByRole("dialog");
      const opinion = dialog.getByRole("textbox");
      await dialog.getByRole("checkbox").first().waitFor();
      for (const box of await dialog.getByRole("checkbox").all()) await box.check();
      const words = await opinion.inputValue();
      expect(words).toMatch(/1\. .+/);
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await opinion.fill(`${words}\n请三日内改好。`);
      await dialog.getByRole("button", { name: "退回" }).click();
      await expect.poll(async () => (await standing(faulty)).state).toBe("returned");
      expect((await standing(faulty)).returnReason).toContain("请三日内改好。");

      await page.getByRole("checkbox", { name: "选择“没有问题的项目”" }).check();
      await page.getByRole("button", { name: "审核通过所选（1张）" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "审核通过", exact: true }).click();
      await page.getByText("办成1张，0张没有办成。").waitFor();
      expect((await standing(calm)).state).toBe("approved");
      await web.leave(page);

      const clerk = await web.pageOf("clerk", `/forms/${faulty}`, { colorScheme: "dark" });
      const points = clerk.getByRole("table", { name: "退回意见、答复和改动" });
      await points.waitFor();
      await clerk.getByText("退回意见全文").click();
      await clerk.getByText("请三日内改好。", { exact: false }).waitFor();
      expect(await accessibilityFaults(clerk)).toEqual([]);
      await points.getByRole("radio", { name: "说明理由" }).first().check();
      await points.getByRole("textbox").first().fill("完工验收要到十二月，届时补。");
      await points.getByRole("button", { name: "记录答复" }).first().click();
      await points.getByText("已答复").first().waitFor();
      await setCellNow(faulty, "goal.achieved", "全部完成，验收合格。");
      await web.leave(clerk);
      const { body: answered } = await people.clerk.done(listReturns, { params: { submission: faulty } });
      expect(answered.returns[0]?.opinions[0]?.answer?.words).toBe("完工验收要到十二月，届时补。");

      // It comes back: opinion, answer and change side by side, in the form and in the list.
      const reviewer = await web.pageOf("department-reviewer", `/forms/${faulty}`);
      const beside = reviewer.getByRole("table", { name: "退回意见、答复和改动" });
      await beside.getByText("完工验收要到十二月，届时补。").waitFor();
      expect(await beside.textContent()).toContain("全部完成。 → 全部完成，验收合格。");
      expect(await reviewer.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(await accessibilityFaults(reviewer)).toEqual([]);
      await web.leave(reviewer);
    }, 60_000);

    test("marks that differ stand beside the rules' own; of many approved one is refused with why", async () => {
      const differing = await handedIn(452, "得分不一致的项目", false, true);
      const other = await handedIn(453, "同时审核的项目", false);
      for (const submission of [differing, other])
        await people.department.done(receiveSubmission, { params: { submission }, body: {} });
      const page = await web.pageOf("department-reviewer", "/reviews?state=under-review");
      const rowOf = (name: string) => page.getByRole("row", { name: new RegExp(name) });
      await rowOf("得分不一致的项目").focus();
      await page.keyboard.press("o");
      const marks = page.getByRole("table", { name: "得分与重算不一致的行" });
      await marks.waitFor();
      const said = (await marks.textContent()) ?? "";
      expect(said).toContain("少1分");
      expect(said).toContain("完成值：");
      expect(await accessibilityFaults(page)).toEqual([]);

      // Somebody else decides about one of them while the list is open.
      await people.department.done(approveSubmission, {
        params: { submission: other },
        body: { opinion: null },
      });
      await page.getByRole("checkbox", { name: "选择“同时审核的项目”" }).check();
      await page.getByRole("checkbox", { name: "选择“得分不一致的项目”" }).check();
      await page.getByRole("button", { name: "审核通过所选（2张）" }).click();
      const asked = page.getByRole("dialog");
      expect(await asked.textContent()).toContain("得分不一致的项目");
      await asked.getByRole("button", { name: "审核通过", exact: true }).click();
      await page.getByText(/办成\d张，\d张没有办成。/).waitFor();
      const outcome = page.getByRole("status").filter({ hasText: "没有办成" });
      expect(await outcome.textContent()).toMatch(/办成1张，1张没有办成。.*同时审核的项目：.+/);

      // What has gone on to the next desk is nobody's work here, and found where it is asked for.
      const asks = (pattern: RegExp) => page.waitForRequest((request) => pattern.test(request.url()));
      const [own] = await Promise.all([
        asks(/\/submissions\?.*state=submitted/),
        page.goto(page.url().replace(/\/reviews.*/, "/reviews")),
      ]);
      expect(own.url()).toContain("desk=department");
      await page.getByText("我的（主管部门）").waitFor();
      await page.getByRole("combobox", { name: "在谁手里" }).click();
      const [anywhere] = await Promise.all([
        asks(/\/submissions\?.*state=submitted/),
        page.getByText("在哪里都看").click(),
      ]);
      expect(anywhere.url()).not.toContain("desk=");
      await web.leave(page);
    }, 60_000);

    test("many go back, each with an opinion of its own findings; what is refused stays with its words and why", async () => {
      const [first, second, third] = [
        await handedIn(456, "甲处退回的项目", true),
        await handedIn(457, "乙处退回的项目", true),
        await handedIn(458, "丙处没有问题的项目", false),
      ];
      for (const submission of [first, second, third])
        await people.department.done(receiveSubmission, { params: { submission }, body: {} });
      const page = await web.pageOf("department-reviewer", "/reviews?state=under-review");
      for (const name of ["甲处退回的项目", "乙处退回的项目", "丙处没有问题的项目"])
        await page.getByRole("checkbox", { name: `选择“${name}”` }).check();
      await page.getByRole("button", { name: "退回所选（3张）" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("加上应当说明的").click();
      const opinion = (name: string) => dialog.getByRole("textbox", { name });
      await expect.poll(() => opinion("甲处退回的项目").inputValue()).toMatch(/1\. .+/);
      const made = await opinion("乙处退回的项目").inputValue();
      expect(made).toMatch(/1\. .+/);
      // Nothing was found in the third: it takes words, or is taken out.
      expect(await opinion("丙处没有问题的项目").inputValue()).toBe("");
      const go = dialog.getByRole("button", { name: /^退回\d张$/ });
      expect(await go.isDisabled()).toBe(true);
      await dialog.getByText("还有1张没有意见或意见过长", { exact: false }).waitFor();
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await dialog.getByRole("button", { name: "移出“丙处没有问题的项目”" }).click();
      await opinion("甲处退回的项目").fill("只改第一项。");
      await dialog
        .getByRole("textbox", { name: "每份意见末尾都加的一句（可以不填）" })
        .fill("请三日内报来。");
      // Somebody else decides about one of them while the dialog is open.
      await people.department.done(approveSubmission, {
        params: { submission: second },
        body: { opinion: null },
      });
      await go.click();
      await dialog.getByText("已退回1张，1张没有退回", { exact: false }).waitFor();
      await dialog.getByText(/没有退回：.+/).waitFor();
      expect(await opinion("乙处退回的项目").inputValue()).toBe(made);
      expect(await opinion("甲处退回的项目").count()).toBe(0);
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      expect((await standing(first)).returnReason).toBe("只改第一项。\n请三日内报来。");
      expect((await standing(second)).state).toBe("approved");
      expect((await standing(third)).state).toBe("under-review");
      await dialog.getByRole("button", { name: "移出“乙处退回的项目”" }).click();
      await dialog.waitFor({ state: "hidden" });

      // Untouched, the words are those of the findings.
      const fourth = await handedIn(459, "丁处退回的项目", true);
      await people.department.done(receiveSubmission, { params: { submission: fourth }, body: {} });
      await page.goto(`${web.address}/reviews?state=under-review`, { waitUntil: "networkidle" });
      await page.getByRole("checkbox", { name: "选择“丁处退回的项目”" }).check();
      await page.getByRole("button", { name: "退回所选（1张）" }).click();
      await dialog.getByText("加上应当说明的").click();
      await expect.poll(() => opinion("丁处退回的项目").inputValue()).toMatch(/1\. .+/);
      const words = await opinion("丁处退回的项目").inputValue();
      await go.click();
      await expect.poll(async () => (await standing(fourth)).state).toBe("returned");
      expect((await standing(fourth)).returnReason).toBe(words);
      await web.leave(page);
    }, 60_000);

    test("a list of targets, which carry no marks, says so instead of an empty column", async () => {
      const project = await newProject(people.clerk, web.server, "只有目标的项目");
      const { declaration } = matter(456, 2025);
      const opened = await people.clerk.done(openSubmission, {
        body: { year: 2025, kind: "target-declaration", project, from: "blank" },
      });
      const params = { submission: opened.body.submission.id };
      const saved = await people.clerk.done(replaceForm, {
        params,
        ifMatch: opened.revision,
        body: { form: underHead(declaration, opened.body.form as Form) as never },
      });
      await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: saved.revision });
      await passDesks(params.submission, [people.head]);
      const page = await web.pageOf("department-reviewer", "/reviews?kind=target-declaration");
      await page.getByRole("row", { name: /只有目标的项目/ }).waitFor();
      await page.getByText("没有列得分：绩效目标、调整和监控都不打分", { exact: false }).waitFor();
      expect(await page.getByRole("columnheader", { name: "自评 → 重算" }).count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("the list of forms is found by search, body and order, all of which stand in its address", async () => {
      const submission = await handedIn(455, "水库除险加固", false);
      const page = await web.pageOf("department-reviewer", "/forms");
      await page.getByRole("searchbox", { name: "按项目名称或拼音首字母查找" }).fill("skcx");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "水库除险加固" }).first().waitFor();
      await page.waitForURL(/q=skcx/);
      // The declaration of its targets, and the evaluation.
      await page.getByText("共2张。").waitFor();
      const list = page.getByRole("table").last();
      await page.getByRole("columnheader", { name: "风险" }).click();
      await page.waitForURL(/sort=risk/);
      await page.getByText("共2张。").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await list.textContent()).toMatch(/一致|在范围内/);
      // The figure of the risk says by keyboard alone what it is made of, and the page how it is reckoned.
      const figure = page
        .locator(`tr[data-row-key="${submission}"]`)
        .getByRole("button", { name: /^风险\d+：/ });
      await figure.focus();
      const parts = page.locator(".risk-parts");
      await parts.waitFor();
      const points = await parts.locator("li > :last-child").allTextContents();
      const { risk, riskParts } = await standing(submission);
      expect(risk).toBeGreaterThan(0);
      expect(points.reduce((sum, each) => sum + Number(each), 0)).toBe(risk);
      expect(riskParts?.reduce((sum, each) => sum + each.points, 0)).toBe(risk);
      await page.keyboard.press("Escape");
      await parts.waitFor({ state: "hidden" });
      await page.getByText("风险怎么算").click();
      await page.getByText("应当说明的问题：每个12，最多60").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const sent = await web.pageOf(
        "department-reviewer",
        new URL(page.url()).pathname + new URL(page.url()).search,
        {
          colorScheme: "dark",
        },
      );
      await sent.getByRole("link", { name: "水库除险加固" }).first().waitFor();
      expect(await sent.locator("tr[data-row-key]").count()).toBe(2);
      expect(await sent.locator(`tr[data-row-key="${submission}"]`).count()).toBe(1);
      expect(await accessibilityFaults(sent)).toEqual([]);
      await sent.getByRole("searchbox").fill("没有这样的项目");
      await sent.keyboard.press("Enter");
      await sent.getByText("没有符合筛选的表。放宽或清除筛选再看。").waitFor();
      await sent.getByRole("button", { name: "清除筛选" }).click();
      await sent.getByRole("link", { name: "水库除险加固" }).first().waitFor();
      await web.leave(sent);
      await web.leave(page);
    }, 60_000);
  },
);
