import { getForm } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BROWSER_IS_REQUIRED, openBrowser } from "../../../scripts/browser.mjs";
import { formOf, newEvaluation, type SixPeople, sixPeople } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

if (BROWSER_IS_REQUIRED)
  test("a browser is at hand where every change is checked", () => {
    expect(opened.browser, opened.why ?? "").not.toBeNull();
  });

describe.skipIf(opened.browser === null)(
  `the web application${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
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

    test("asks who is here, and says what was wrong with a login", async () => {
      const page = await web.pageOf(null, "/forms");
      await page.locator("#region").click();
      await page.getByTitle("青川区").click();
      await page.fill("input[autocomplete=username]", "nobody");
      await page.fill("input[type=password]", "wrong password");
      await page.click("button[type=submit]");
      await page.waitForSelector("[role=alert]");
      expect(await page.textContent("[role=alert]")).toContain("登录");
      await web.leave(page);
    });

    test("a cell is typed into by keyboard, reviewed at once, saved by itself, undone and saved again", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 300,
        year: 2025,
        name: "网页填报项目",
      });
      const [row] = (await formOf(people.clerk, submission)).indicators;
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      const cell = page.locator(`[data-at="indicators[${row?.id}].score"]`);
      const before = (await cell.textContent()) ?? "";
      await cell.click();
      await page.keyboard.type("99");
      await page.keyboard.press("Enter");
      await page.waitForSelector(`[data-at="indicators[${row?.id}].score"].must`);
      await page.getByText("已保存").waitFor();
      expect((await formOf(people.clerk, submission)).indicators[0]?.score).toBe("99");
      await page.getByRole("button", { name: "到这一格" }).first().click();
      expect(
        await page.evaluate(() => document.activeElement?.closest("[data-at]")?.getAttribute("data-at")),
      ).not.toBeNull();
      await page.getByRole("button", { name: "撤销", exact: true }).click();
      await expect.poll(() => cell.textContent()).toBe(before);
      await expect
        .poll(async () => (await formOf(people.clerk, submission)).indicators[0]?.score, { timeout: 10_000 })
        .toBe(row?.score);
      await web.leave(page);
    });

    test("a block from a spreadsheet goes into the cells it covers; what is typed without a network survives the browser", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 301,
        year: 2025,
        name: "粘贴和离线项目",
      });
      const rows = (await formOf(people.clerk, submission)).indicators;
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      await page.context().setOffline(true);
      await page.locator(`[data-at="indicators[${rows[0]?.id}].points"]`).click();
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.setData("text/plain", "11\t10\n12\t9\n");
        document.activeElement?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true }),
        );
      });
      await page.getByText("未保存，已留在本机").waitFor({ timeout: 15_000 });
      expect((await formOf(people.clerk, submission)).indicators[0]?.points).toBe(rows[0]?.points);
      await page.context().setOffline(false);
      await page.reload({ waitUntil: "networkidle" });
      await page.getByText("已保存").waitFor({ timeout: 15_000 });
      const now = (await people.clerk.done(getForm, { params: { submission } })).body.form?.indicators ?? [];
      expect(now.slice(0, 2).map(({ points, score }) => [points, score])).toEqual([
        ["11", "10"],
        ["12", "9"],
      ]);
      await web.leave(page);
    });
  },
);
