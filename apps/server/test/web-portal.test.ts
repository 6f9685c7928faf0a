import { getPublished, submitSubmission } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import { newEvaluation, passDesks, type SixPeople, sixPeople } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

describe.skipIf(opened.browser === null)(
  `publication and the portal, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
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

    async function approved(seed: number, name: string): Promise<string> {
      const { submission, revision } = await newEvaluation(web.server, people, { seed, year: 2025, name });
      await people.clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: revision });
      await passDesks(submission, [people.head, people.department]);
      return submission;
    }

    test("one form is published, another withheld with a reason; the public finds both without a login", async () => {
      const shown = await approved(440, "公开的路灯项目");
      await approved(441, "不公开的项目");
      const officer = await web.pageOf("publication-officer", "/");
      await officer.getByText("2025年，2张").waitFor();
      expect(await accessibilityFaults(officer)).toEqual([]);
      await officer.getByRole("link", { name: "办理2025年的" }).click();
      await officer.getByRole("checkbox", { name: "选择“公开的路灯项目”" }).waitFor();
      expect(await accessibilityFaults(officer)).toEqual([]);
      await officer.getByRole("checkbox", { name: "选择“公开的路灯项目”" }).check();
      await officer.getByRole("button", { name: "公开所选（1张）" }).click();
      const asked = officer.getByRole("dialog");
      expect(await asked.textContent()).toContain("任何人不用登录就能看到");
      expect(await accessibilityFaults(officer, ".ant-modal")).toEqual([]);
      await asked.getByRole("button", { name: "公开", exact: true }).click();
      await officer.getByText("已公开1张，0张没有公开。").waitFor();
      await officer
        .getByRole("row", { name: "不公开的项目" })
        .getByRole("button", { name: "不予公开" })
        .click();
      const dialog = officer.getByRole("dialog");
      expect(await dialog.getByRole("button", { name: "登记" }).isDisabled()).toBe(true);
      await dialog.getByRole("textbox").fill("含商业秘密");
      await dialog.getByRole("button", { name: "登记" }).click();
      await officer.getByText("含商业秘密").waitFor();
      await web.leave(officer);

      const region = web.server.home.region;
      const visitor = await web.pageOf(null, `/public/${region}?year=2025`);
      expect(await accessibilityFaults(visitor)).toEqual([]);
      await visitor.getByRole("searchbox", { name: "查找项目" }).fill("路灯");
      await visitor.keyboard.press("Enter");
      await visitor.getByRole("link", { name: "公开的路灯项目" }).click();
      await visitor.getByRole("table", { name: "项目支出绩效自评表" }).waitFor();
      const { body } = await web.server.anonymous.done(getPublished, { params: { region, id: shown } });
      await visitor.getByText(body.sha256, { exact: false }).waitFor();
      expect(await visitor.getByRole("cell", { name: "公开的路灯项目" }).count()).toBe(1);
      expect(await accessibilityFaults(visitor)).toEqual([]);
      const [file] = await Promise.all([
        visitor.waitForEvent("download"),
        visitor.getByRole("link", { name: "Word" }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/\.docx$/);
      await web.leave(visitor);

      const dark = await web.pageOf(null, `/public/${region}?year=2025&tab=withheld`, {
        colorScheme: "dark",
      });
      await dark.getByText("含商业秘密").waitFor();
      expect(await accessibilityFaults(dark)).toEqual([]);
      await web.leave(dark);
    });
  },
);
