// `npm test`: installs what it needs, runs every gate and every test, keeps going, and ends with `N passed, N failed`.
// Plain JavaScript for Node ≥ 20, no dependency.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { GATES } from "./gates.mjs";
import { install, nodeForTools, ROOT, run } from "./toolchain.mjs";

/** Lines shown of one failure. */
const MOST_LINES = 150;

const started = Date.now();
let passed = 0;
let failed = 0;

await main();
console.log(`\n${seconds(started)} s in all`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function main() {
  if (!(await install())) return report("install", false, started, "npm ci failed, nothing else could run");
  const node = nodeForTools();
  if (node === null)
    return report(
      "node",
      false,
      started,
      `no Node 24 among the packages for ${process.platform}-${process.arch} and this is ${process.version}: install Node 24 or newer`,
    );
  await gates(node);
  await tests(node);
}

/** Two gates at a time: most of them are one process with one thread. */
async function gates(node) {
  const waiting = [...GATES];
  const worker = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const from = Date.now();
      const { code, output } = await run(node, gate.args, { timeout: 300_000 });
      report(gate.name, code === 0, from, code === 0 ? lastLine(output) : output);
    }
  };
  await Promise.all([worker(), worker()]);
}

async function tests(node) {
  const from = Date.now();
  const folder = join(ROOT, "node_modules", ".cache", "jiheng-test");
  const file = join(folder, `vitest-${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  const args = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "--reporter=json"];
  const { code, output } = await run(node, [...args, `--outputFile.json=${file}`], { timeout: 1_500_000 });
  const results = readResults(file);
  rmSync(file, { force: true });
  if (results === null) return report("vitest", false, from, output);
  const { good, bad, skipped } = count(results);
  passed += good;
  failed += bad;
  if (code !== 0 && bad === 0) failed += 1;
  const ok = code === 0 && bad === 0;
  line(
    "vitest",
    ok,
    from,
    `${good} passed, ${bad} failed, ${skipped.length} not run, in ${results.length} files`,
  );
  if (!ok) console.log(indent(output));
  for (const [test, times] of tally(skipped))
    console.log(`  not run: ${test}${times > 1 ? ` (${times} tests)` : ""}`);
}

function count(files) {
  let good = 0;
  let bad = 0;
  const skipped = [];
  for (const file of files) {
    const before = bad;
    // The title of a group that is left out as a whole says why; inside a group that ran, the title of the test does.
    const ran = new Set();
    for (const test of file.assertionResults)
      if (["passed", "failed"].includes(test.status)) ran.add(test.ancestorTitles[0]);
    for (const test of file.assertionResults) {
      const [group] = test.ancestorTitles;
      if (test.status === "passed") good += 1;
      else if (test.status === "failed") bad += 1;
      else skipped.push(`${relative(ROOT, file.name)}: ${group && !ran.has(group) ? group : test.title}`);
    }
    // A file that does not even load holds no test that could fail.
    if (file.status === "failed" && bad === before) bad += 1;
  }
  return { good, bad, skipped };
}

function tally(names) {
  const times = new Map();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).testResults;
  } catch {
    return null;
  }
}

function report(name, ok, from, words) {
  if (ok) passed += 1;
  else failed += 1;
  line(name, ok, from, ok ? words : "");
  if (!ok) console.log(indent(words));
}

function line(name, ok, from, words) {
  console.log(
    `${ok ? "pass" : "FAIL"}  ${name.padEnd(30)} ${seconds(from).padStart(6)} s  ${words}`.trimEnd(),
  );
}

function seconds(from) {
  return ((Date.now() - from) / 1000).toFixed(1);
}

function lastLine(text) {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

/** What a gate or the tests said: the beginning and the end, where tools put what matters. */
function indent(text) {
  const rows = text.trimEnd().split("\n");
  const cut = rows.length - MOST_LINES;
  if (cut > 0) rows.splice(MOST_LINES / 2, cut, `… ${cut} lines left out …`);
  return rows.map((row) => `      ${row}`).join("\n");
}
