import { RULES } from "@jiheng/audit";
import { getForm, issueSubmission, replaceForm, startSubmission } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { BROWSER_IS_REQUIRED, openBrowser } from "../../../scripts/browser.mjs";
import { look } from "../../web/src/features/form-editor/look.worker.ts";
import { formOf, newEvaluation, newProject, type SixPeople, sixPeople } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

if (BROWSER_IS_REQUIRED)
  test("a browser is at hand where every change is checked", () => {
    expect(opened.browser, opened.why ?? "").not.toBeNull();
  });

describe.skipIf(opened.browser === null)(
  `the sheet of a form${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
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
    const saved = (page: Page) => page.getByText("已保存", { exact: true }).waitFor();
    /** Where the keyboard is. */
    const here = (page: Page) =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-at]")?.dataset.at ?? null);
    const write = async (page: Page, text: string, then: string) => {
      await page.keyboard.press("F2");
      await page.keyboard.insertText(text);
      await page.keyboard.press(then);
    };
    const evaluation = (seed: number, name: string) =>
      newEvaluation(web.server, people, { seed, year: 2025, name });

    test("an empty form is filled by keyboard alone, to its total", async () => {
      const project = await newProject(people.clerk, web.server, "只用键盘的项目");
      const { body } = await people.department.done(issueSubmission, {
        body: { year: 2025, kind: "self-evaluation", project, due: null },
      });
      await people.clerk.done(startSubmission, {
        params: { submission: body.id },
        body: { from: "blank", template: "national" },
      });
      const page = await web.pageOf("clerk", `/forms/${body.id}`);
      for (let tabs = 0; tabs < 60 && (await here(page)) === null; tabs++) await page.keyboard.press("Tab");
      expect(await here(page)).not.toBeNull();
      await page.keyboard.press("Alt+Insert");
      await expect.poll(() => here(page)).toMatch(/^indicators\[.+\]\.name$/);
      const row = ((await here(page)) ?? "").replace(/\.name$/, "");
      await write(page, "完成改造路灯数量", "Tab");
      await expect.poll(() => here(page)).toBe(`${row}.target`);
      await write(page, "≥120盏", "Tab");
      await write(page, "108盏", "Tab");
      await expect.poll(() => here(page)).toBe(`${row}.points`);
      await write(page, "90", "Tab");
      await write(page, "81", "Tab");
      await expect.poll(() => here(page)).toBe(`${row}.deviation`);
      await write(page, "材料晚到，余下的于三月装完。", "Enter");
      await page.keyboard.press("Control+End");
      const last = await here(page);
      expect(last).not.toBeNull();
      for (let steps = 0; steps < 12 && (await here(page)) !== "totalScore"; steps++)
        await page.keyboard.press("Shift+Tab");
      expect(await here(page)).toBe("totalScore");
      await write(page, "81", "Enter");
      await saved(page);
      const form = await formOf(people.clerk, body.id);
      expect(form.totalScore).toBe("81");
      expect(form.indicators.find(({ id }) => row.includes(id))).toMatchObject({
        name: "完成改造路灯数量",
        target: { comparison: "≥", value: "120", unit: "盏" },
        actual: { value: "108", unit: "盏" },
        points: "90",
        score: "81",
        deviation: "材料晚到，余下的于三月装完。",
      });
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("rows of a spreadsheet are pasted with their merged cells, and what has no place is told", async () => {
      const { submission } = await evaluation(440, "从表格粘贴的项目");
      const before = await formOf(people.clerk, submission);
      const [first, second] = before.indicators;
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      await cell(page, `indicators[${first?.id}].actual`).click();
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.setData(
          "text/html",
          "<table><tr><td>11个</td><td>10</td><td rowspan=2>9</td><td>甲</td><td>多出来的</td></tr><tr><td>12个</td><td>8</td><td>乙</td></tr></table>",
        );
        data.setData("text/plain", "不该用这个");
        document.activeElement?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true }),
        );
      });
      await page.getByText("多出来的").waitFor();
      await saved(page);
      const now = await formOf(people.clerk, submission);
      expect(now.indicators.slice(0, 2).map((row) => [row.actual.text, row.points, row.deviation])).toEqual([
        ["11个", "10", "甲"],
        ["12个", "8", "乙"],
      ]);
      expect(now.indicators.slice(2)).toEqual(before.indicators.slice(2));
      expect(second?.id).toBe(now.indicators[1]?.id);
      await web.leave(page);
    });

    test("rows are inserted, moved and removed, and every step is undone", async () => {
      const { submission } = await evaluation(441, "增删行的项目");
      const before = await formOf(people.clerk, submission);
      const ids = before.indicators.map(({ id }) => id);
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      const order = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('[data-at$=".name"]')].map(
            (each) => each.dataset.at?.slice("indicators[".length, -"].name".length) ?? "",
          ),
        );
      await cell(page, `indicators[${ids[0]}].name`).click();
      await page.keyboard.press("Alt+ArrowDown");
      await expect.poll(async () => (await order()).slice(0, 2)).toEqual([ids[1], ids[0]]);
      await page.keyboard.press("Control+z");
      await expect.poll(order).toEqual(ids);
      await page.keyboard.press("Alt+Insert");
      await expect.poll(async () => (await order()).length).toBe(ids.length + 1);
      await write(page, "新加的指标", "Enter");
      await cell(page, `indicators[${ids[2]}].name`).click();
      await page.keyboard.press("Shift+F10");
      await page.getByRole("menuitem", { name: "在上方插入一行" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      for (const item of ["在上方插入一行", "复制这一行", "上移", "下移", "删除这一行"]) {
        await page.keyboard.press("ArrowDown");
        // The menu moves the focus a moment later.
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(item);
      }
      await page.keyboard.press("Enter");
      await expect.poll(async () => (await order()).includes(ids[2] ?? "")).toBe(false);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await expect.poll(order).toEqual(ids);
      await saved(page);
      expect((await formOf(people.clerk, submission)).indicators).toEqual(before.indicators);
      await web.leave(page);
    });

    test("a row that was approved and is missing is put back from the comparison, with its target alone", async () => {
      const { submission } = await evaluation(444, "带入行的项目");
      const [row] = (await formOf(people.clerk, submission)).indicators;
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      await cell(page, `indicators[${row?.id}].name`).click();
      await page.keyboard.press("Alt+Delete");
      await cell(page, `indicators[${row?.id}].name`).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "对照" }).click();
      const drawer = page.getByRole("dialog");
      await drawer.getByRole("checkbox", { name: `选中“${row?.name}”` }).check();
      expect(await accessibilityFaults(page, ".ant-drawer-section")).toEqual([]);
      await drawer.getByRole("button", { name: "把选中的1行放进本表" }).click();
      await drawer
        .getByRole("button", { name: "Close" })
        .or(drawer.locator(".ant-drawer-close"))
        .first()
        .click();
      await saved(page);
      const back = (await formOf(people.clerk, submission)).indicators.find(({ name }) => name === row?.name);
      expect(back).toMatchObject({ target: row?.target, score: null });
      expect(back?.actual.text).toBeNull();
      await web.leave(page);
    });

    test("a finding stands at its cell, a reason is asked for where it became compulsory, and notation is put right by one click", async () => {
      const { submission, revision } = await evaluation(442, "更正写法的项目");
      const form = await formOf(people.clerk, submission);
      const measured = form.indicators.filter(
        ({ target }) => target.comparison === "≥" && target.unit === "%",
      );
      const [row] = measured;
      if (!row) throw new Error("the form has a rate to reach");
      const worded = `不低于${row.target.value}%`;
      await people.clerk.done(replaceForm, {
        params: { submission },
        ifMatch: revision,
        body: {
          form: {
            ...form,
            // Signs in every row but one.
            indicators: form.indicators.map(({ target, ...each }) => ({
              ...each,
              target:
                each.id === row.id
                  ? { ...target, text: worded }
                  : target.comparison === null
                    ? target
                    : { ...target, text: `${target.comparison}${target.value}${target.unit ?? ""}` },
            })),
          } as never,
        },
      });
      const page = await web.pageOf("clerk", `/forms/${submission}`);
      const target = cell(page, `indicators[${row.id}].target`);
      await page
        .locator(".fix ins")
        .filter({ hasText: `≥${row.target.value}%` })
        .waitFor();
      await page.getByRole("button", { name: "改写法" }).first().click();
      await expect.poll(() => target.textContent()).toBe(`≥${row.target.value}%`);
      await page.getByRole("button", { name: "撤销", exact: true }).click();
      await expect.poll(() => target.textContent()).toBe(worded);
      await target.click();
      await page.getByRole("button", { name: `改写为 ≥${row.target.value}%` }).click();
      await expect.poll(() => target.textContent()).toContain(`≥${row.target.value}%`);

      await cell(page, `indicators[${row.id}].deviation`).click();
      await page.keyboard.press("Delete");
      await cell(page, `indicators[${row.id}].actual`).click();
      await page.keyboard.type("1%");
      await page.getByText("未达成目标", { exact: false }).waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("1");
      const reason = cell(page, `indicators[${row.id}].deviation`);
      // The score is not entered yet: the form is looked at as it is typed.
      await expect.poll(() => reason.getAttribute("data-asks")).toBe("须写原因");
      expect(await reason.getAttribute("class")).toMatch(/must|should/);
      expect(await reason.textContent()).toBe("");
      await page.keyboard.press("Enter");
      await saved(page);
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("the engine of the browser and that of the server say the same of a saved form", async () => {
      const { submission, revision } = await evaluation(443, "两处引擎的项目");
      const form = await formOf(people.clerk, submission);
      const spoilt: Form = {
        ...form,
        totalScore: "12",
        indicators: form.indicators.map((row, index) =>
          index % 2 === 0 ? { ...row, score: "1", deviation: null } : row,
        ),
      };
      await people.clerk.done(replaceForm, {
        params: { submission },
        ifMatch: revision,
        body: { form: spoilt as never },
      });
      const { body } = await people.clerk.done(getForm, { params: { submission } });
      const browser = look({ number: 1, form: body.form as Form, policy: body.submission.policy });
      const said = (findings: readonly { fingerprint: string; message: string; force: string }[]) =>
        findings.map(({ fingerprint, force, message }) => `${fingerprint} ${force} ${message}`).sort();
      const beyond = new Set(
        RULES.flatMap((rule) =>
          rule.level !== "form" ||
          ("needs" in rule &&
            rule.needs.some((need) =>
              ["approvedTargets", "calendar", "evidence", "previousYear"].includes(need),
            ))
            ? [rule.id]
            : [],
        ),
      );
      const server = (body.review?.findings ?? []).filter(({ rule }) => !beyond.has(rule));
      expect(server.length).toBeGreaterThan(3);
      expect(said(browser.findings)).toEqual(said(server));
    });
  },
);
