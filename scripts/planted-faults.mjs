// Gate of the gates: plants one fault per rule in a copy of the sources and requires the compiler, the cruiser and the
// linter to catch each. The copy lies in .cache/ (ignored), is removed at the end, on Ctrl-C, and by the next run.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import config from "../.dependency-cruiser.mjs";
import { cruiseImports } from "./layers.mjs";
import { ROOT } from "./toolchain.mjs";

const PURE = ["law", "domain", "scoring", "audit", "rollup", "workflow", "contract", "specimens"];
const CODECS = ["importers", "exporters"];

const EMPTY = "export const planted = 1;\n";

/** A file with one fault; `expect` is the name of the broken rule, or what the compiler or the linter says about it. */
const plant = (by, expect, file, text) => ({ by, expect, file, text });
const value = (from) => `import * as planted from "${from}";\nexport const reached = planted;\n`;
const cruised = (rule, file, from) => plant("cruiser", rule, file, value(from));

const PLANTS = [
  cruised("law", "packages/law/src/planted.ts", "@jiheng/domain"),
  cruised("domain", "packages/domain/src/planted.ts", "@jiheng/scoring"),
  cruised("scoring", "packages/scoring/src/planted.ts", "@jiheng/audit"),
  cruised("audit", "packages/audit/src/planted.ts", "@jiheng/importers"),
  cruised("rollup", "packages/rollup/src/planted.ts", "@jiheng/audit"),
  cruised("workflow", "packages/workflow/src/planted.ts", "@jiheng/scoring"),
  cruised("contract", "packages/contract/src/planted.ts", "@jiheng/exporters"),
  cruised("importers", "packages/importers/src/planted.ts", "@jiheng/scoring"),
  cruised("importers-node", "packages/importers/src/node/planted.ts", "@jiheng/scoring"),
  cruised("exporters", "packages/exporters/src/planted.ts", "@jiheng/importers"),
  cruised("exporters-pdf", "packages/exporters/src/pdf/planted.ts", "@jiheng/audit"),
  cruised("specimens", "packages/specimens/src/planted.ts", "@jiheng/audit"),
  cruised("cli", "apps/cli/src/planted.ts", "@jiheng/web"),
  cruised("server", "apps/server/src/planted.ts", "@jiheng/cli"),
  cruised("web", "apps/web/src/planted.ts", "@jiheng/specimens"),
  cruised("law", "packages/law/src/planted-node.ts", "node:fs"),
  cruised("audit", "packages/audit/src/planted-library.ts", "fflate"),
  cruised("importers", "packages/importers/src/planted-node.ts", "node:fs"),
  cruised("domain-types-of-law", "packages/domain/src/planted-value.ts", "@jiheng/law"),
  cruised("contract-types-only", "packages/contract/src/planted-value.ts", "@jiheng/domain"),
  cruised("server-lazily", "apps/cli/src/planted-server.ts", "@jiheng/server"),
  cruised("codecs-in-a-worker", "apps/web/src/planted-codec.ts", "@jiheng/importers"),
  cruised("node-entries-not-in-web", "apps/web/src/planted.worker.ts", "@jiheng/importers/node"),
  cruised("days-in-one-field", "apps/web/src/planted-day.ts", "dayjs"),
  cruised("tools-import-nothing-back", "apps/cli/src/planted-tool.ts", "../../../scripts/planted.mjs"),
  cruised("launchers-bare", "apps/cli/bin/planted.js", "fflate"),
  cruised("through-the-door", "packages/audit/src/planted-path.ts", "../../domain/src/decimal.ts"),
  cruised("no-cycles", "packages/law/src/planted-cycle.ts", "./planted-cycle-2.ts"),
  cruised("no-undeclared-library", "packages/exporters/src/planted-library.ts", "typescript"),
  cruised("resolvable", "packages/law/src/planted-nowhere.ts", "./no-such-file.ts"),
  plant("biome", "noDefaultExport", "packages/law/src/planted-default.ts", "export default 1;\n"),
  plant("biome", "noEnum", "packages/law/src/planted-enum.ts", "export enum Planted { A }\n"),
  plant("biome", "useFilenamingConvention", "packages/law/src/PlantedName.ts", EMPTY),
  plant(
    "biome",
    "noRestrictedGlobals",
    "packages/audit/src/planted-network.ts",
    'export const a = fetch("b");\n',
  ),
  plant(
    "biome",
    "noRestrictedGlobals",
    "packages/audit/src/planted-float.ts",
    'export const a = parseFloat("1");\n',
  ),
  plant("biome", "noConsole", "packages/audit/src/planted-console.ts", 'console.log("a");\n'),
  ...[...PURE, ...CODECS].flatMap((name) => [
    plant("compiler", "node:fs", `packages/${name}/src/planted-fs.ts`, value("node:fs")),
    plant(
      "compiler",
      "process",
      `packages/${name}/src/planted-process.ts`,
      "export const reached = process.env;\n",
    ),
    plant(
      "compiler",
      "document",
      `packages/${name}/src/planted-dom.ts`,
      "export const reached = document.title;\n",
    ),
  ]),
];

