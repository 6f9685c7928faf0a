import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { getForm, getRollUp, listOrganisations, listProblems } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import type { TestClient } from "./client.ts";
import { type PlantedForm, plantForm } from "./plant-form.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const YEAR = 2024;
const opened = await openBrowser();

const spentIn = (form: Form) => form.funds.find(({ source }) => source === "total")?.expenditure ?? "";

describe.skipIf(opened.browser === null)(
  `roll-ups and reports, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;
    let department: TestClient;
    const planted: PlantedForm[] = [];

    async function store(submission: string, form: Form): Promise<void> {
      const text = JSON.stringify(form);
      await web.server.platform.db
        .updateTable("submission")
        .set({ form: text, form_sha256: createHash("sha256").update(text).digest("hex") })
        .where("id", "=", submission)
        .execute();
    }

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
      department = await web.server.as("department-reviewer");
      for (const [index, name] of ["甲校舍维修", "乙校舍维修", "丙校舍维修"].entries()) {
        const made = await plantForm(web.server, { name, seed: 3, year: YEAR });
        let form: Form = { ...made.form, id: made.submission };
        // The third one turns the direction of a row round: the same name, and not to be added.
        if (index === 2)
          form = {
            ...form,
            indicators: form.indicators.map((row) =>
              row.id === turned(form).id
                ? {
                    ...row,
                    target: {
                      ...row.target,
                      comparison: "≤",
                      text: (row.target.text ?? "").replace("≥", "≤"),
                    },
                  }
                : row,
            ),
          };
        await store(made.submission, form);
        planted.push({ ...made, form });
      }
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    const pick = (page: Page, name: string) => page.getByRole("checkbox", { name: `汇总“${name}”` }).check();
    const sheetCell = (page: Page, at: string) => page.locator(`.rollup-sheet [data-at="${at}"]`);

    let rollUp = "";

    test("forms are picked and the form grows, a conflict is settled and taken back, it is made and a figure is traced", async () => {
      const page = await web.pageOf("department-reviewer", `/rollups/new?year=${YEAR}`);
      await page.getByRole("checkbox", { name: "汇总“甲校舍维修”" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const [first, second, third] = planted;
      if (!first || !second || !third) throw new Error("three forms are planted");
      const total = first.form.funds.findIndex(({ source }) => source === "total");
      const spent = sheetCell(page, `funds[${total}].expenditure`);
      await pick(page, "甲校舍维修");
      await expect.poll(() => spent.textContent()).toBe(spentIn(first.form));
      await pick(page, "乙校舍维修");
      const two = (Number(spentIn(first.form)) * 2).toFixed(2);
      await expect.poll(async () => Number(await spent.textContent()).toFixed(2)).toBe(two);

      const conflicts = page.getByRole("list", { name: "冲突" });
      await page.getByRole("combobox", { name: "各行分值怎么分配" }).click();
      await page.getByTitle("按给出的权重分配").click();
      const weight = page.getByRole("textbox", { name: /^“.+”的权重$/ });
      await weight.first().waitFor();
      const weights = await weight.count();
      await weight.first().fill("");
      await weight.first().press("Tab");
      await conflicts.getByText("没有给出", { exact: false }).waitFor();
      expect(await weight.count()).toBe(weights);
      await weight.first().fill("3");
      await weight.first().press("Tab");
      await spent.waitFor();
      await page.getByRole("button", { name: "取消：分值按给出的权重分配" }).click();

      await pick(page, "丙校舍维修");
      await conflicts.getByText("方向相反", { exact: false }).waitFor();
      expect(await conflicts.textContent()).not.toContain("--");
      expect(await page.getByRole("button", { name: "生成汇总表" }).isDisabled()).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
      await conflicts.getByRole("button", { name: "不是同一指标，分列" }).click();
      const three = (Number(spentIn(first.form)) * 3).toFixed(2);
      await expect.poll(async () => Number(await spent.textContent()).toFixed(2)).toBe(three);
      await page.getByRole("button", { name: "撤销上一步" }).click();
      await conflicts.getByText("方向相反", { exact: false }).waitFor();
      await conflicts.getByRole("button", { name: "不是同一指标，分列" }).click();
      await spent.waitFor();
      await page.getByRole("tab", { name: "逐行来历" }).click();
      expect(await accessibilityFaults(page)).toEqual([]);

      await page.getByRole("textbox", { name: "类别项目的名称" }).fill("校舍维修类");
      await page.getByRole("combobox", { name: "属于哪个部门或单位" }).click();
      const { body: within } = await department.done(listOrganisations, { query: { kind: "department" } });
      const home = within.items.find(({ id }) => id === web.server.home.departments[0].id)?.name ?? "";
      await page.getByTitle(home, { exact: true }).click();
      await page.getByRole("button", { name: "生成汇总表" }).click();
      await page.waitForURL(/\/rollups\/[0-9a-f-]{36}$/);
      rollUp = page.url().split("/").at(-1) ?? "";
      const { body: made } = await department.done(getRollUp, { params: { submission: rollUp } });
      expect(made.members.map(({ project }) => project).toSorted()).toEqual(
        ["丙校舍维修", "乙校舍维修", "甲校舍维修"].toSorted(),
      );
      expect(made.choices.apart).toEqual([turned(first.form).name]);

      await sheetCell(page, `funds[${total}].expenditure`).click();
      const drawer = page.getByRole("dialog");
      const rows = drawer.getByRole("row");
      await expect.poll(() => rows.count()).toBe(4);
      const links = await drawer
        .getByRole("link")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      expect(links.toSorted()).toEqual(planted.map(({ submission }) => `/forms/${submission}`).toSorted());
      expect(await drawer.textContent()).toContain(spentIn(first.form));
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("tab", { name: "汇总时的各张表" }).click();
      await page.getByRole("link", { name: "丙校舍维修" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("says which source changed since, shows what would change, and is made again", async () => {
      const [first] = planted;
      if (!first) throw new Error("three forms are planted");
      const before = (await department.done(getForm, { params: { submission: rollUp } })).body.form as Form;
      const total = first.form.funds.findIndex(({ source }) => source === "total");
      const funds = first.form.funds.map((fund, index) =>
        index === total ? { ...fund, expenditure: String(Number(fund.expenditure) - 1) } : fund,
      );
      await store(first.submission, { ...first.form, funds });
      const page = await web.pageOf("department-reviewer", `/rollups/${rollUp}`, { colorScheme: "dark" });
      await page.getByText("1张来源表又有变化：甲校舍维修", { exact: false }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("link", { name: "重新汇总" }).click();
      await page.getByRole("tab", { name: /与现在的表相比（[1-9]\d*处）/ }).waitFor();
      const now = page.getByRole("row").filter({ hasText: "全年执行数" }).first();
      expect(await now.textContent()).toContain(spentIn(before));
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "重新汇总" }).click();
      await page.waitForURL(new RegExp(`/rollups/${rollUp}$`));
      const after = (await department.done(getForm, { params: { submission: rollUp } })).body.form as Form;
      expect(Number(spentIn(before)) - Number(spentIn(after))).toBeCloseTo(1, 6);
      await page.getByText("已重新汇总", { exact: false }).waitFor();
      await page.goto(`${web.address}/rollups`, { waitUntil: "networkidle" });
      await page.getByRole("link", { name: "校舍维修类" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("the report is seen before it is taken; it and all forms come as whole files", async () => {
      const page = await web.pageOf("department-reviewer", `/reports?year=${YEAR}`);
      await page.getByText("只用已审核的（3张）").waitFor();
      await page.getByRole("combobox", { name: "用哪些表" }).click();
      await page.getByText("全部已开始填写的（4张）").click();
      // What is wrong by kind stands on the page, of the same forms: the roll-up is not one of them.
      await page.getByRole("heading", { name: "这些表的问题，按种类" }).waitFor();
      await page.getByText("看了3张表", { exact: false }).waitFor();
      const kinds = page.getByRole("table", { name: "这些表的问题，按种类" });
      const { body: found } = await department.done(listProblems, {
        query: { organisation: web.server.home.departments[0].id, year: String(YEAR) },
      });
      expect(await kinds.locator("tbody tr.ant-table-row").count()).toBe(found.problems.length);
      const [example] = found.problems.flatMap(({ examples }) => examples);
      if (example)
        expect(await kinds.getByRole("link", { name: example.project }).first().getAttribute("href")).toMatch(
          /^\/forms\//,
        );
      await page.getByRole("button", { name: "预览" }).click();
      const frame = page.locator("iframe.report-preview");
      await frame.waitFor();
      const html = (await frame.getAttribute("srcdoc")) ?? "";
      expect(html).toContain("项目支出绩效自评情况报告");
      // The roll-up is of the same projects: counted with them, their money would be there twice.
      expect(html.replace(/<[^>]*>/g, "")).toContain("本次纳入报告的绩效自评表共3张");
      await page.getByText("1张汇总表没有计入", { exact: false }).first().waitFor();
      expect(await frame.getAttribute("sandbox")).toBe("");
      expect(await accessibilityFaults(page)).toEqual([]);
      const taken = async (button: string) => {
        const [file] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: button }).click(),
        ]);
        return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
      };
      const report = await taken("下载 Word");
      expect(report.name).toMatch(/2024年绩效自评情况报告.*\.docx$/);
      expect(report.bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
      expect(report.bytes.includes("word/document.xml")).toBe(true);
      await page.getByText("已下载", { exact: false }).waitFor();

      await page.getByRole("tab", { name: "批量导出" }).click();
      await page.getByText("有4张已开始填写的这种表", { exact: false }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const archive = await taken("导出表格压缩包");
      // The end of the directory of an archive says how many files it has: four forms and what is said of them.
      const end = archive.bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
      expect(archive.bytes.readUInt16LE(end + 10)).toBe(5);
      const lines = await taken("导出数据包");
      expect(
        lines.bytes
          .toString("utf8")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line).submission.id)
          .toSorted(),
      ).toEqual([rollUp, ...planted.map(({ submission }) => submission)].toSorted());
      await web.leave(page);

      const dark = await web.pageOf("department-reviewer", `/reports?year=${YEAR - 3}&part=opinion`, {
        colorScheme: "dark",
      });
      await dark.getByText("还没有开始填写的自评表", { exact: false }).waitFor();
      expect(await accessibilityFaults(dark)).toEqual([]);
      await web.leave(dark);
    });

    test("a roll-up says which forms of the department it leaves out", async () => {
      const page = await web.pageOf("department-reviewer", `/rollups/${rollUp}`);
      await page.getByRole("tab", { name: "来源（3张）" }).waitFor();
      expect(await page.getByText("这里只汇总了").count()).toBe(0);
      await plantForm(web.server, { name: "没有汇总的项目", seed: 5, year: YEAR });
      await page.reload();
      await page.getByText("已填写的自评表有4张，这里只汇总了3张", { exact: false }).waitFor();
      await page.getByText("没有汇总的有“没有汇总的项目”").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });
  },
);

/** A row with a least value, by its name the only one. */
function turned(form: Form) {
  const row = form.indicators.find(
    ({ name, target }) =>
      target.comparison === "≥" && form.indicators.filter((each) => each.name === name).length === 1,
  );
  if (!row) throw new Error("the form has no row with a least value");
  return row;
}
