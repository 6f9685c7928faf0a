import { getSubmission, submitSubmission } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import { newEvaluation, passDesks, type SixPeople, setCell, sixPeople } from "./life-cycle-steps.ts";
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
    async function handedIn(seed: number, name: string, hasFault: boolean): Promise<string> {
      const made = await newEvaluation(web.server, people, { seed, year: 2025, name });
      let { revision } = made;
      if (hasFault) {
        const saved = await setCell(people.clerk, made.submission, revision, "goal.achieved", "全部完成。");
        revision = saved.body.revision;
      }
      const params = { submission: made.submission };
      await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: revision });
      await passDesks(made.submission, [people.head]);
      return made.submission;
    }
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
      await page.getByText("办成1张，0张没有办成。").waitFor();
      expect((await standing(calm)).state).toBe("approved");
      await web.leave(page);

      const clerk = await web.pageOf("clerk", `/forms/${faulty}`, { colorScheme: "dark" });
      await clerk.getByText("请三日内改好。", { exact: false }).waitFor();
      await web.leave(clerk);
    });
  },
);