/** What the plants lean on and what is no fault by itself: workspaces that may not exist yet, and the other ends of imports. */
const WORKSPACES = ["packages/rollup", "packages/workflow", "apps/server", "apps/web", "apps/cli"];
const SUPPORT = {
  "packages/law/src/planted-cycle-2.ts": value("./planted-cycle.ts"),
  "scripts/planted.mjs": EMPTY,
};

const folder = join(ROOT, ".cache", `planted-${process.pid}`);
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

removeLeftovers();
copySources();
for (const { file, text } of PLANTS) write(file, text);
for (const [file, text] of Object.entries(SUPPORT)) write(file, text);

const missed = [
  ...(await missedByCruiser()),
  ...missedByCompiler(),
  ...missedByBiome(),
  ...rulesWithoutPlant(),
];
for (const words of missed) console.log(words);
console.log(`${PLANTS.length} faults planted, ${PLANTS.length - missed.length} caught`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function missedByCruiser() {
  const { violations } = await cruiseImports(folder);
  const caught = new Set(
    violations.flatMap(({ rule, from, to }) => [
      `${rule.name} ${from}`,
      // A cycle is reported once, from whichever of its modules.
      ...(rule.name === "no-cycles" ? [`${rule.name} ${to}`] : []),
    ]),
  );
  return PLANTS.filter(({ by, expect, file }) => by === "cruiser" && !caught.has(`${expect} ${file}`)).map(
    ({ expect, file, text }) => `not caught by the rule ${expect}: ${file} with ${firstLine(text)}`,
  );
}

function missedByCompiler() {
  const missed = [];
  const said = [
    ["tsconfig.pure.json", PURE],
    ["tsconfig.codecs.json", CODECS],
  ].map(([project]) => {
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    return spawnSync(process.execPath, [tsc, "-p", project], { cwd: folder, encoding: "utf8" }).stdout;
  });
  const lines = said.join("\n").split("\n");
  for (const { by, expect, file, text } of PLANTS) {
    if (by !== "compiler") continue;
    if (!lines.some((line) => line.startsWith(`${file}(`) && line.includes(`'${expect}'`)))
      missed.push(`not caught by the compiler: ${file} with ${firstLine(text)}`);
  }
  return missed;
}

function missedByBiome() {
  const plants = PLANTS.filter(({ by }) => by === "biome");
  const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "lint", "--vcs-enabled=false", "--reporter=github", ...plants.map(({ file }) => file)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const lines = `${stdout}\n${stderr}`.split("\n");
  return plants
    .filter(({ expect, file }) => !lines.some((line) => line.includes(file) && line.includes(`/${expect}`)))
    .map(({ expect, file, text }) => `not caught by ${expect} of biome: ${file} with ${firstLine(text)}`);
}

function rulesWithoutPlant() {
  const planted = new Set(PLANTS.map(({ expect }) => expect));
  return config.forbidden
    .filter(({ name }) => !planted.has(name))
    .map(({ name }) => `the rule ${name} has no plant`);
}

function copySources() {
  for (const file of [
    "tsconfig.base.json",
    "tsconfig.pure.json",
    "tsconfig.codecs.json",
    "package.json",
    "biome.json",
  ])
    copy(file);
  for (const group of ["packages", "apps"])
    for (const name of readdirSync(join(ROOT, group)))
      for (const part of ["package.json", "src", "bin"]) copy(`${group}/${name}/${part}`);
  // Workspaces that do not exist yet are stood up, and every one has a door, so that each row of the table is tried.
  for (const workspace of [
    ...WORKSPACES,
    ...readdirSync(join(folder, "packages")).map((name) => `packages/${name}`),
  ]) {
    const path = join(folder, workspace, "package.json");
    const manifest = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { type: "module" };
    const name = `@jiheng/${workspace.split("/")[1]}`;
    write(
      `${workspace}/package.json`,
      JSON.stringify({ ...manifest, name, exports: { ...manifest.exports, ".": "./src/index.ts" } }),
    );
    if (!existsSync(join(folder, workspace, "src", "index.ts"))) write(`${workspace}/src/index.ts`, EMPTY);
  }
  mkdirSync(join(folder, "node_modules", "@jiheng"), { recursive: true });
  for (const group of ["packages", "apps"])
    for (const name of readdirSync(join(folder, group)))
      symlinkSync(join(folder, group, name), join(folder, "node_modules", "@jiheng", name), "junction");
}

function copy(path) {
  if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
}

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Copies of runs that were killed before they could tidy up. */
function removeLeftovers() {
  const cache = join(ROOT, ".cache");
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const pid = /^planted-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !alive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function firstLine(text) {
  return text.split("\n")[0];
}
