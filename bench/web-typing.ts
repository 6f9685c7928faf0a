// How fast the application answers in a real browser: from a key to the painted score of a form of 200 rows, what the engine takes of it,
// when the pages of the demonstration show their largest part, and how much script the first page brings:
//   node bench/web-typing.ts [--rows 200] [--gap 120] [--data DIR | --address URL] [--json]
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Form } from "@jiheng/domain";
import { cleanForm } from "@jiheng/specimens";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { openBrowser } from "../scripts/browser.mjs";
import { buildWeb } from "../scripts/build-web.mjs";
import { staffOf } from "./filled-forms.ts";
import { logInAs, option, type Person, percentile, startInstalled } from "./installed-server.ts";
import type { Line } from "./measure.ts";

/** Milliseconds from a key to the painted score, and of the engine alone; of the largest part of a page. */
const PAINTED_GOAL = 50;
const ENGINE_GOAL = 16;
const LCP_GOAL = 2000;
/** Bytes of script, gzipped, of the first page. */
const SCRIPT_GOAL = 350_000;
/** Keys that are pressed before it counts: the page and the engine are compiled as they are used. */
const WARM = 30;
const PAGES = ["/", "/forms", "/projects", "/indicators", "/analysis", "/rules", "/imports"];
const TYPED = ["126", "98.5", "87", "104", "93.25", "61", "100", "77.5", "45", "99.9"];

/** Records in the page when the score bar shows a new look, and what its engine said it took; before anything of the page runs. */
const RECORD = `(() => {
  window.took = [];
  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => { if (typeof data?.took === "number") window.took.push(data.took); });
    }
  };
})()`;

/** Answers the milliseconds from the next key to the frame in which the score bar shows what the engine made of it. */
const NEXT_PAINT = `() => new Promise((resolve, reject) => {
  let from = null;
  const bar = document.querySelector("[data-look]");
  const begin = ({ timeStamp }) => {
    from = timeStamp;
    watch.observe(bar, { attributeFilter: ["data-look"] });
  };
  const watch = new MutationObserver(() => {
    watch.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - from);
      port2.postMessage(null);
    });
  });
  const late = setTimeout(() => { watch.disconnect(); reject(new Error("no score was painted within 5 s")); }, 5000);
  window.addEventListener("keydown", begin, { capture: true, once: true });
})`;

async function contextOf(browser: Browser, address: string, person: Person): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const [name = "", value = ""] = (person.headers.cookie ?? "").split("=");
  await context.addCookies([{ name, value, url: address, httpOnly: true, sameSite: "Strict" }]);
  return context;
}

/** A form of so many rows, begun by a clerk. */
async function largeForm(
  api: string,
  rows: number,
): Promise<{ readonly clerk: Person; readonly id: string }> {
  const { year, clerks, finance, root } = await staffOf(api, 1);
  const [desk] = clerks;
  if (!desk) throw new Error("the demonstration has no clerk");
  const { clerk, unit } = desk;
  const name = `打字测速项目${Date.now()}`;
  const project = (await clerk.done("/projects", { method: "POST", body: { name, unit } })).body.id as string;
  await finance.done("/calls", {
    method: "POST",
    body: {
      year,
      kind: "self-evaluation",
      scope: root,
      title: name,
      due: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    },
  });
  const listed = await clerk.done(`/submissions?year=${year}&kind=self-evaluation&project=${project}`);
  const id = listed.body.items[0].id as string;
  const begun = await clerk.done(`/submissions/${id}/start`, {
    method: "POST",
    body: { from: "blank", template: "national" },
  });
  const blank = begun.body.form as Form;
  const form = cleanForm({ seed: 3, rows });
  const {
    project: title,
    projectCode,
    department,
    departmentCode,
    unit: body,
    unitCode,
    jurisdiction,
  } = blank;
  await clerk.done(`/submissions/${id}/form`, {
    method: "PUT",
    body: {
      form: {
        ...form,
        ...{ id: blank.id, project: title, projectCode, department, departmentCode, unit: body, unitCode },
        jurisdiction,
        year: blank.year,
        indicators: form.indicators.map((row) => ({ ...row, parent: null, id: crypto.randomUUID() })),
      },
    },
    ifMatch: begun.etag ?? "",
  });
  return { clerk, id };
}

interface Typing {
  readonly painted: readonly number[];
  readonly engine: readonly number[];
  readonly shift: number;
}

/** Types into the column of actuals, row after row, each key when the one before is painted and a while has passed. */
async function typeInto(page: Page, gap: number): Promise<Typing> {
  const cells = page.locator('[data-at$=".actual"]');
  await cells.first().click();
  await page.waitForFunction("window.took.length > 0");
  const painted: number[] = [];
  let from = 0;
  let pressed = 0;
  for (const text of [...TYPED, ...TYPED, ...TYPED, ...TYPED]) {
    for (const key of text) {
      if (pressed === WARM) from = (await page.evaluate("window.took.length")) as number;
      // The promise itself must not be awaited by the page before the key is pressed.
      await page.evaluate(`window.next = (${NEXT_PAINT})()`.concat("; undefined"));
      await page.keyboard.press(key);
      const time = (await page.evaluate("window.next")) as number;
      if (pressed >= WARM) painted.push(time);
      pressed += 1;
      await page.waitForTimeout(gap);
    }
    await page.keyboard.press("Enter");
    await page.waitForTimeout(gap);
  }
  const engine = ((await page.evaluate("window.took")) as number[]).slice(from);
  const shift = (await page.evaluate(
    `new Promise((resolve) => { let sum = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({ type: "layout-shift", buffered: true }); setTimeout(() => resolve(sum), 200); })`,
  )) as number;
  return { painted, engine, shift };
}

