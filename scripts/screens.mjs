// Draws the pages of the application for the readmes and docs/application.md, from the demonstration, into docs/pictures/app:
//   node scripts/screens.mjs [NAME…]
// Run it when the look of a page changes. Starts a demonstration of its own in a temporary folder (about a minute) and ends it.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "./browser.mjs";
import { buildWeb } from "./build-web.mjs";
import { nodeForTools, ROOT } from "./toolchain.mjs";

const OUT = join(ROOT, "docs", "pictures", "app");
const SIZE = { width: 1366, height: 768 };

/** Somebody of the demonstration, by role. */
const CLERK = "clerk";
const REVIEWER = "department-reviewer";
const FINANCE = "finance-officer";

/**
 * What is drawn: who looks at which page; `find` answers the page's address from the interface; `act` does something on it first.
 */
const SCREENS = [
  { name: "login", who: null, path: "/" },
  { name: "workbench", who: CLERK, path: "/" },
  {
    name: "editor",
    who: CLERK,
    find: async (ask) => {
      const { items } = await ask("/submissions?kind=self-evaluation&limit=100");
      const form =
        items.find(({ state }) => state === "returned") ?? items.find(({ state }) => state === "draft");
      return form && `/forms/${form.id}`;
    },
    act: async (page) => {
      const cell = page.locator('[data-at^="indicators"][data-at$=".actual"]').nth(1);
      await cell.click();
    },
  },
  { name: "guide", who: CLERK, path: "/forms/guide" },
  { name: "imports", who: CLERK, path: "/imports", act: handInDoubtful },
  {
    name: "reading",
    who: CLERK,
    path: "/imports",
    act: async (page) => {
      await handInDoubtful(page);
      await page.locator('tbody a[href^="/imports/"]').first().click();
      await page.locator(".questions li").first().waitFor();
      await page.getByRole("button", { name: "看原件" }).first().click();
    },
  },
  { name: "projects", who: REVIEWER, path: "/projects" },
  { name: "reviews", who: REVIEWER, path: "/reviews" },
  {
    name: "sample",
    who: FINANCE,
    find: async (ask, profile) => {
      const body = profile.grants[0]?.organisation;
      const { items } = await ask(`/samples?organisation=${body}`);
      return items[0] && `/samples/${items[0].year}/${items[0].id}`;
    },
  },
  { name: "monitoring", who: REVIEWER, path: "/monitoring?year=2025" },
  { name: "indicators", who: FINANCE, path: "/indicators?q=满意度" },
  { name: "analysis", who: FINANCE, path: "/analysis" },
  {
    name: "rollups",
    who: REVIEWER,
    path: "/rollups",
    act: async (page) => {
      await page.getByRole("row").getByRole("link").first().click();
      const spent = page.locator('.rollup-sheet [data-at$=".expenditure"]').first();
      await spent.click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "rules", who: FINANCE, path: "/rules" },
  { name: "policies", who: FINANCE, path: "/policies?with=shanghai-putuo-2022" },
  { name: "log", who: "auditor", path: "/log" },
  { name: "editor-dark", who: CLERK, like: "editor", dark: true },
  { name: "portal", who: null, path: "/public" },
];

const wanted = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const folder = mkdtempSync(join(tmpdir(), "jiheng-screens-"));
await buildWeb();
const base = await freeAddress();
const server = serve();
try {
  await ready();
  mkdirSync(OUT, { recursive: true });
  const installation = await (await fetch(`${base}/api/v1/installation`)).json();
  const { browser, why } = await openBrowser();
  if (!browser) throw new Error(why);
  for (const screen of screens) await draw(browser, installation.demo, screen);
  await browser.close();
} finally {
  server.kill("SIGTERM");
  await new Promise((ended) => server.once("exit", ended));
  rmSync(folder, { recursive: true, force: true });
}

async function draw(browser, demo, screen) {
  const shown = { ...SCREENS.find(({ name }) => name === screen.like), ...screen };
  const context = await browser.newContext({
    viewport: SIZE,
    colorScheme: shown.dark ? "dark" : "light",
    locale: "zh-CN",
  });
  let path = shown.path;
  if (shown.who !== null) {
    const account = demo.accounts.find(({ role }) => role === shown.who);
    const cookie = await logIn(account, demo.password);
    const [name, value] = cookie.split("=");
    await context.addCookies([{ name, value, url: base, httpOnly: true, sameSite: "Strict" }]);
    const ask = async (address) => (await fetch(`${base}/api/v1${address}`, { headers: { cookie } })).json();
    if (shown.find) path = await shown.find(ask, await ask("/me"));
  }
  if (!path) {
    console.log(`${shown.name}: the demonstration has nothing to show`);
    process.exitCode = 1;
    return context.close();
  }
  const page = await context.newPage();
  await page.goto(base + path, { waitUntil: "networkidle" });
  if (shown.act) await shown.act(page);
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(OUT, `${shown.name}.png`) });
  await context.close();
  console.log(shown.name);
}

async function logIn({ login, region }, password) {
  const answer = await fetch(`${base}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ region, login, password }),
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!cookie) throw new Error(`${login} could not log in: ${await answer.text()}`);
  return cookie.split(";")[0];
}

function serve() {
  const command = join(ROOT, "apps", "cli", "bin", "jiheng.js");
  const port = new URL(base).port;
  return spawn(
    nodeForTools() ?? process.execPath,
    [command, "serve", "--demo", "--data", join(folder, "data"), "--port", port],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, JIHENG_LOG_LEVEL: "error" },
    },
  );
}

async function ready() {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${base}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error("the demonstration did not start");
}

function freeAddress() {
  return new Promise((found) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(`http://127.0.0.1:${port}`));
    });
  });
}

/** Hands in a file as people have them: one amount in another unit than the rest, one mark in words. */
async function handInDoubtful(page) {
  const form = readFileSync(join(ROOT, "fixtures", "forms", "bureau-sample", "form.html"), "utf8");
  const doubtful = form
    .replace("63.75", "637500元")
    .replace(/(成本节约情况[\s\S]*?10\.00[\s\S]*?)10\.00/, "$1约10");
  const year = /（(\d{4})年度）/.exec(form)?.[1];
  await page.goto(`${base}/imports?year=${year}`, { waitUntil: "networkidle" });
  await page
    .locator("input[type=file][multiple]")
    .first()
    .setInputFiles({ name: "自评表.html", mimeType: "text/html", buffer: Buffer.from(doubtful) });
  await page.waitForURL(/\/imports\/[\w-]+$/);
  await page.getByText("已读完").waitFor();
}
