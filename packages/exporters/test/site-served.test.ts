import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { districtForms } from "../../../bench/district.ts";
import { openBrowser } from "../../../scripts/browser.mjs";
import { publishSite } from "../src/publish/index.ts";
import { complaintsOn, published } from "./site-reader.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
};
/** What a careful host sends: nothing from elsewhere, no script within the pages; widths and lines of cells are style attributes. */
const STRICT =
  "default-src 'none'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; base-uri 'none'";

const UNBROKEN = "长".repeat(300) + "w".repeat(300);
const WITHHELD = { year: 2024, department: "云溪区民政局", project: UNBROKEN, reason: UNBROKEN };

const CULVERT = "涵洞疏浚与护坡加固";
const DREDGED = "淤泥外运车次";

const forms = districtForms(6, 10).map((form, index) => {
  if (index === 0) return { ...form, project: UNBROKEN, unit: UNBROKEN, grade: UNBROKEN };
  if (index > 1) return form;
  const indicators = form.indicators.map((row, at) => (at === 0 ? { ...row, name: DREDGED } : row));
  return { ...form, project: CULVERT, indicators };
});
const files = new Map<string, Uint8Array>(
  [
    ...publishSite({
      title: "云溪区项目支出绩效自评公开",
      forms: forms.map(published),
      withheld: [WITHHELD],
      versions: ["jiheng 0.0.0"],
    }),
  ].map(({ path, bytes }) => [`/${path}`, bytes] as const),
);

const opened = await openBrowser();

describe.skipIf(opened.browser === null)(
  `the site from a server${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let server: Server;
    let origin = "";

    beforeAll(async () => {
      server = createServer((request, response) => {
        const path = decodeURI(request.url ?? "").replace(/[?#].*$/, "");
        const bytes = files.get(path === "/" ? "/index.html" : path);
        const type = TYPES[path.split(".").at(-1) ?? ""] ?? "text/html; charset=utf-8";
        // Browsers ask for this picture by themselves; a site that has none may say so.
        const absent = path === "/favicon.ico" ? 204 : 404;
        response.writeHead(bytes ? 200 : absent, {
          "content-type": type,
          "content-security-policy": STRICT,
          "x-content-type-options": "nosniff",
        });
        response.end(bytes);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      await opened.browser?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    async function reading(width: number, work: (page: Page) => Promise<void>): Promise<string[]> {
      const context = await opened.browser?.newContext({ viewport: { width, height: 768 } });
      const page = await context?.newPage();
      if (!context || !page) throw new Error("no browser");
      const complaints = complaintsOn(page, `${origin}/`);
      page.on("response", (response) => {
        if (![200, 204].includes(response.status()))
          complaints.push(`${response.status()} ${response.url()}`);
      });
      try {
        await work(page);
      } finally {
        await context.close();
      }
      return complaints;
    }

    test("a host that forbids scripts within pages and everything from elsewhere changes nothing", async () => {
      const pages = ["/", "/years/2024.html", "/withheld.html", "/about.html", "/data.html"];
      pages.push(...[...files.keys()].filter((path) => /^\/(?:departments|forms)\/.*\.html$/.test(path)));
      expect(pages.length).toBeGreaterThan(60);
      const complaints = await reading(1366, async (page) => {
        for (const path of pages) await page.goto(origin + path);
      });
      expect(complaints).toEqual([]);
    }, 60_000);

    test("words without a place to break make no page scroll sideways", async () => {
      const long = [...files].filter(
        ([path, bytes]) => path.endsWith(".html") && Buffer.from(bytes).includes(UNBROKEN),
      );
      expect(long.length).toBeGreaterThan(3);
      const wide: string[] = [];
      for (const width of [1366, 320])
        await reading(width, async (page) => {
          for (const [path] of long) {
            await page.goto(origin + path);
            const over = (await page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            )) as number;
            if (over > 0) wide.push(`${path} at ${width}: ${over} pixels`);
          }
        });
      expect(wide).toEqual([]);
    }, 60_000);

    test.each([
      ["a part of its name", "护坡"],
      ["two parts of it", "加固 涵洞"],
      ["full pinyin", "shujunyuhupo"],
      ["initials", "hdsjyhpjg"],
      ["an indicator", "外运车次"],
      ["the initials of an indicator", "ynwycc"],
      ["wide letters", "ＨＤＳＪ"],
    ])("a project is found by %s", async (_, words) => {
      const complaints = await reading(1366, async (page) => {
        await page.goto(`${origin}/`);
        await page.fill("#q", words);
        await page.getByText("找到 1 张").waitFor();
        expect(await page.locator("#results a").allTextContents()).toEqual([CULVERT]);
      });
      expect(complaints).toEqual([]);
    });

    test("a search can be typed, heard and followed with the keyboard alone", async () => {
      const complaints = await reading(1366, async (page) => {
        await page.goto(`${origin}/`);
        const at = (): Promise<string> =>
          page.evaluate("document.activeElement.id || document.activeElement.tagName") as Promise<string>;
        for (let tabs = 0; (await at()) !== "q"; tabs++) {
          expect(tabs, "keys until the search is reached").toBeLessThan(20);
          await page.keyboard.press("Tab");
        }
        expect(await page.locator("#count").getAttribute("role")).toBe("status");
        const from = Date.now();
        await page.keyboard.type("minzheng");
        await page.getByText("找到 10 张").waitFor();
        console.log(`an answer to eight keys after ${Date.now() - from} ms`);
        for (const filter of ["year", "department", "grade", "kind"]) {
          await page.keyboard.press("Tab");
          expect(await at()).toBe(filter);
        }
        await page.keyboard.press("Tab");
        expect(await page.evaluate(`document.activeElement.matches("#results a")`)).toBe(true);
        expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
        await page.keyboard.press("Enter");
        await page.waitForURL(/\/forms\/[^/]+\.html$/);
        expect(await page.locator("h1").count()).toBe(1);
      });
      expect(complaints).toEqual([]);
    });
  },
);
