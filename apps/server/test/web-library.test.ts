import { getForm, getProject, listBudget, listProjects } from "@jiheng/contract/http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { BROWSER_IS_REQUIRED, openBrowser } from "../../../scripts/browser.mjs";
import { formOf, newEvaluation, type SixPeople, sixPeople } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const YEAR = 2025;
const opened = await openBrowser();

if (BROWSER_IS_REQUIRED)
  test("a browser is at hand where every change is checked", () => {
    expect(opened.browser, opened.why ?? "").not.toBeNull();
  });

/** Picks what is offered in a list that is open; the newest list is the last. */
const pick = (page: Page, title: string) =>
  page.locator(".ant-select-dropdown:visible").getByTitle(title, { exact: false }).first().click();

describe.skipIf(opened.browser === null)(
  `projects, budget and indicators in the application${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;
    let people: SixPeople;
    let unit: { readonly id: string; readonly name: string };

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
      people = await sixPeople(web.server);
      unit = web.server.home.departments[0].units[0] as typeof unit;
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    test("a project is registered, found by its initials, changed, carried over, and its targets are declared", async () => {
      const page = await web.pageOf("clerk", "/projects");
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "项目入库" }).click();
      await page.getByLabel("项目名称").fill("圩区排涝站更新");
      await page.getByRole("dialog").getByLabel("实施单位").last().click();
      await pick(page, unit.name);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "入库", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "圩区排涝站更新" }).waitFor();
      await page.getByRole("button", { name: "修改" }).click();
      await page.getByLabel("项目编码").fill("PL-2026");
      await page.getByRole("button", { name: "保存" }).click();
      await page.getByText(`PL-2026 · ${unit.name}`).waitFor();
      await page.getByRole("button", { name: "登记结转" }).click();
      await page.getByLabel("理由（可以不填）").fill("汛期停工");
      await page.getByRole("button", { name: "登记", exact: true }).click();
      await page.getByText("汛期停工").waitFor();
      await page.waitForLoadState("networkidle");
      expect(await accessibilityFaults(page)).toEqual([]);

      await page.getByRole("link", { name: "项目库" }).first().click();
      await page.getByPlaceholder("名称、拼音首字母或编码").fill("plz");
      await page.keyboard.press("Enter");
      await page.getByRole("row").getByRole("link", { name: "圩区排涝站更新" }).click();
      await page.getByRole("button", { name: "申报或调整目标" }).click();
      await page.getByRole("radio", { name: "空表" }).click();
      await page.getByRole("button", { name: "开始填写" }).click();
      await page.waitForURL(/\/forms\//);
      const { body } = await people.clerk.done(listProjects, { query: { q: "PL-2026" } });
      const { submissions, carriedOver } = (
        await people.clerk.done(getProject, { params: { project: body.items[0]?.id ?? "" } })
      ).body;
      expect(submissions).toMatchObject([{ kind: "target-declaration", state: "draft" }]);
      expect(carriedOver).toMatchObject([{ reason: "汛期停工" }]);
      await web.leave(page);
    }, 60_000);

    test("a project shows its forms, money and indicators by year; a classified one only that it is there", async () => {
      const { project, evaluation } = await newEvaluation(web.server, people, {
        seed: 320,
        year: YEAR,
        name: "乡镇水厂改造",
      });
      const page = await web.pageOf("department-reviewer", `/projects/${project}`, { colorScheme: "dark" });
      const [row] = evaluation.indicators;
      const line = page.getByRole("row").filter({ hasText: row?.name ?? "" });
      expect(await line.first().innerText()).toContain(row?.actual.text ?? "");
      await page.getByText("已审核，现行目标").waitFor();
      await line.first().getByRole("button").click();
      const drawer = page.getByRole("dialog");
      await drawer.getByRole("link", { name: "绩效目标申报表" }).waitFor();
      await drawer.getByRole("link", { name: "绩效自评表" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "下达一张表" }).click();
      await page.getByLabel("年度").fill(String(YEAR + 1));
      await page.getByRole("button", { name: "下达", exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page
        .getByRole("row")
        .filter({ hasText: String(YEAR + 1) })
        .getByText("已下达")
        .waitFor();
      await page.goto(`${web.address}/projects`, { waitUntil: "networkidle" });
      await page.getByRole("button", { name: "登记涉密占位" }).click();
      await page.getByRole("dialog").getByLabel("单位").last().click();
      await pick(page, unit.name);
      await page.getByLabel("理由（不含涉密内容，至少四个字）").fill("按规定线下办理");
      await page.getByRole("dialog").getByRole("button", { name: "登记", exact: true }).click();
      await page.getByText("这是涉密项目的占位").waitFor();
      expect(await page.getByRole("button", { name: "登记结转" }).count()).toBe(0);
      await web.leave(page);
    }, 60_000);

    test("a finance table is tried, booked, listed, and held against the forms", async () => {
      const { submission } = await newEvaluation(web.server, people, {
        seed: 321,
        year: YEAR,
        name: "灌区渠系配套",
      });
      const file = {
        name: "执行表.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          "项目名称,年初预算数（万元）,支出数（万元）\n灌区渠系配套,12345.67,1.25\n谁也不认识的项目,1,1\n",
        ),
      };
      const page = await web.pageOf("finance-officer", `/budget?year=${YEAR}&tab=import`);
      await page.locator("input[type=file]").setInputFiles(file);
      await page.getByText(/将记2笔/).waitFor();
      await page.getByText("谁也不认识的项目").first().waitFor();
      await page.waitForLoadState("networkidle");
      expect(await accessibilityFaults(page)).toEqual([]);
      const query = { year: String(YEAR), organisation: web.server.home.root.id };
      expect((await people.finance.done(listBudget, { query })).body.items).toEqual([]);
      await page.getByRole("button", { name: "记入2笔" }).click();
      await page.getByText(/已记2笔，原来就有0笔/).waitFor();
      const booked = (await people.finance.done(listBudget, { query })).body.items;
      expect(booked.map(({ nature, amount }) => [nature, amount]).toSorted()).toEqual([
        ["approved", "123456700.00"],
        ["payment", "12500.00"],
      ]);
      await page.getByRole("tab", { name: "台账" }).click();
      await page.getByRole("cell", { name: "123,456,700.00" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("tab", { name: "与各表对账" }).click();
      const line = page.getByRole("row").filter({ hasText: "灌区渠系配套" });
      await line.getByText("12345.67").first().waitFor();
      await page.waitForLoadState("networkidle");
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await line.getByRole("link").getAttribute("href")).toBe(`/forms/${submission}`);
      await web.leave(page);
    }, 60_000);

    test("an indicator is found by its initials, looked at, and put into a form of one's own", async () => {
      const { submission, evaluation } = await newEvaluation(web.server, people, {
        seed: 322,
        year: YEAR,
        name: "堤防绿化",
      });
      const page = await web.pageOf("clerk", "/indicators", { colorScheme: "dark" });
      // It opens with what is used most, and is read category by category.
      await page.getByText(/年的自评表里用得最多的\d+个/).waitFor();
      await page.getByRole("combobox", { name: "类别" }).click();
      await pick(page, "时效指标");
      await page.waitForURL(/category=timeliness/);
      await page.locator("tbody tr.ant-table-row", { hasText: "时效指标" }).first().waitFor();
      await page.goto(`${web.address}/indicators`);
      await page.getByRole("searchbox").fill("myd");
      await page.keyboard.press("Enter");
      await page.getByText(/找到\d+个/).waitFor();
      const first = page.locator("tbody tr.ant-table-row").first();
      await first.waitFor();
      const name = await first.locator("strong").innerText();
      expect(name).toContain("满意度");
      await page.waitForLoadState("networkidle");
      expect(await accessibilityFaults(page)).toEqual([]);
      await first.getByRole("button", { name: "用到的表" }).click();
      await page.getByText("只列您能看的表；统计用的是全区的。").waitFor();
      await page.getByRole("dialog").getByRole("link").first().waitFor();
      await page.keyboard.press("Escape");
      await first.getByRole("button", { name: "放进我的表" }).click();
      await page.getByRole("dialog").getByLabel("放进哪张表").last().click();
      await pick(page, "堤防绿化");
      await page.getByLabel("目标值").fill("≥91%");
      await page.getByRole("button", { name: "放进去" }).click();
      await page.getByText("已放进“堤防绿化”").waitFor();
      await page.waitForLoadState("networkidle");
      expect(await accessibilityFaults(page)).toEqual([]);
      const form = await formOf(people.clerk, submission);
      expect(form.indicators).toHaveLength(evaluation.indicators.length + 1);
      const added = form.indicators.find(
        (row) => row.name === name && row.target.text === "≥91%" && row.points === null,
      );
      expect(added?.target).toMatchObject({ comparison: "≥", value: "91", unit: "%" });
      expect((await people.clerk.done(getForm, { params: { submission } })).body.submission.state).toBe(
        "draft",
      );
      await web.leave(page);
    }, 60_000);
  },
);
