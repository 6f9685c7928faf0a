// The dependency rule, one entry per row of the table in ARCHITECTURE.md. Held by scripts/layers.mjs.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const packages = (...names) => names.map((name) => `^packages/${name}/src/`);
/** The files by which workspaces may be entered: what their package.json exports. */
const DOORS = ["packages", "apps"].flatMap((group) =>
  readdirSync(new URL(group, import.meta.url)).flatMap((name) => {
    const manifest = new URL(`${group}/${name}/package.json`, import.meta.url);
    const { exports = {} } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {};
    return Object.values(exports).map((file) => `^${group}/${name}/${file.slice(2).replaceAll(".", "\\.")}$`);
  }),
);
const LIBRARIES = "(^|/)node_modules/";
const PURE = ["law", "domain", "scoring", "audit", "rollup", "workflow"];
const ALL = [...PURE, "contract", "importers", "exporters", "specimens"];

/** A row: who, and everything it may reach apart from itself. */
const row = (name, from, may, more = {}) => ({
  name,
  severity: "error",
  comment: `${name} may import only what its row of the table says`,
  from: { path: from },
  to: { pathNot: [from, ...may], ...more },
});
const withNode = { dependencyTypesNot: ["core"] };

const rows = [
  row("law", "^packages/law/src/", []),
  row("domain", "^packages/domain/src/", packages("law")),
  row("scoring", "^packages/scoring/src/", packages("law", "domain")),
  row("audit", "^packages/audit/src/", packages("law", "domain", "scoring")),
  row("rollup", "^packages/rollup/src/", packages("law", "domain", "scoring")),
  row("workflow", "^packages/workflow/src/", packages("law", "domain")),
  row("contract", "^packages/contract/src/", [...packages(...PURE), "(^|/)node_modules/zod/"]),
  row("importers", "^packages/importers/src/(?!node/)", [...packages("domain", "contract"), LIBRARIES]),
  row(
    "importers-node",
    "^packages/importers/src/node/",
    [...packages("domain", "contract", "importers"), LIBRARIES],
    withNode,
  ),
  row("exporters", "^packages/exporters/src/(?!pdf/)", [
    ...packages("law", "domain", "scoring", "audit", "rollup", "contract"),
    LIBRARIES,
  ]),
  row(
    "exporters-pdf",
    "^packages/exporters/src/pdf/",
    ["^packages/exporters/src/(document|model)\\.ts$", "^packages/exporters/src/writers/", LIBRARIES],
    withNode,
  ),
  row("specimens", "^packages/specimens/src/", packages("law", "domain", "scoring")),
  row(
    "cli",
    "^apps/cli/(src|bin)/",
    [...packages(...ALL), "^apps/server/src/index\\.ts$", LIBRARIES],
    withNode,
  ),
  row("server", "^apps/server/src/", [...packages(...ALL), LIBRARIES], withNode),
  row("web", "^apps/web/src/", [...packages(...ALL.filter((name) => name !== "specimens")), LIBRARIES]),
];

/** What the table says beside the names of the rows. */
const narrower = [
  {
    name: "domain-types-of-law",
    severity: "error",
    comment: "domain takes only types from law",
    from: { path: "^packages/domain/src/" },
    to: { path: "^packages/law/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "contract-types-only",
    severity: "error",
    comment: "contract takes only types from the pure packages",
    from: { path: "^packages/contract/src/" },
    to: { path: packages(...PURE), dependencyTypesNot: ["type-only"] },
  },
  {
    name: "server-lazily",
    severity: "error",
    comment: "the command line starts without the server: it is imported when it is asked for",
    from: { path: "^apps/cli/" },
    to: { path: "^apps/server/", dynamic: false, dependencyTypesNot: ["type-only"] },
  },
  {
    name: "codecs-in-a-worker",
    severity: "error",
    comment:
      "in the browser, reading and writing files must not block the page; laying a form out writes none",
    from: { path: "^apps/web/src/", pathNot: "\\.worker\\.ts$" },
    to: {
      path: packages("importers", "exporters"),
      pathNot: "^packages/exporters/src/layouts/index\\.ts$",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "node-entries-not-in-web",
    severity: "error",
    comment: "what runs only in Node has an entry of its own, and no browser is sent it",
    from: { path: "^apps/web/src/" },
    to: { path: ["^packages/importers/src/node/", "^packages/exporters/src/pdf/"] },
  },
  {
    name: "days-in-one-field",
    severity: "error",
    comment: "a day is its text, year-month-day; only the field with the calendar makes anything else of it",
    from: { path: "^apps/web/src/", pathNot: "^apps/web/src/ui/DayField\\.tsx$" },
    to: { path: "node_modules/dayjs/" },
  },
  {
    name: "tools-import-nothing-back",
    severity: "error",
    comment: "nothing in packages or apps imports bench, scripts, fixtures or tests",
    from: { path: "^(packages|apps)/[^/]+/(src|bin)/" },
    to: { path: ["^(bench|scripts|fixtures)/", "^(packages|apps)/[^/]+/test/"] },
  },
  {
    name: "launchers-bare",
    severity: "error",
    comment: "what runs before an install needs nothing that is installed",
    from: { path: ["^apps/cli/bin/", "^scripts/(start|test|toolchain|gates)\\.mjs$"] },
    to: { path: LIBRARIES },
  },
  {
    name: "through-the-door",
    severity: "error",
    comment: "a package is entered by what its package.json exports, never by a path into its folder",
    from: { path: "^(packages|apps)/([^/]+)/(?:src|bin)/" },
    to: {
      path: "^(packages|apps)/[^/]+/",
      pathNot: ["^$1/$2/", ...DOORS],
    },
  },
  {
    name: "no-cycles",
    severity: "error",
    comment: "modules that need each other are one module or have a third in common",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "no-undeclared-library",
    severity: "error",
    comment: "what is imported is declared in the package.json of its package",
    from: { path: "^(packages|apps)/", pathNot: "/test/" },
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "resolvable",
    severity: "error",
    comment: "every import resolves",
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...rows, ...narrower],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(fixtures/forms|apps/web/dist)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js"],
    },
  },
};
