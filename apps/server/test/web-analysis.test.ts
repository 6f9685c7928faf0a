import { readFile } from "node:fs/promises";
import {
  createCall,
  getMoneyStatistics,
  getPointStatistics,
  getScoreStatistics,
  getWorkbench,
  listFormsBehind,
} from "@jiheng/contract/http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { BROWSER_IS_REQUIRED, openBrowser } from "../../../scripts/browser.mjs";
import { plantForm } from "./plant-form.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();
const SECTIONS = ["得分", "资金", "失分", "超额完成", "部门比较", "历年", "虚高迹象", "换办法试算"] as const;

if (BROWSER_IS_REQUIRED)
  test("a browser is at hand where every change is checked", () => {
    expect(opened.browser, opened.why ?? "").not.toBeNull();
  });

/** A card of the page by its heading. */
function card(page: Page, title: string) {
  return page.locator("figure", { has: page.getByRole("heading", { name: title, exact: true }) });
}

/** The cells of the table in a card, row by row, without the signs that set thousands apart. */
async function cellsOf(page: Page, title: string): Promise<string[][]> {
  await card(page, title).locator("label", { hasText: "表" }).last().click();
  const rows = card(page, title).locator("tbody tr.ant-table-row");
  await rows.first().waitFor();
  return rows.evaluateAll((all) =>
    all.map((row) =>
      [...row.querySelectorAll("td")].map((cell) => (cell.textContent ?? "").replaceAll(",", "")),
    ),
  );
}

