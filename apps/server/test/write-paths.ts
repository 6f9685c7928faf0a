import { globSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/** A place that writes the form of a submission. */
export interface FormWrite {
  readonly file: string;
  /** The function it stands in. */
  readonly within: string;
  readonly how: string;
}

const ROOT = join(import.meta.dirname, "../src");
const WRITERS = new Set(["updateTable", "insertInto", "replaceInto", "mergeInto"]);
const CARRIERS = new Set(["set", "values", "doUpdateSet", "updateSet", "insertValues"]);
const RAW = /\b(?:update|into|copy|merge\s+into)\s+(?:only\s+)?(?:"?\w+"?\.)?"?submission"?(?![\w"])/i;

/**
 * Every write to `submission.form` in the sources of the server, by the types of what the query builder is given and by the text of raw
 * SQL. `planted` are further sources, by name, for seeing the search find something.
 */
export function formWrites(planted: Readonly<Record<string, string>> = {}): {
  readonly writes: FormWrite[];
  readonly callersOfWriteForm: string[];
  readonly files: number;
} {
  const names = globSync("**/*.ts", { cwd: ROOT }).map((name) => join(ROOT, name));
  const virtual = new Map(Object.entries(planted).map(([name, text]) => [join(ROOT, name), text]));
  const config = ts.readConfigFile(join(ROOT, "../../../tsconfig.node.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(ROOT, "../../.."));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, language, ...rest) => {
    const text = virtual.get(name);
    return text === undefined
      ? getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, text, language, true);
  };
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => virtual.get(name) ?? readFile(name);
  const program = ts.createProgram([...names, ...virtual.keys()], { ...options, noEmit: true }, host);
  const checker = program.getTypeChecker();
  const writes: FormWrite[] = [];
  const callersOfWriteForm = new Set<string>();
  for (const name of [...names, ...virtual.keys()]) {
    const source = program.getSourceFile(name);
    if (!source) throw new Error(`${name} is not in the program`);
    const file = relative(ROOT, name);
    const visit = (node: ts.Node): void => {
      const how = writeOf(node, checker, source);
      if (how !== null) writes.push({ file, within: functionOf(node), how });
      if (ts.isCallExpression(node) && node.expression.getText(source) === "writeForm")
        callersOfWriteForm.add(`${file}#${functionOf(node)}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { writes, callersOfWriteForm: [...callersOfWriteForm], files: names.length };
}

function writeOf(node: ts.Node, checker: ts.TypeChecker, source: ts.SourceFile): string | null {
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isStringLiteral(node)) {
    const text = node.getText(source);
    const isWrite =
      RAW.test(text) && (/\bform\b/.test(text) || /null::submission\b/.test(text) || /\bcopy\b/i.test(text));
    return isWrite ? "raw SQL" : null;
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  const { name, expression } = node.expression;
  if (!CARRIERS.has(name.text) || !isOnSubmission(expression)) return null;
  const carries = node.arguments.some((argument) =>
    mayCarryForm(checker.getTypeAtLocation(argument), checker),
  );
  const named = name.text === "set" && node.arguments[0]?.getText(source) === '"form"';
  return carries || named ? `.${name.text}()` : null;
}

/** Whether the chain of calls begins with a write to the table. */
function isOnSubmission(expression: ts.Expression): boolean {
  for (let at: ts.Node = expression; ; ) {
    if (ts.isCallExpression(at)) {
      const callee = at.expression;
      if (ts.isPropertyAccessExpression(callee) && WRITERS.has(callee.name.text)) {
        const [table] = at.arguments;
        return table !== undefined && ts.isStringLiteralLike(table) && /^submission(\s|$)/.test(table.text);
      }
      at = callee;
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression;
    else return false;
  }
}

function mayCarryForm(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
  if (type.isUnion()) return type.types.some((part) => mayCarryForm(part, checker));
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (element && checker.isArrayLikeType(type)) return mayCarryForm(element, checker);
  const [signature] = type.getCallSignatures();
  if (signature) return mayCarryForm(signature.getReturnType(), checker);
  return (
    type.getProperty("form") !== undefined ||
    checker.getIndexTypeOfType(type, ts.IndexKind.String) !== undefined
  );
}

function functionOf(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent)
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) && at.name) return at.name.getText();
  return "";
}
