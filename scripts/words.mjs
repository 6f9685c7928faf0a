// Gate: every Chinese word the web application shows goes through `t`, and every one has its English in a words.en.json; none is kept for nothing.
import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { ROOT } from "./toolchain.mjs";

const SOURCES = "apps/web/src/**/*.{ts,tsx}";
const WORDS = "apps/web/src/**/words.en.json";
const HAN = /\p{Script=Han}/u;
/** Names that are the same in every language of the page. */
const SAME_EVERYWHERE = new Set(["绩衡", "中文"]);

/** The Chinese sentences a source says by `t`, and its Chinese literals that are not said by it, each as `line: words`. */
export function wordsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const said = [];
  const unsaid = [];
  const line = (node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === "t") {
      const [sentence, ...values] = node.arguments;
      if (sentence && ts.isStringLiteralLike(sentence)) said.push(sentence.text);
      else if (sentence) choices(sentence);
      return values.forEach(visit);
    }
    if (isText(node) && HAN.test(node.text) && !SAME_EVERYWHERE.has(node.text.trim()))
      unsaid.push(`${line(node)}: ${node.text.trim()}`);
    ts.forEachChild(node, visit);
  };
  /** `t(a ? "甲" : "乙")` says both; anything else is a word that comes from elsewhere. */
  const choices = (node) => {
    if (ts.isParenthesizedExpression(node)) return choices(node.expression);
    if (!ts.isConditionalExpression(node)) return;
    for (const branch of [node.whenTrue, node.whenFalse])
      if (ts.isStringLiteralLike(branch)) said.push(branch.text);
      else choices(branch);
  };
  visit(source);
  return { said, unsaid };
}

function isText(node) {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isJsxText(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
  );
}

/** What is wrong with the words of the application: `sources` and `lists` by path. */
export function wordFaults(sources, lists) {
  const faults = [];
  const english = new Map();
  for (const [path, words] of lists)
    for (const [chinese, translated] of Object.entries(words)) {
      const other = english.get(chinese);
      if (other && other.translated !== translated)
        faults.push(
          `${path}: “${chinese}” is “${translated}” here and “${other.translated}” in ${other.path}`,
        );
      english.set(chinese, { path, translated });
      if (!translated.trim()) faults.push(`${path}: “${chinese}” has no English`);
      const [asked, given] = [chinese, translated].map((text) =>
        [...text.matchAll(/\{\{\w+\}\}/g)].map(String),
      );
      if (asked.toSorted().join() !== given.toSorted().join())
        faults.push(`${path}: “${chinese}” and its English fill in different values`);
    }
  const said = new Set();
  for (const [path, text] of sources) {
    const words = wordsOf(path, text);
    for (const sentence of words.said) {
      said.add(sentence);
      if (HAN.test(sentence) && !english.has(sentence)) faults.push(`${path}: “${sentence}” has no English`);
    }
    for (const place of words.unsaid) faults.push(`${path}:${place} is not said by t()`);
  }
  // Titles of the life cycle come from the life cycle: terms.
  for (const [chinese, { path }] of english)
    if (!said.has(chinese) && !path.endsWith("i18n/words.en.json"))
      faults.push(`${path}: nobody says “${chinese}”`);
  return faults;
}

function main() {
  const read = (pattern) =>
    globSync(pattern, { cwd: ROOT }).map((path) => [
      path.split(sep).join("/"),
      readFileSync(join(ROOT, path), "utf8"),
    ]);
  const sources = read(SOURCES);
  const lists = read(WORDS).map(([path, text]) => [path, JSON.parse(text)]);
  const faults = wordFaults(sources, lists);
  for (const fault of faults) console.log(fault);
  if (faults.length > 0) process.exitCode = 1;
  else
    console.log(
      `${lists.reduce((sum, [, words]) => sum + Object.keys(words).length, 0)} sentences in two languages`,
    );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