async function downloaded(page: Page, title: string, shape: string): Promise<Buffer> {
  await page.getByRole("button", { name: `下载：${title}` }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".ant-dropdown:not(.ant-dropdown-hidden)").getByText(shape, { exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(
    new RegExp(`^${title}-\\d{4}年-.+-已开始填写的\\.${shape.toLowerCase()}$`),
  );
  return readFile(await file.path());
}

describe.skipIf(opened.browser === null)(
  `the analysis in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;
    const year = String(new Date().getFullYear() - 1);

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
      for (let seed = 10; seed < 22; seed++)
        await plantForm(web.server, {
          seed,
          year: Number(year),
          department: (seed % 2) as 0 | 1,
          unit: ((seed >> 1) % 2) as 0 | 1,
          state: ["approved", "returned", "submitted"][seed % 3] ?? "approved",
          name: seed === 11 ? "=1+1 公式项目" : `分析项目${seed}`,
          totalScore: `${70 + ((seed * 7) % 30)}.5`,
          grade: seed % 2 ? "优" : "良",
          expenditure: BigInt(seed) * 1_000_003n,
        });
      await web.server.platform.db
        .updateTable("submission")
        .set({ adjusted_budget: 30_000_000n, return_reason: "数量指标的完成值与台账不一致" })
        .where("year", "=", Number(year))
        .execute();
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    const asked = (more: Record<string, string> = {}) => ({
      query: { year, organisation: web.server.home.root.id, ...more },
    });

    test("the table of a chart says what the server says; a filter changes both and stands in the address", async () => {
      const finance = await web.server.as("finance-officer");
      const page = await web.pageOf("finance-officer", "/analysis");
      const scores = (await finance.done(getScoreStatistics, asked())).body;
      expect(await cellsOf(page, "自评等级")).toEqual(
        [...scores.grades]
          .sort((a, b) => (a.grade === "优" ? -1 : 1) - (b.grade === "优" ? -1 : 1))
          .map(({ grade, forms, expenditure, formsWithoutMoney }) => [
            grade,
            String(forms),
            ((forms / scores.forms) * 100).toFixed(1),
            expenditure,
            String(formsWithoutMoney),
          ]),
      );
      const plane = await cellsOf(page, "分数高、钱没花出去的是哪些");
      expect(plane.map(([, , rate, score]) => [rate, score])).toEqual(
        scores.plane.points.map(({ rate, score }) => [rate, score]),
      );
      expect(await card(page, "分数高、钱没花出去的是哪些").locator("figcaption").textContent()).toContain(
        `${scores.plane.forms}张可以比较；其中${scores.plane.highScoreLowRate}张`,
      );
      await page.getByRole("tab", { name: "资金" }).click();
      const money = (await finance.done(getMoneyStatistics, asked())).body.totals;
      const steps = await cellsOf(page, "钱从年初预算走到年末执行");
      const streams = await cellsOf(page, "钱从哪里来、花到哪里去");
      expect(streams.filter(([from]) => from?.startsWith("合计：")).map(([, , yuan]) => yuan)).toEqual([
        money.initialBudget,
        money.increased,
        money.decreased,
        money.adjustedBudget,
        money.unspent,
        money.overspent,
        money.expenditure,
      ]);
      expect(steps.map(([, yuan]) => yuan)).toEqual([
        money.initialBudget,
        money.increased,
        money.decreased,
        money.adjustedBudget,
        money.unspent,
        money.overspent,
        money.expenditure,
      ]);
      await page.getByRole("combobox", { name: "计入哪些表" }).click();
      await page.getByTitle("已审核及以后的").click();
      const decided = (await finance.done(getMoneyStatistics, asked({ standing: "decided" }))).body.totals;
      expect(decided.expenditure).not.toBe(money.expenditure);
      await expect
        .poll(async () => (await cellsOf(page, "钱从年初预算走到年末执行")).at(-1)?.[1])
        .toBe(decided.expenditure);
      expect(new URL(page.url()).searchParams.get("standing")).toBe("decided");
      await web.leave(page);
    });

    test("a chart is taken home as CSV, SVG and PNG", async () => {
      const page = await web.pageOf("finance-officer", "/analysis");
      const title = "分数高、钱没花出去的是哪些";
      const csv = await downloaded(page, title, "CSV");
      expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      expect(csv.toString()).toContain("'=1+1 公式项目,");
      expect(csv.toString().trim().split("\r\n")).toHaveLength(13);
      const svg = (await downloaded(page, title, "SVG")).toString();
      expect(svg).toMatch(/^<svg xmlns/);
      expect(svg).toContain(title);
      expect(svg).toContain(`>${year}年 · `);
      expect(svg.match(/<path/g)?.length).toBeGreaterThan(12);
      // Well formed, whatever the projects are called.
      expect(
        await page.evaluate(
          (text) =>
            new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null,
          svg,
        ),
      ).toBe(true);
      const png = await downloaded(page, title, "PNG");
      expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
      await web.leave(page);
    });

    test("a mark leads to the forms behind it, by pointer and by keyboard, and they are as many as it says", async () => {
      const finance = await web.server.as("finance-officer");
      const points = (await finance.done(getPointStatistics, asked())).body;
      const page = await web.pageOf("finance-officer", "/analysis");
      const bar = card(page, "自评等级").locator("svg path[fill='#1f6fb2']").first();
      await bar.click();
      await page.getByRole("heading", { name: "数字背后的表" }).waitFor();
      await page.getByText("等级优").waitFor();
      const scores = (await finance.done(getScoreStatistics, asked())).body;
      const forms = scores.grades.find(({ grade }) => grade === "优")?.forms ?? 0;
      await expect.poll(() => page.locator("tbody tr.ant-table-row").count()).toBe(forms);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("columnheader", { name: "总分", exact: true }).click();
      await page.waitForURL(/sort=score&order=desc/);
      await page.getByRole("columnheader", { name: "总分", exact: true }).click();
      await page.waitForURL(/sort=score&order=asc/);
      await page.locator("th[aria-sort=ascending]", { hasText: "总分" }).waitFor();
      const marks = async () =>
        (await page.locator("tbody tr.ant-table-row td:nth-child(4)").allTextContents()).map(Number);
      await expect.poll(marks).toEqual((await marks()).toSorted((one, other) => one - other));
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "把所列的导出为表格（CSV）" }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^数字背后的表-.+-等级优\.csv$/);
      const rows = (await readFile(await file.path())).toString().trim().split("\r\n");
      expect(rows).toHaveLength(1 + forms);
      expect(rows.slice(1).map((row) => Number(row.split(",")[3]))).toEqual(await marks());
      await page.goto(`${web.address}/analysis?show=points`, { waitUntil: "networkidle" });
      const [first] = await cellsOf(page, "分失在哪一类");
      const worst = points.categories.toSorted((a, b) => Number(b.lost) - Number(a.lost))[0];
      expect([first?.[0], first?.[1]]).toEqual([worst?.title, worst?.lost]);
      await card(page, "分失在哪一类").getByRole("link").first().focus();
      await page.keyboard.press("Enter");
      await page.getByText(/在.+上失分，/).waitFor();
      await page.locator("tbody a").first().click();
      await page.waitForURL(/\/forms\/[0-9a-f-]{36}$/);
      await web.leave(page);
    });

    test("every link of every chart leads to as many forms as it says; a cell and a stream lead to their own", async () => {
      const finance = await web.server.as("finance-officer");
      const page = await web.pageOf("finance-officer", "/analysis");
      let links = 0;
      for (const section of SECTIONS.slice(0, -1)) {
        await page.getByRole("tab", { name: section, exact: true }).click();
        await page.getByRole("tab", { name: section, exact: true, selected: true }).waitFor();
        await page.locator("[role=tabpanel] figure").first().waitFor();
        await page.waitForLoadState("networkidle");
        // The streams are loaded apart.
        if (section === "资金") await card(page, "钱从哪里来、花到哪里去").waitFor();
        for (const choice of await page.locator("figure label", { hasText: /^数据表$/ }).all())
          await choice.click();
        const ways = await page.locator("[role=tabpanel] a[href^='/analysis/forms']").evaluateAll((all) =>
          all.map((link) => ({
            to: link.getAttribute("href") ?? "",
            forms: Number(link.getAttribute("data-forms") ?? "NaN"),
          })),
        );
        expect(ways.length, section).toBeGreaterThan(1);
        for (const { to, forms } of ways) {
          const query = Object.fromEntries(new URL(to, web.address).searchParams) as { year: string };
          const found = await finance.done(listFormsBehind, {
            query: { organisation: web.server.home.root.id, ...query },
          });
          expect([section, to, forms]).toEqual([section, to, found.body.forms]);
          expect(forms, to).toBeGreaterThan(0);
        }
        links += ways.length;
      }
      expect(links).toBeGreaterThan(40);

      await page.getByRole("tab", { name: "失分", exact: true }).click();
      const points = (await finance.done(getPointStatistics, asked())).body;
      const heat = card(page, "哪个部门（单位）在哪一类上失分");
      await heat.getByRole("img", { name: "哪个部门（单位）在哪一类上失分" }).locator("svg").waitFor();
      await heat.scrollIntoViewIfNeeded();
      const [body] = points.bodies;
      const cell = body?.cells.toSorted((a, b) => b.losingForms - a.losingForms)[0];
      const share = ((Number(cell?.lost) / Number(cell?.points)) * 100).toFixed(1);
      // The cells of a body stand in its row, at the height of its name.
      const row = await heat.locator("svg text", { hasText: body?.name ?? "" }).boundingBox();
      const words = heat.locator("svg text", { hasText: new RegExp(`^${share}$`) });
      const boxes = await Promise.all((await words.all()).map((each) => each.boundingBox()));
      const at = boxes.find((box) => box && row && Math.abs(box.y - row.y) < 12);
      if (!at) throw new Error("no such cell is drawn");
      await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2);
      await page.getByText(`在${cell?.title}上失分`).waitFor();
      await expect.poll(() => page.locator("tbody tr.ant-table-row").count()).toBe(cell?.losingForms);
      expect(await page.getByText(body?.name ?? "").count()).toBeGreaterThan(0);

      await page.goto(`${web.address}/analysis?show=money`, { waitUntil: "networkidle" });
      const { totals } = (await finance.done(getMoneyStatistics, asked())).body;
      await card(page, "钱从哪里来、花到哪里去").locator("svg text", { hasText: "未执行" }).click();
      await page.getByText("有钱没有花").waitFor();
      await expect.poll(() => page.locator("tbody tr.ant-table-row").count()).toBe(totals.formsUnspent);
      await web.leave(page);
    });

    test("another policy is tried on the year, and nothing is written", async () => {
      const page = await web.pageOf("finance-officer", "/analysis?show=policy");
      await page.getByRole("combobox", { name: "换成哪套评分办法" }).click();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "试算" }).click();
      await page.getByRole("heading", { name: "换办法前后的总分" }).waitFor();
      expect(await card(page, "换办法前后的总分").locator("figcaption").textContent()).toContain("12张按");
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test.each([
      ["light", SECTIONS],
      ["dark", ["资金", "失分", "虚高迹象"]],
    ] as const)("nobody is shut out, %s", async (colorScheme, sections) => {
      const page = await web.pageOf("finance-officer", "/analysis", { colorScheme });
      for (const section of sections) {
        await page.getByRole("tab", { name: section, exact: true }).click();
        await page.mouse.move(0, 0);
        await page.getByRole("tab", { name: section, exact: true, selected: true }).waitFor();
        await page.waitForLoadState("networkidle");
        await page.locator("[role=tabpanel]").locator("figure, [role=combobox]").first().waitFor();
        expect(await accessibilityFaults(page), section).toEqual([]);
      }
      await web.leave(page);
    });

    test("the workbench says what waits, how far the units are, what was returned and why", async () => {
      const department = await web.server.as("department-reviewer");
      await department.done(createCall, {
        body: {
          year: Number(year) + 1,
          kind: "target-declaration",
          scope: web.server.home.departments[0].id,
          title: "申报明年的目标",
          due: new Date(Date.now() + 3 * 86_400_000).toISOString(),
        },
      });
      const page = await web.pageOf("department-reviewer", "/");
      const waits = (await department.done(getWorkbench, { query: {} })).body;
      const all = waits.counts.reduce((sum, { forms }) => sum + forms, 0);
      await page.getByText(`等您办理${all}张`).waitFor();
      await page.getByText("各单位的进度").waitFor();
      const lines = await page.locator(".progress-list li").allTextContents();
      // All units together, then each of the two.
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(/^合计\d+张：.*未送审/);
      await page.getByText("快到期和逾期的").waitFor();
      await page.getByText("数量指标的完成值与台账不一致").first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("somebody without forms is told what is theirs to do; somebody new is led to the exercise", async () => {
      const auditor = await web.pageOf("auditor", "/");
      await auditor.getByText("您查看操作日志").waitFor();
      await auditor.getByRole("region", { name: "日志概况" }).getByText("还没有校验过").waitFor();
      expect(await accessibilityFaults(auditor)).toEqual([]);
      await web.leave(auditor);
      const clerk = await web.pageOf("clerk", "/", { colorScheme: "dark" });
      await clerk.getByText("第一次填自评表？").waitFor();
      expect(await accessibilityFaults(clerk)).toEqual([]);
      await clerk.getByRole("button", { name: "我会填，不再显示" }).click();
      await clerk.reload({ waitUntil: "networkidle" });
      expect(await clerk.getByText("第一次填自评表？").count()).toBe(0);
      await web.leave(clerk);
    });
  },
);
