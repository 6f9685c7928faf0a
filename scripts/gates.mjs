// The gates of `npm test`, apart from the tests themselves: one name, one program that ends with 0 or says what is wrong.
const tsc = "node_modules/typescript/bin/tsc";

/** Every gate, the slow ones first. `args` are the arguments of Node. */
export const GATES = [
  { name: "planted faults", args: ["scripts/planted-faults.mjs"] },
  { name: "compiler: pure packages", args: [tsc, "-p", "tsconfig.pure.json"] },
  { name: "compiler: codecs", args: [tsc, "-p", "tsconfig.codecs.json"] },
  { name: "compiler: node", args: [tsc, "-p", "tsconfig.node.json"] },
  { name: "compiler: web", args: [tsc, "-p", "tsconfig.web.json"] },
  { name: "layers", args: ["scripts/layers.mjs"] },
  { name: "biome", args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."] },
  { name: "dead code", args: ["node_modules/knip/bin/knip.js", "--no-progress"] },
  { name: "generated files", args: ["scripts/generate.mjs", "--check"] },
  { name: "conventions", args: ["scripts/conventions.mjs"] },
  { name: "words", args: ["scripts/words.mjs"] },
  { name: "lock file", args: ["scripts/lock-file.mjs"] },
  { name: "no machine in the text", args: ["scripts/machine-paths.mjs"] },
  { name: "readme twins", args: ["scripts/readme-twins.mjs"] },
];
