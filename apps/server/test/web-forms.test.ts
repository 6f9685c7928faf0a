import { getForm, getSubmission, issueSubmission, listEvidence } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import type { TestClient } from "./client.ts";
import {
  approvedDeclaration,
  formOf,
  matter,
  newEvaluation,
  newProject,
  type SixPeople,
  sixPeople,
} from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

describe.skipIf(opened.browser === null)(
  `a form from hand to hand, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
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

    const cell = (page: Page, at: string) => page.locator(`[data-at="${at}"]`);
    const put = async (page: Page, at: string, text: string) => {
      await cell(page, at).click();
      // As after choosing a word of an input method: Chinese comes without keys of its own.
      await page.keyboard.press("F2");
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(text);
      await page.keyboard.press("Enter");
    };
    const pasted = async (page: Page, at: string, text: string) => {
      await cell(page, at).click();
      await page.evaluate((block) => {
        const data = new DataTransfer();
        data.setData("text/plain", block);
        document.activeElement?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true }),
        );
      }, text);
    };
    const standing = async (submission: string, client: TestClient = people.clerk) =>
      (await client.done(getSubmission, { params: { submission } })).body.state;

    test("a clerk begins with the approved targets, fills in, is held up by a wrong total, corrects it and hands in", async () => {
      const project = await newProject(people.clerk, web.server, "从空到送审的项目");
      const { evaluation, declaration } = matter(420, 2025);
      await approvedDeclaration(people, project, 2025, declaration);
      const { body } = await people.department.done(issueSubmission, {
        body: { year: 2025, kind: "self-evaluation", project, due: null },
      });
      const page = await web.pageOf("clerk", `/forms/${body.id}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "开始填报" }).click();
      await page.getByRole("grid", { name: "项目支出绩效自评表" }).waitFor();
      const begun = await formOf(people.clerk, body.id);
      const [first] = begun.indicators;
      await pasted(
        page,
        `indicators[${first?.id}].actual`,
        evaluation.indicators
          .map(({ actual, points, score, deviation }) =>
            [actual.text, points, score, deviation].map((text) => text ?? "").join("\t"),
          )
          .join("\n"),
      );
      await pasted(page, "funds[0].initialBudget", fundsOf(evaluation));
      for (const place of ["expected", "achieved"] as const) {
        const at = `goal.${place}`;
        if ((await cell(page, at).textContent()) === "") await put(page, at, evaluation.goal[place] ?? "");
      }
      await put(page, "totalScore", "12");
      if (evaluation.grade !== null && (await cell(page, "grade").count()) > 0)
        await put(page, "grade", evaluation.grade);
      await page.getByText("已保存", { exact: true }).waitFor();
      await page.getByRole("button", { name: "送审", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "送审", exact: true }).click();
      await dialog.getByRole("button", { name: "去更正" }).first().waitFor();
      expect(await dialog.getByRole("button", { name: "提交说明并送审" }).isDisabled()).toBe(true);
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await dialog.getByRole("button", { name: "去更正" }).first().click();
      await put(page, "totalScore", evaluation.totalScore ?? "");
      await page.getByRole("button", { name: "送审", exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: "送审", exact: true }).click();
      await page.getByText("已送审", { exact: false }).first().waitFor();
      expect(await standing(body.id)).toBe("submitted");
      await web.leave(page);
    });

    test("a form is returned with a reason, seen and corrected by its clerk, and handed in again", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 421,
        year: 2025,
        name: "退回再送审的项目",
      });
      const clerk = await web.pageOf("clerk", `/forms/${submission}`);
      await clerk.getByRole("button", { name: "送审", exact: true }).click();
      await clerk.getByRole("dialog").getByRole("button", { name: "送审", exact: true }).click();
      await expect.poll(() => standing(submission)).toBe("submitted");
      await web.leave(clerk);

      const head = await web.pageOf("unit-head", `/forms/${submission}`);
      await head.getByRole("button", { name: "受理" }).click();
      await head.getByRole("dialog").getByRole("button", { name: "受理" }).click();
      await expect.poll(() => standing(submission)).toBe("under-review");
      await head.getByRole("button", { name: "更多操作" }).click();
      await head.getByRole("menuitem", { name: "退回" }).click();
      const dialog = head.getByRole("dialog");
      const refusal = dialog.getByRole("button", { name: "退回" });
      expect(await refusal.isDisabled()).toBe(true);
      await dialog.getByRole("textbox").fill("请附上完成数量的验收单。");
      await refusal.click();
      await expect.poll(() => standing(submission)).toBe("returned");
      await web.leave(head);

      const again = await web.pageOf("clerk", `/forms/${submission}`);
      await again.getByText("请附上完成数量的验收单。").waitFor();
      await again.getByRole("tab", { name: "佐证材料" }).click();
      await again.setInputFiles("input[type=file]", {
        name: "验收单.pdf",
        mimeType: "application/pdf",
        buffer: Buffer.from("%PDF-1.4 acceptance"),
      });
      await again.getByRole("link", { name: "验收单.pdf" }).waitFor();
      expect(
        (await people.clerk.done(listEvidence, { params: { submission } })).body.items.map(
          ({ name }) => name,
        ),
      ).toEqual(["验收单.pdf"]);
      expect(await accessibilityFaults(again)).toEqual([]);
      await again.getByRole("tab", { name: "经过" }).click();
      await again.getByText("请附上完成数量的验收单", { exact: false }).first().waitFor();
      await again.getByRole("button", { name: "送审", exact: true }).click();
      await again.getByRole("dialog").getByRole("button", { name: "送审", exact: true }).click();
      await expect.poll(() => standing(submission)).toBe("submitted");
      await web.leave(again);
    });

    test("two people on one form see each other, and what both type is kept", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 422,
        year: 2025,
        name: "两人同填的项目",
      });
      const rows = (await formOf(people.clerk, submission)).indicators;
      const [one, two] = [rows[0]?.id, rows[1]?.id];
      const first = await web.pageOf("clerk", `/forms/${submission}`);
      const account = people.secondClerk.account;
      if (!account) throw new Error("the second clerk has an account");
      const second = await web.pageOf(account, `/forms/${submission}`);
      await second.getByText(web.server.home.accounts.clerk.name, { exact: false }).first().waitFor();
      await put(first, `indicators[${one}].deviation`, "第一人写的");
      await put(second, `indicators[${two}].deviation`, "第二人写的");
      await second.getByText("第一人写的").first().waitFor({ timeout: 15_000 });
      await first.getByText("第二人写的").first().waitFor({ timeout: 20_000 });
      const { body } = await people.clerk.done(getForm, { params: { submission } });
      const kept = (body.form as Form | null)?.indicators.slice(0, 2).map(({ deviation }) => deviation);
      expect(kept).toEqual(["第一人写的", "第二人写的"]);
      await web.leave(first);
      await web.leave(second);
    }, 60_000);

    test("this form stands beside the approved targets, with a changed one marked", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 423,
        year: 2025,
        name: "对照的项目",
      });
      const [row] = (await formOf(people.clerk, submission)).indicators;
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      await put(page, `indicators[${row?.id}].target`, "≥12345个");
      await page.getByRole("button", { name: "对照" }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByText("目标有改动").waitFor();
      await drawer
        .getByText(row?.target.text ?? "", { exact: true })
        .first()
        .waitFor();
      expect(await drawer.getByText("≥12345个").count()).toBe(1);
      expect(await accessibilityFaults(page, ".ant-drawer-section")).toEqual([]);
      await web.leave(page);
    });

    test("the editor can be read in the dark as well", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 424,
        year: 2025,
        name: "夜里看的项目",
      });
      const [row] = (await formOf(people.clerk, submission)).indicators;
      const page = await web.pageOf("clerk", `/forms/${submission}`, { colorScheme: "dark" });
      await put(page, `indicators[${row?.id}].score`, "99");
      await page.locator(".must").first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("the first form is led step by step to its end", async () => {
      const page = await web.pageOf("clerk", "/forms/guide");
      const step = (number: number) => page.getByRole("heading", { name: `第${number}步`, exact: false });
      await step(1).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await put(page, "indicators[lamps].actual", "125盏");
      await step(2).waitFor();
      await put(page, "indicators[lamps].score", "20");
      await step(3).waitFor();
      await put(page, "indicators[lit].actual", "95%");
      await put(page, "indicators[lit].score", "14.54");
      await step(4).waitFor();
      await put(page, "indicators[lit].deviation", "线路老化未修好，明年六月底前换完。");
      await step(5).waitFor();
      await put(page, "funds[0].expenditure", "48.00");
      await put(page, "funds[0].executionRate", "96.00%");
      await put(page, "funds[0].score", "9.6");
      await step(6).waitFor();
      await put(page, "totalScore", "99.14");
      await page.getByText("会了！").waitFor();
      await web.leave(page);
    });
  },
);

/** The money of a form as it is copied out of a spreadsheet. */
function fundsOf({ funds }: Form): string {
  return funds
    .map((fund) =>
      [fund.initialBudget, fund.adjustedBudget, fund.expenditure, fund.points, fund.executionRate, fund.score]
        .map((figure) => figure ?? "—")
        .join("\t"),
    )
    .join("\n");
}
