import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Form } from "@jiheng/domain";
import { cleanForm } from "@jiheng/specimens";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { districtForms } from "../../../bench/district.ts";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { BROWSER_IS_REQUIRED, openBrowser } from "../../../scripts/browser.mjs";
import { placeForms, publishSite, type SiteSource } from "../src/publish/index.ts";
import { complaintsOn, published } from "./site-reader.ts";

const HOSTILE = `</script><script>document.title="owned"</script>"'&<img src=x onerror='document.title="owned"'>`;

const hostile: Form = {
  ...cleanForm({ seed: 77 }),
  project: HOSTILE,
  unit: HOSTILE,
  department: HOSTILE,
  grade: HOSTILE,
  indicators: cleanForm({ seed: 77 }).indicators.map((row) => ({
    ...row,
    name: HOSTILE,
    deviation: HOSTILE,
  })),
};
const long = { ...cleanForm({ seed: 78, rows: 90 }), project: "行数很多的项目" };
const forms = [...districtForms(6, 6), long, hostile];

const source: SiteSource = {
  title: "云溪区项目支出绩效自评公开",
  forms: forms.map(published),
  withheld: [{ year: 2024, department: "云溪区民政局", project: "某保密项目", reason: "涉及国家秘密" }],
  versions: ["jiheng 0.0.0"],
};

const opened = await openBrowser();

if (BROWSER_IS_REQUIRED)
  test("a browser is at hand where every change is checked", () => {
    expect(opened.browser, opened.why ?? "").not.toBeNull();
  });

