import { existsSync, readFileSync } from "node:fs";
import { getForm, issueSubmission, replaceForm, startSubmission } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { readDocument } from "@jiheng/importers";
import { addressOf } from "@jiheng/workflow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "../../../scripts/browser.mjs";
import { newProject, type SixPeople, sixPeople, underHead } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const REAL = new URL("../../../../shared/forms/bureau-2024.txt", import.meta.url);
const opened = existsSync(REAL) ? await openBrowser() : { browser: null, why: "the real forms are not here" };

describe.skipIf(opened.browser === null)(
  `eleven real forms in the editor${opened.browser === null ? ` (${opened.why})` : ""}`,
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

    test("what must be put right and what should be explained stands at its cells", async () => {
      const read = readDocument({
        name: "bureau-2024.txt",
        bytes: readFileSync(REAL),
        sha256: "0".repeat(64),
      });
      if (read.kind !== "document") throw new Error("the real forms cannot be read");
      expect(read.document.forms).toHaveLength(11);
      const found: { readonly form: number; readonly findings: number; readonly cells: number }[] = [];
      for (const [index, real] of read.document.forms.entries()) {
        const project = await newProject(people.clerk, web.server, `真实表${index + 1}`);
        const { body: issued } = await people.department.done(issueSubmission, {
          body: { year: 2024, kind: "self-evaluation", project, due: null },
        });
        const params = { submission: issued.id };
        const begun = await people.clerk.done(startSubmission, {
          params,
          body: { from: "blank", template: real.template },
        });
        await people.clerk.done(replaceForm, {
          params,
          ifMatch: begun.revision,
          body: { form: underHead(real, begun.body.form as Form) as never },
        });
        const { body } = await people.clerk.done(getForm, { params });
        const form = body.form as Form;
        const findings = body.review?.findings ?? [];
        const page = await web.pageOf("clerk", `/forms/${issued.id}`);
        await page.getByRole("tab", { name: `审核问题（${findings.length}）` }).waitFor();
        for (const force of ["must", "should"] as const)
          for (const { at, message } of findings.filter((finding) => finding.force === force)) {
            const cells = at.map((place) => page.locator(`[data-at="${addressOf(form, place)}"]`));
            const shown = await Promise.all(cells.map((cell) => cell.count()));
            const first = cells.find((_, place) => (shown[place] ?? 0) > 0);
            // A finding about the whole form, or about a place the layout does not print, has no cell.
            if (first) expect(await first.getAttribute("class"), message).toMatch(/\b(?:must|should)\b/);
          }
        found.push({
          form: index + 1,
          findings: findings.length,
          cells: await page.locator("td.must, td.should, td.hint").count(),
        });
        await web.leave(page);
      }
      expect(found.every(({ findings, cells }) => findings > 0 && cells > 0)).toBe(true);
      console.log(
        found.map(({ form, findings, cells }) => `${form}: ${findings} findings, ${cells} cells`).join("\n"),
      );
    }, 120_000);
  },
);
