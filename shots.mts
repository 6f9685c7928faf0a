import { openBrowser } from "./scripts/browser.mjs";
import { accessibilityFaults } from "./scripts/accessibility.mjs";
const [,, login, scheme, ...paths] = process.argv;
const base = "http://127.0.0.1:8391";
const { browser } = await openBrowser();
const ctx = await browser!.newContext({ viewport: { width: 1366, height: 768 }, colorScheme: scheme as any });
const page = await ctx.newPage();
page.on("console", m => m.type()==="error" && console.log("console:", m.text().slice(0,300)));
page.on("pageerror", e => console.log("pageerror:", e.message));
const inst = await (await fetch(base + "/api/v1/installation")).json();
await page.goto(base + "/");
const r = await page.evaluate(async ({login, region, password}) => { const x = await fetch("/api/v1/session", {method:"POST", headers:{"content-type":"application/json"}, body: JSON.stringify({region, login, password})}); return [x.status, await x.text()]; }, {login, region: inst.regions[0].region, password: inst.demo.password});
console.log(String(r[1]).slice(0,200));
let i=0;
for (const p of paths) {
  const [path, ...acts] = p.split("##");
  await page.goto(base + path, { waitUntil: "networkidle" });
  for (const act of acts) { try { await eval(`(async()=>{${act}})()`); } catch(e) { console.log("ACT", act, String(e).slice(0,400)); } await page.waitForTimeout(600); }
  const f = `/tmp/shots/${login}-${scheme}-${i++}.png`;
  await page.screenshot({ path: f });
  console.log(f, path, page.url(), JSON.stringify(await accessibilityFaults(page)).slice(0,900));
}
await browser!.close();
