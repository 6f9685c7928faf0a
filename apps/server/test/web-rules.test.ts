import { listRules } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import { formOf, newEvaluation, type SixPeople, setCell, sixPeople } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

describe.skipIf(opened.browser === null)(
  `rules and policies, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
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

    test("a rule is found, read, and switched off with a reason; the next review no longer asks it", async () => {
      const { submission, revision } = await newEvaluation(web.server, people, {
        seed: 430,
        year: 2025,
        name: "规则项目",
      });
      const rule = "total-score-mismatch";
      const page = await web.pageOf("finance-officer", "/rules");
      await page.getByRole("searchbox", { name: "查找规则" }).fill("总分不等于");
      await page.keyboard.press("Enter");
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "总分不等于各项得分之和" }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByText("会提出", { exact: true }).waitFor();
      await drawer.getByText(/年的\d+张自评表上没有提出过这条规则/).waitFor();
      expect(await accessibilityFaults(page, ".ant-drawer-section")).toEqual([]);
      await drawer.getByRole("button", { name: "记录调整" }).click();
      await drawer.getByText("请写明理由，至少4个字").waitFor();
      await drawer.getByRole("combobox", { name: "改为" }).click();
      await page.getByTitle("停用", { exact: true }).click();
      await drawer.getByRole("textbox", { name: "理由" }).fill("本地另有合计办法");
      await drawer.getByRole("button", { name: "记录调整" }).click();
      await drawer.getByText("本地另有合计办法", { exact: false }).first().waitFor();
      const { body } = await people.finance.done(listRules, {});
      expect(body.rules.find(({ id }) => id === rule)).toMatchObject({
        inForce: "off",
        settings: [{ reason: "本地另有合计办法" }],
      });
      const saved = await setCell(people.clerk, submission, revision, "totalScore", "12");
      expect(saved.body.review.findings.filter((finding) => finding.rule === rule)).toEqual([]);
      expect(saved.body.review.changedRules.map((changed) => changed.rule)).toContain(rule);
      expect((await formOf(people.clerk, submission)).totalScore).toBe("12");
      await web.leave(page);
    });

    test("two policies stand beside each other, examples are computed, and a year is scored by another pack", async () => {
      await newEvaluation(web.server, people, { seed: 431, year: 2025, name: "试算项目" });
      const page = await web.pageOf("finance-officer", "/policies", { colorScheme: "dark" });
      await page.getByRole("combobox", { name: "与另一套比较" }).click();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByText(/项参数中有\d+项不同/).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      // The choice stands in the address, so the box is ticked a moment after the click.
      await page.getByRole("checkbox", { name: "只看不同" }).click();
      await page.getByRole("checkbox", { name: "只看不同", checked: true }).waitFor();
      const compared = page.getByRole("tabpanel", { name: "参数和依据" }).locator("tbody tr.ant-table-row");
      expect(await compared.count()).toBe(await compared.filter({ hasText: "不同" }).count());
      await page.getByRole("tab", { name: "算例" }).click();
      const cells = page.getByRole("tabpanel", { name: "算例" }).getByRole("row");
      await expect.poll(() => cells.count()).toBeGreaterThan(2);
      for (const row of (await cells.all()).slice(1, 4)) {
        const [, gives, now] = await row.getByRole("cell").allTextContents();
        expect(now).toBe(gives);
      }
      await page.getByRole("tab", { name: "试算某年的表" }).click();
      await page.getByRole("button", { name: "试算", exact: true }).click();
      await page.getByText(/张表全部试算过/).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });
  },
);
