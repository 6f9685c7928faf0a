// Gate: conventions that the compiler and the linter do not hold, read from the syntax of every source file.
import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { ROOT } from "./toolchain.mjs";

const VAGUE_FOLDER = /(^|\/)(utils?|helpers?|common|shared|core)\//;
/** A rule of the review engine explains itself in its `explains`, which its type requires. */
const SELF_EXPLAINING = new Set(["formRule", "batchRule", "humanRule"]);

/** What is wrong with one source file, each as `line: words`. */
export function conventionFaults(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const faults = [];
  const fault = (node, words) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    faults.push(`${line + 1}: ${words}`);
  };
  if (VAGUE_FOLDER.test(path))
    faults.push("1: a folder is named after what is in it, not utils, helpers, common, shared, core");
  for (const statement of source.statements) requireDocstring(statement, source, fault);
  if (path.startsWith("packages/") && path.includes("/src/")) visitPure(source, fault);
  requireNoPromises(text, faults);
  return faults;
}

function requireDocstring(statement, source, fault) {
  const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!exported || ts.getJSDocCommentsAndTags(statement).length > 0) return;
  if (ts.isVariableStatement(statement)) {
    const declaration = statement.declarationList.declarations[0];
    const value = declaration?.initializer;
    if (continuesGroup(statement, source)) return;
    if (/^[A-Z]+$/.test(declaration?.name.getText(source) ?? "")) return;
    if (value && ts.isCallExpression(value) && SELF_EXPLAINING.has(value.expression.getText(source))) return;
    return fault(statement, `${declaration?.name.getText(source)} is exported without a docstring`);
  }
  // The type of a schema is the schema's; its words stand there.
  if (ts.isTypeAliasDeclaration(statement) && /^z\.infer</.test(statement.type.getText(source))) return;
  // The second and later signatures of an overloaded function share the words of the first.
  if (ts.isFunctionDeclaration(statement) && isLaterSignature(statement, source)) return;
  if (
    ts.isFunctionDeclaration(statement) &&
    isOneWord(statement.name?.text) &&
    statement.body?.statements.length === 1
  )
    return;
  if (statement.name) fault(statement, `${statement.name.getText(source)} is exported without a docstring`);
}

/** Constants in lines without a gap share the words above the first. */
function continuesGroup(statement, source) {
  const before = source.statements[source.statements.indexOf(statement) - 1];
  if (before === undefined || !ts.isVariableStatement(before)) return false;
  const gap = source.text.slice(before.getEnd(), statement.getStart(source));
  if (gap.split("\n").length > 2) return false;
  return ts.getJSDocCommentsAndTags(before).length > 0 || continuesGroup(before, source);
}

/** `add`, `equals`: the word says it all when the body is one statement. */
function isOneWord(name = "") {
  return /^[a-z]+$/.test(name);
}

function isLaterSignature(statement, source) {
  const before = source.statements[source.statements.indexOf(statement) - 1];
  return (
    before !== undefined && ts.isFunctionDeclaration(before) && before.name?.text === statement.name?.text
  );
}

/** Clock and chance. */
function visitPure(source, fault) {
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.getText(source);
      if (name === "Math.random") fault(node, "packages know no chance: take a seed");
      if (name === "Date.now") fault(node, "packages know no clock: take the date");
    }
    if (ts.isNewExpression(node) && node.expression.getText(source) === "Date" && !node.arguments?.length)
      fault(node, "packages know no clock: take the date");
    ts.forEachChild(node, visit);
  };
  visit(source);
}

function requireNoPromises(text, faults) {
  text.split("\n").forEach((line, index) => {
    if (/(\/\/|\*)\s*(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)/.test(line))
      faults.push(`${index + 1}: a promise in a comment names its issue (#12)`);
  });
}

function main() {
  const files = globSync(["packages/*/src/**/*.ts", "apps/*/src/**/*.{ts,tsx}"], { cwd: ROOT }).sort();
  for (const file of files) {
    const path = file.split(sep).join("/");
    for (const fault of conventionFaults(path, readFileSync(join(ROOT, file), "utf8"))) {
      console.log(`${path}:${fault}`);
      process.exitCode = 1;
    }
  }
  console.log(`${files.length} source files`);
  if (files.length === 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
