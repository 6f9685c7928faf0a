// The gates of `npm test`, apart from the tests themselves: one name, one program that ends with 0 or says what is wrong.
const tsc = "node_modules/typescript/bin/tsc";

/** Every gate, the slow ones first. `args` are the arguments of Node. */
export const GATES = [
  { name: "compiler: pure packages", args: [tsc, "-p", "tsconfig.pure.json"] },
  { name: "compiler: codecs", args: [tsc, "-p", "tsconfig.codecs.json"] },
  { name: "compiler: node", args: [tsc, "-p", "tsconfig.node.json"] },
  { name: "biome", args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."] },
];