async function typing(browser: Browser, address: string, rows: number, gap: number): Promise<Line[]> {
  const { clerk, id } = await largeForm(`${address}/api/v1`, rows);
  const context = await contextOf(browser, address, clerk);
  const page = await context.newPage();
  await page.addInitScript(RECORD);
  await page.goto(`${address}/forms/${id}`, { waitUntil: "networkidle" });
  const { painted, engine, shift } = await typeInto(page, gap);
  await context.close();
  const said = (values: readonly number[]) =>
    `p50 ${percentile(values, 0.5).toFixed(1)}, largest ${Math.max(...values).toFixed(1)} ms of ${values.length}`;
  const [p95, took] = [percentile(painted, 0.95), percentile(engine, 0.95)];
  return [
    {
      what: `a key in a form of ${rows} rows, to the painted score, p95`,
      value: `${p95.toFixed(1)} ms`,
      beside: `${said(painted)}; layout shift ${shift.toFixed(3)}`,
      goal: `≤ ${PAINTED_GOAL} ms`,
      met: p95 <= PAINTED_GOAL,
    },
    {
      what: "the engine's part of it, p95",
      value: `${took.toFixed(1)} ms`,
      beside: said(engine),
      goal: `≤ ${ENGINE_GOAL} ms`,
      met: took <= ENGINE_GOAL,
    },
  ];
}

/** When the largest part of each page was painted, each in a browser that has nothing of it. */
async function pages(browser: Browser, address: string): Promise<Line[]> {
  const finance = await logInAs(`${address}/api/v1`, "caizheng");
  const lines: Line[] = [];
  for (const path of PAGES) {
    const context = await contextOf(browser, address, finance);
    const page = await context.newPage();
    await page.goto(address + path, { waitUntil: "networkidle" });
    const lcp = (await page.evaluate(
      `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true }))`,
    )) as number;
    await context.close();
    lines.push({
      what: `largest part of ${path}`,
      value: `${lcp.toFixed(0)} ms`,
      beside: "",
      goal: `≤ ${LCP_GOAL} ms`,
      met: lcp <= LCP_GOAL,
    });
  }
  return lines;
}

/** The scripts that the page of the login and that of the workbench bring, gzipped by ourselves whatever the server sends. */
async function scripts(browser: Browser, address: string): Promise<Line[]> {
  const finance = await logInAs(`${address}/api/v1`, "caizheng");
  const lines: Line[] = [];
  for (const [what, person, isDemo] of [
    ["the first page, as it is installed", null, false],
    ["the first page of a demonstration, with its accounts", null, true],
    ["the workbench, nothing seen before", finance, true],
  ] as const) {
    const context = person ? await contextOf(browser, address, person) : await browser.newContext();
    const page = await context.newPage();
    const bodies: Promise<Buffer>[] = [];
    // What only a demonstration shows is no part of an installation.
    if (!isDemo)
      await page.route("**/api/v1/installation", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), demo: null } });
      });
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") bodies.push(response.body());
    });
    await page.goto(`${address}/`, { waitUntil: "networkidle" });
    const files = await Promise.all(bodies);
    const bytes = files.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
    await context.close();
    lines.push({
      what: `scripts of ${what}, gzipped`,
      value: `${(bytes / 1000).toFixed(0)} KB`,
      beside: `${files.length} files`,
      goal: isDemo ? "" : `≤ ${SCRIPT_GOAL / 1000} KB`,
      met: isDemo ? null : bytes <= SCRIPT_GOAL,
    });
  }
  return lines;
}

const given = option("data", "");
const data = given === "" ? mkdtempSync(join(tmpdir(), "jiheng-web-typing-")) : given;
await buildWeb();
const { browser, why } = await openBrowser();
if (browser === null) throw new Error(`no browser: ${why}`);
const at = option("address", "");
const server = at === "" ? await startInstalled(data) : null;
try {
  const address = server ? new URL(server.api).origin : at;
  const lines = [
    ...(await typing(browser, address, Number(option("rows", "200")), Number(option("gap", "120")))),
    ...(await pages(browser, address)),
    ...(await scripts(browser, address)),
  ];
  const [load = 0] = loadavg();
  const machine = { node: process.version, cores: cpus().length, load, chromium: browser.version() };
  if (process.argv.includes("--json")) console.log(JSON.stringify({ machine, lines }, null, 2));
  else {
    for (const { what, value, beside, goal, met } of lines)
      console.log(
        `${met === false ? "✗" : met ? "✓" : "·"} ${what}: ${value}${goal ? ` (goal ${goal})` : ""}${beside ? `\n    ${beside}` : ""}`,
      );
    console.log(
      `Chromium ${machine.chromium}, Node ${machine.node}, ${machine.cores} cores; load ${load.toFixed(1)}.`,
    );
  }
  if (lines.some(({ met }) => met === false)) process.exitCode = 1;
} finally {
  await browser.close();
  await server?.stop();
  if (given === "") rmSync(data, { recursive: true, force: true });
}
