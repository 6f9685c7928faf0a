import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProject, getForm, issueSubmission } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { formsDocument, layOut, layoutFor, writeDocx } from "@jiheng/exporters";
import { variedForm } from "@jiheng/specimens";
import { zipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { BROWSER_IS_REQUIRED, openBrowser } from "../../../scripts/browser.mjs";
import type { TestClient } from "./client.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const YEAR = 2024;
const REAL = new URL("../../../../shared/forms/bureau-2024.txt", import.meta.url);
const opened = await openBrowser();

if (BROWSER_IS_REQUIRED)
  test("a browser is at hand where every change is checked", () => {
    expect(opened.browser, opened.why ?? "").not.toBeNull();
  });

const docx = (...forms: Form[]): Buffer =>
  Buffer.from(
    writeDocx(
      formsDocument(
        forms.map((form) => layOut(form, layoutFor(form.template))),
        false,
      ),
    ),
  );

/** Drops files as the system does, folders left out: a page cannot make entries of folders. */
async function drop(page: Page, files: readonly { readonly name: string; readonly bytes: Buffer }[]) {
  const data = await page.evaluateHandle(
    (given) => {
      const made = new DataTransfer();
      for (const { name, base64 } of given)
        made.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      return made;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") })),
  );
  await page.dispatchEvent(".drop-here", "drop", { dataTransfer: data });
}

/** Waits until the page of the import shows that all its files are read. */
async function readThrough(page: Page) {
  await page.waitForURL(/\/imports\/[\w-]+$/);
  await page
    .getByRole("heading", { level: 1 })
    .filter({ hasText: /导入\d+个文件/ })
    .waitFor();
  await page.getByText("已读完").waitFor();
  await page.waitForLoadState("networkidle");
}

describe.skipIf(opened.browser === null)(
  `imports in the application${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;
    let reviewer: TestClient;
    let unit: { readonly id: string; readonly name: string };

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
      await web.server.workJobs();
      reviewer = await web.server.as("department-reviewer");
      unit = web.server.home.departments[0].units[0] as typeof unit;
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    const formOf = (
      project: string,
      seed: number,
      change: (form: Form) => Partial<Form> = () => ({}),
    ): Form => {
      const form = variedForm({ seed, template: "national", year: YEAR, bare: true });
      const named = { ...form, project, projectCode: null, unit: unit.name, department: "演练主管部门" };
      return { ...named, ...change(named) };
    };

    async function issued(name: string): Promise<string> {
      const { body: project } = await reviewer.done(createProject, { body: { name, unit: unit.id } });
      const { body } = await reviewer.done(issueSubmission, {
        body: { year: YEAR, kind: "self-evaluation", project: project.id, due: null },
      });
      return body.id;
    }

    test("a Word file of several forms is dropped, read, looked at beside its original, answered for and settled", async () => {
      const [doubtful, clean] = [await issued("圩堤加固"), await issued("机耕道维护")];
      const file = docx(
        formOf("圩堤加固", 401, ({ indicators, funds }) => ({
          indicators: indicators.map((row, index) => (index === 1 ? { ...row, score: "约9" } : row)),
          funds: funds.map((fund, index) => (index === 0 ? { ...fund, expenditure: "1200000元" } : fund)),
        })),
        formOf("机耕道维护", 402),
        formOf("库里没有的项目", 403),
      );
      const page = await web.pageOf("clerk", `/imports?year=${YEAR}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      const packed = zipSync({ "甲科/三张.docx": file, "甲科/现场.jpg": Buffer.from("not a form") });
      await drop(page, [{ name: "各科.zip", bytes: Buffer.from(packed) }]);
      await page.getByText("1个文件没有交上去，其他的不受影响").waitFor();
      expect(await page.textContent(".left-out")).toContain("现场.jpg：这是图片");
      await page.getByRole("row").getByRole("link").first().click();
      await readThrough(page);
      expect(await accessibilityFaults(page)).toEqual([]);

      // What nobody has to look at is settled together.
      await page.getByRole("button", { name: "归入没有疑问的1张" }).click();
      await page.getByRole("button", { name: "归入", exact: true }).click();
      await page.getByRole("link", { name: "已归入，打开表" }).waitFor();
      const clerk = await web.server.as("clerk");
      expect((await clerk.done(getForm, { params: { submission: clean } })).body.submission.state).toBe(
        "draft",
      );
      expect((await clerk.done(getForm, { params: { submission: doubtful } })).body.form).toBeNull();

      await page.getByRole("link", { name: "圩堤加固" }).click();
      await page.getByText("还有2处待确认，确认后才能归入。").waitFor();
      expect(await page.getByRole("button", { name: "归入项目" }).isDisabled()).toBe(true);
      const lost = page.locator(".questions li").filter({ hasText: "没有读到" });
      await lost.getByRole("button", { name: "看原件" }).click();
      expect(await page.locator(".original .picked").innerText()).toContain("约9");
      await lost.getByRole("textbox").fill("9");
      await lost.getByRole("button", { name: "更正" }).click();
      await lost.getByText("更正为“9”").waitFor();
      const guessed = page.locator(".questions li").filter({ hasText: "猜测" });
      await guessed.getByRole("button", { name: "读得对" }).click();
      await guessed.getByText("确认读得对").waitFor();

      // Both ways: a cell of the original finds what was read, what was read finds its cell.
      await page.locator(".original td.read").filter({ hasText: "圩堤加固" }).getByRole("button").click();
      expect(await page.locator(".reading-box td.picked").innerText()).toBe("圩堤加固");
      await page.locator('.reading-box [data-place="indicators[0].name"] button').click();
      const name = await page.locator('.reading-box [data-place="indicators[0].name"]').innerText();
      expect((await page.locator(".original .picked").innerText()).replace(/\s/g, "")).toContain(
        name.replace(/\s/g, ""),
      );
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("tab", { name: /审核/ }).click();
      await page.getByText("这里只看这张表自身").waitFor();
      await page.getByRole("button", { name: "归入项目" }).click();
      await page.getByText("已归入。以后在表中填写和更正。").waitFor();
      const saved = (await clerk.done(getForm, { params: { submission: doubtful } })).body;
      expect(saved.form?.indicators[1]?.score).toBe("9");
      await page.getByRole("link", { name: "打开表" }).click();
      const cell = page.locator(`[data-at="indicators[${saved.form?.indicators[1]?.id}].score"]`);
      expect(await cell.innerText()).toBe("9");
      await web.leave(page);
    }, 60_000);

    test("a folder is picked; a form whose project is not known is skipped or given one; dark, nothing is harder to reach", async () => {
      const page = await web.pageOf("clerk", `/imports?year=${YEAR}`, { colorScheme: "dark" });
      // The progress is asked for where it cannot be listened to.
      await page.route("**/progress", (route) => route.abort());
      const folder = mkdtempSync(join(tmpdir(), "jiheng-folder-"));
      mkdirSync(join(folder, "里层"));
      writeFileSync(join(folder, "新项目.docx"), docx(formOf("山塘清淤", 405)));
      writeFileSync(join(folder, "里层", "坏.docx"), "PK\u0003\u0004 broken");
      await page.locator("input[webkitdirectory]").setInputFiles(folder);
      await readThrough(page);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "再读一次" }).waitFor();
      await page.getByRole("link", { name: "山塘清淤" }).click();
      await page.locator(".settle-bar").getByText("项目库中没有“山塘清淤”").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "登记新项目" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("实施单位").click();
      await page.getByTitle(unit.name).last().click();
      await dialog.getByRole("button", { name: "登记", exact: true }).click();
      await dialog.waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "略过" }).click();
      await page.getByLabel("理由（至少两个字）").fill("下年再填");
      await page.getByRole("dialog").getByRole("button", { name: "略过" }).click();
      await page.getByText("已略过：下年再填").waitFor();
      await web.leave(page);
      rmSync(folder, { recursive: true });
    }, 60_000);

    test("a form of another year and one of another unit are asked about; one click goes on, what was confirmed stays", async () => {
      const { body: project } = await reviewer.done(createProject, {
        body: { name: "灌区改造", unit: unit.id },
      });
      await issued("堰坝整治");
      const { body: earlier } = await reviewer.done(issueSubmission, {
        body: { year: YEAR, kind: "self-evaluation", project: project.id, due: null },
      });
      const file = docx(
        formOf("灌区改造", 406, ({ indicators }) => ({
          indicators: indicators.map((row, index) => (index === 1 ? { ...row, score: "约9" } : row)),
        })),
        formOf("堰坝整治", 407, () => ({ unit: "城南小学", year: YEAR + 1 })),
      );
      const page = await web.pageOf("clerk", `/imports?year=${YEAR + 1}`);
      await drop(page, [{ name: "上年.docx", bytes: file }]);
      await readThrough(page);
      await page.getByText("读取的疑问：已确认 0 /").waitFor();
      await page.getByRole("link", { name: "灌区改造" }).click();
      await page.getByText(`表上写的是${YEAR}年度，导入时选的是${YEAR + 1}年度`).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      // By keyboard alone: the field is reached, typed into and sent by Enter; the field is gone, and the focus is not lost with it.
      const lost = page.locator(".questions li").filter({ hasText: "没有读到" });
      await lost.getByRole("textbox").focus();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type("9");
      await page.keyboard.press("Enter");
      await lost.getByText("更正为“9”").waitFor();
      await page.getByText("已确认 1 /").waitFor();
      await expect.poll(() => page.locator("[role=status]:focus").innerText()).toBe("已确认 1 / 1");
      expect(await page.locator(".original .corrected").innerText()).toContain("约9");
      await page.getByRole("button", { name: `改按${YEAR}年度导入` }).click();
      await page.getByText(`已改按${YEAR}年度导入。`).waitFor();
      await lost.getByText("更正为“9”").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      for (const button of await page.getByRole("button", { name: "读得对", exact: true }).all())
        await button.click();
      await page.getByRole("button", { name: "归入项目" }).click();
      await page.getByText("已归入。以后在表中填写和更正。").waitFor();
      const clerk = await web.server.as("clerk");
      const saved = (await clerk.done(getForm, { params: { submission: earlier.id } })).body;
      expect(saved.form?.indicators[1]?.score).toBe("9");

      await page.getByRole("link", { name: "下一张" }).click();
      await page.getByText(`属于“${unit.name}”，表上的单位是“城南小学”`).waitFor();
      expect(await page.getByRole("button", { name: "归入项目" }).isDisabled()).toBe(true);
      await page.getByRole("checkbox", { name: "单位已核对，就归入选定的项目" }).check();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.setViewportSize({ width: 683, height: 384 });
      // No figure of the original is on two lines.
      const broken = await page
        .locator(".original .figure")
        .evaluateAll((figures) => figures.filter((figure) => figure.getClientRects().length > 1).length);
      expect(broken).toBe(0);
      expect(await page.locator(".original .figure").count()).toBeGreaterThan(5);
      await web.leave(page);
    }, 60_000);

    test.skipIf(!existsSync(REAL))(
      `a real file of eleven forms is read with its questions${existsSync(REAL) ? "" : " (the file is not here)"}`,
      async () => {
        const page = await web.pageOf("clerk", `/imports?year=${YEAR}`);
        await drop(page, [{ name: "自评表.txt", bytes: readFileSync(REAL) }]);
        await readThrough(page);
        const rows = page.locator("tbody tr.ant-table-row");
        expect(await rows.count()).toBe(11);
        await rows.nth(1).getByRole("link").last().click();
        const answer = page.getByRole("button", { name: /其余\d+处猜测都对/ });
        await answer.click();
        await answer.waitFor({ state: "hidden" });
        expect(await page.getByText(/确认读得对/).count()).toBeGreaterThan(1);
        expect(await accessibilityFaults(page)).toEqual([]);
        await web.leave(page);
      },
      60_000,
    );
  },
);