describe.skipIf(opened.browser === null)(
  `the site in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let folder = "";
    const entries = placeForms(source.forms);
    const pathOf = (project: string): string =>
      `forms/${entries.find(({ form }) => form.project === project)?.id}.html`;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "jiheng-site-"));
      for (const { path, bytes } of publishSite(source)) {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    });
    afterAll(async () => {
      await opened.browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** One page of every kind. */
    const kinds = (): Record<string, string> => ({
      home: "index.html",
      year: "years/2024.html",
      department: `departments/${readdirSync(join(folder, "departments"))[0]}`,
      ...Object.fromEntries(
        [...new Set(forms.map(({ template }) => template))].map((template) => [
          `form ${template}`,
          `forms/${entries.find(({ form }) => form.template === template)?.id}.html`,
        ]),
      ),
      "long form": pathOf(long.project),
      "hostile form": pathOf(HOSTILE),
      about: "about.html",
      data: "data.html",
      withheld: "withheld.html",
    });

    /** Opens pages as a reader does; whatever the browser complains of or would fetch from elsewhere is collected. */
    async function reading(
      options: BrowserContextOptions,
      work: (open: (path: string) => Promise<Page>) => Promise<void>,
    ): Promise<string[]> {
      const context = (await opened.browser?.newContext(options)) as BrowserContext;
      const page = await context.newPage();
      const complaints = complaintsOn(page, pathToFileURL(folder).href);
      try {
        await work(async (path) => {
          await page.goto(pathToFileURL(join(folder, path)).href);
          return page;
        });
      } finally {
        await context.close();
      }
      return complaints;
    }

    const SETTINGS: readonly [string, BrowserContextOptions][] = [
      ["light, 1366×768", { colorScheme: "light", viewport: { width: 1366, height: 768 } }],
      ["dark, 1366×768", { colorScheme: "dark", viewport: { width: 1366, height: 768 } }],
      [
        "light, enlarged to 200%",
        { colorScheme: "light", viewport: { width: 683, height: 384 }, deviceScaleFactor: 2 },
      ],
      ["dark, 320 wide", { colorScheme: "dark", viewport: { width: 320, height: 640 } }],
    ];

    test.each(SETTINGS)(
      "every kind of page is accessible and does not scroll sideways: %s",
      async (_, options) => {
        const wrong: string[] = [];
        const complaints = await reading(options, async (open) => {
          for (const [kind, path] of Object.entries(kinds())) {
            const page = await open(path);
            if (kind === "home") {
              await page.fill("#q", "xm");
              await page.locator("#results li").first().waitFor();
            }
            // Closed parts are read too when they are opened.
            await page.evaluate(
              `document.querySelectorAll("details").forEach((each) => { each.open = true; })`,
            );
            for (const each of await accessibilityFaults(page)) wrong.push(`${kind}: ${each}`);
            const over = (await page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            )) as number;
            if (over > 0) wrong.push(`${kind}: ${over} pixels wider than the window`);
          }
        });
        expect(wrong).toEqual([]);
        expect(complaints).toEqual([]);
      },
      120_000,
    );

    test("what a form says is shown and never run", async () => {
      const complaints = await reading({}, async (open) => {
        const page = await open(pathOf(HOSTILE));
        expect(await page.title()).toContain("<script>");
        expect(await page.textContent("h1")).toContain(HOSTILE);
        const home = await open("index.html");
        await home.fill("#q", "onerror");
        await home.locator("#results li").first().waitFor();
        expect(await home.title()).toBe(source.title);
        expect(await home.textContent("#results a")).toBe(HOSTILE);
        expect(await home.locator("#results img").count()).toBe(0);
      });
      expect(complaints).toEqual([]);
    });

    test("search knows words, pinyin, initials and filters", async () => {
      const { form } = entries[0] ?? { form: cleanForm({ seed: 1 }) };
      const searched = async (page: Page, words: string): Promise<string[]> => {
        await page.fill("#q", "");
        await expect.poll(() => page.textContent("#count")).toBe("");
        await page.fill("#q", words);
        await expect.poll(() => page.textContent("#count")).not.toBe("");
        return page.locator("#results a").allTextContents();
      };
      const complaints = await reading({}, async (open) => {
        const page = await open("index.html");
        const name = form.project ?? "";
        expect(await searched(page, name)).toContain(name);
        expect(await searched(page, "云溪区民政局")).toHaveLength(6);
        expect(await searched(page, "yxqmzj")).toHaveLength(6);
        expect(await searched(page, "MinZheng")).toHaveLength(6);
        const row = form.indicators[0]?.name ?? "";
        expect(await searched(page, row)).toContain(name);
        expect(await searched(page, "没有这样的词")).toEqual([]);
        await searched(page, "yxqmzj");
        await page.selectOption("#year", "2023");
        await expect.poll(() => page.locator("#results li").count()).toBe(3);
        await page.locator("#results a").first().click();
        expect(page.url()).toMatch(/-2023\.html$/);
      });
      expect(complaints).toEqual([]);
    });

    test("the keyboard reaches the text first and shows where it is", async () => {
      await reading({}, async (open) => {
        const page = await open("years/2024.html");
        await page.keyboard.press("Tab");
        const at = (await page.evaluate(
          `(() => { const { left, top } = document.activeElement.getBoundingClientRect(); return [document.activeElement.className, left >= 0 && top >= 0]; })()`,
        )) as [string, boolean];
        expect(at).toEqual(["skip", true]);
        await page.keyboard.press("Enter");
        expect(await page.evaluate("document.activeElement.id")).toBe("main");
        await page.keyboard.press("Tab");
        expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
      });
    });

    test("reading needs no JavaScript", async () => {
      const complaints = await reading({ javaScriptEnabled: false }, async (open) => {
        const page = await open("index.html");
        expect(await page.locator("noscript p").isVisible()).toBe(true);
        expect(await page.locator("#search").isVisible()).toBe(false);
        await page.click("text=2024年度");
        await page.locator("#form-list ~ * a, table a[href*='forms/']").first().click();
        expect(await page.locator(".jh-table").first().isVisible()).toBe(true);
        await page.locator("summary").first().click();
        expect(await page.locator("details ol").first().isVisible()).toBe(true);
      });
      expect(complaints).toEqual([]);
    });

    test("no page and no script is larger than 200 KB with its style", () => {
      const style = readFileSync(join(folder, "assets", "style.css")).length;
      const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => /\.(?:html|js)$/.test(path))
        .map((path) => [path, readFileSync(join(folder, path)).length + style] as const);
      expect(sizes.filter(([, size]) => size > 200_000)).toEqual([]);
    });
  },
);
