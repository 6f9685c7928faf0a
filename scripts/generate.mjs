// Writes everything that is generated; with --check, compares it byte by byte and writes nothing.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { cruiseImports } from "./layers.mjs";
import { ROOT } from "./toolchain.mjs";

/** Folders that hold nothing but generated files: what no generator makes is a leftover. */
const OWNED = ["docs/catalogue", "docs/schemas"];

const DECISIONS = "docs/decisions";

/** What the browser needs of the interface: where each operation is. Its schemas would be too much to send. */
function operationsTable(http) {
  const rows = Object.entries(http)
    .filter(([, value]) => value?.method && value.path && value.answer)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { method, path }]) => `  ${name}: { method: "${method}", path: "${path}" },`);
  return `// Generated from packages/contract/src/http by scripts/generate.mjs.
import type { OperationId } from "./operations-of.ts";

/** Where each operation is. */
export const OPERATIONS: Readonly<Record<OperationId, { readonly method: string; readonly path: string }>> = {
${rows.join("\n")}
};
`;
}

/** The file whose review the readmes show, and how much of it. */
const SAMPLE = "fixtures/forms/bureau-sample/form.docx";
const LINES_SHOWN = 36;

/** The pages of the catalogue: which package makes each. */
const PAGES = [
  { file: "docs/catalogue/law.md", from: "@jiheng/law", name: "lawCatalogue" },
  { file: "docs/catalogue/policies.md", from: "@jiheng/scoring", name: "policyCatalogue" },
  { file: "docs/catalogue/rules.md", from: "@jiheng/audit", name: "ruleCatalogue" },
  { file: "docs/catalogue/lifecycle.md", from: "@jiheng/workflow", name: "lifecyclePage" },
  { file: "docs/catalogue/specimens.md", from: "./measure-specimens.ts", name: "specimensPage" },
  { file: "docs/coverage-bureau-2024.md", from: "./coverage-bureau-2024.ts", name: "coveragePage" },
];

/** The text between the markers of one generated part of a written page. */
export function replacePart(page, name, text) {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the markers of ${name} are missing`);
  return `${page.slice(0, from + begin.length)}\n${text.trim()}\n${page.slice(to)}`;
}

/** The graph of workspaces as mermaid, from the imports themselves: dotted where only types are taken. */
export function packageGraph(modules) {
  const edges = new Map();
  for (const { source, dependencies } of modules) {
    const from = workspaceOf(source);
    if (from === null || !/\/(src|bin)\//.test(source)) continue;
    for (const { resolved, dependencyTypes } of dependencies) {
      const to = workspaceOf(resolved);
      if (to === null || to === from) continue;
      const key = `${from} ${to}`;
      edges.set(key, (edges.get(key) ?? false) || !dependencyTypes.includes("type-only"));
    }
  }
  const rows = [...edges].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = rows.map(([key, byValue]) => `  ${key.replace(" ", byValue ? " --> " : " -.-> ")}`);
  return ["```mermaid", "flowchart TD", ...lines, "```"].join("\n");
}

function workspaceOf(path) {
  return /^(?:packages|apps)\/([^/]+)\//.exec(path)?.[1] ?? null;
}

async function generate() {
  const files = new Map();
  const faults = [];
  for (const { file, from, name } of PAGES) {
    const make = (await load(from, faults))[name];
    if (make) files.set(file, make());
    else faults.push(`${file}: ${from} exports no ${name}`);
  }
  const { jsonSchemas } = await load("@jiheng/contract", faults);
  if (!jsonSchemas) faults.push("docs/schemas: @jiheng/contract exports no jsonSchemas");
  for (const [name, schema] of Object.entries(jsonSchemas?.() ?? {}))
    files.set(`docs/schemas/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
  const http = await load("@jiheng/contract/http", faults);
  const endpoints = Object.values(http).filter((value) => value?.method && value.path && value.answer);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  files.set("docs/openapi.json", `${JSON.stringify(http.openApiDocument?.(endpoints, version), null, 2)}\n`);
  files.set("apps/web/src/api/operations.ts", operationsTable(http));
  const review = await sampleReview();
  for (const page of ["README.md", "README.zh-CN.md"])
    files.set(page, replacePart(readFileSync(join(ROOT, page), "utf8"), "review", review));
  const { modules } = await cruiseImports();
  const architecture = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  files.set("ARCHITECTURE.md", replacePart(architecture, "graph", packageGraph(modules)));
  const index = readFileSync(join(ROOT, DECISIONS, "README.md"), "utf8");
  files.set(`${DECISIONS}/README.md`, replacePart(index, "records", decisionTable()));
  const operations = readFileSync(join(ROOT, "docs/operations.md"), "utf8");
  files.set("docs/operations.md", replacePart(operations, "controls", controlTable()));
  return { files, faults };
}

/** The controls of security under their headings, each beside the test that proves it. */
function controlTable() {
  const { controls } = JSON.parse(readFileSync(join(ROOT, "docs/security-controls.json"), "utf8"));
  const rows = [...Map.groupBy(controls, ({ heading }) => heading)].flatMap(([heading, ofHeading]) =>
    ofHeading.map(
      ({ control, file, test }, index) =>
        `| ${index === 0 ? heading : ""} | ${control} | [${basename(file)}](../${file}) “${test}” |`,
    ),
  );
  return ["| 控制点 | 软件的控制 | 证明它的测试 |", "|---|---|---|", ...rows].join("\n");
}

/** Every decision record with its title, by number. */
function decisionTable() {
  const names = readdirSync(join(ROOT, DECISIONS)).filter((name) => /^\d{4}-.+\.md$/.test(name));
  const rows = names.sort().map((name) => {
    const [heading = ""] = readFileSync(join(ROOT, DECISIONS, name), "utf8").split("\n");
    return `| [${name.slice(0, 4)}](${name}) | ${heading.replace(/^#\s*\d{4}\s*/, "").trim()} |`;
  });
  return ["| | |", "|---|---|", ...rows].join("\n");
}

/** The beginning of the review of the sample file, as `npm start` prints it. */
async function sampleReview() {
  const { main } = await import("../apps/cli/src/main.ts");
  let printed = "";
  const io = { terminal: false, progress: false, columns: 100, cwd: ROOT, err: () => {} };
  const out = (text) => {
    printed += text;
  };
  await main(["audit", SAMPLE], { ...io, out });
  const lines = printed.trimEnd().split("\n");
  // Cut before a finding or a form, so that none breaks off in the middle.
  const end = lines.findLastIndex(
    (line, index) => index <= LINES_SHOWN && /^(?:─{40,}$| {2}\d+\. )/.test(line),
  );
  const shown = lines.slice(0, end);
  return ["```text", ...shown, ...(lines.length > shown.length ? ["…"] : []), "```"].join("\n");
}

async function load(name, faults) {
  try {
    return await import(name);
  } catch (error) {
    faults.push(`${name} does not load: ${error.message}`);
    return {};
  }
}

async function main(check) {
  const { files, faults } = await generate();
  for (const [file, text] of files) {
    const path = join(ROOT, file);
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    if (check) {
      faults.push(`${file} is not what is generated now: run npm run generate`);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`written: ${file}`);
  }
  for (const folder of OWNED)
    for (const name of existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : [])
      if (!files.has(`${folder}/${name}`))
        faults.push(`${folder}/${name} is made by no generator: remove it`);
  for (const fault of faults) console.log(fault);
  console.log(`${files.size} generated files`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await main(process.argv.includes("--check"));
