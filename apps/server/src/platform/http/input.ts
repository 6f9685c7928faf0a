import type { z } from "zod";
import { Refusal } from "./refusal.ts";

/** One place of the input that is wrong. */
export interface InputError {
  readonly at: string;
  readonly says: string;
}

/** The deepest nesting of a JSON body that is read. */
const DEEPEST = 40;
/** Most wrong places that are told at once. */
const MOST_ERRORS = 50;

/** Parses a JSON body; refuses what is no JSON, nests too deeply or holds characters that no database keeps. */
export function parseJson(text: string): unknown {
  if (nestsTooDeeply(text)) throw new Refusal("invalid-input", `请求正文的层次超过 ${DEEPEST} 层。`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("invalid-input", "请求正文不是合法的 JSON。");
  }
  requireKeepable(value, "body");
  return value;
}

/** Refuses strings that PostgreSQL cannot hold as they are: with U+0000 or half a surrogate pair. Also keys that would touch prototypes. */
export function requireKeepable(value: unknown, at: string): void {
  const wrong = unkeepable(value, at);
  if (wrong !== null)
    throw new Refusal("invalid-input", `${wrong} 含有不能保存的字符，请删去后重试。`, {
      errors: [{ at: wrong, says: "含有不能保存的字符" }],
    });
}

function unkeepable(value: unknown, at: string): string | null {
  if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed() ? at : null;
  if (value === null || typeof value !== "object") return null;
  for (const [key, part] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`;
    if (key === "__proto__" || key.includes("\u0000") || !key.isWellFormed()) return at;
    const wrong = unkeepable(part, place);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** Counted on the text, before a parser or a schema could run out of stack. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (inString) {
      if (letter === 92) at += 1;
      else if (letter === 34) inString = false;
    } else if (letter === 34) inString = true;
    else if (letter === 91 || letter === 123) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (letter === 93 || letter === 125) depth -= 1;
  }
  return false;
}

/** Parses a part of the request by its schema; `where` leads the places of the errors: path, query, body. */
export function parsePart(schema: z.ZodType, value: unknown, where: string, errors: InputError[]): unknown {
  const parsed = schema.safeParse(value, { error: says });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    if (errors.length < MOST_ERRORS) errors.push({ at: placeOf(where, issue.path), says: issue.message });
  return undefined;
}

/** Refuses the request when there are errors. */
export function requireNoErrors(errors: readonly InputError[]): void {
  const first = errors[0];
  if (!first) return;
  const rest = errors.length > 1 ? `，另有 ${errors.length - 1} 处` : "";
  throw new Refusal("invalid-input", `${first.at}：${first.says}${rest}。`, { errors });
}

function placeOf(where: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === "number" ? `${place}[${key}]` : `${place}.${String(key)}`),
    where,
  );
}

const TYPES: Readonly<Record<string, string>> = {
  string: "文字",
  number: "数字",
  int: "整数",
  boolean: "true 或 false",
  array: "列表",
  object: "对象",
  null: "空值",
  record: "对象",
};

/** The words of an error of a schema, in Chinese. The value that was sent is never repeated. */
function says(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "必填" : `须为${TYPES[issue.expected] ?? issue.expected}`;
    case "unrecognized_keys":
      return `不认识的项：${issue.keys
        .map((key) => key.slice(0, 40))
        .slice(0, 10)
        .join("、")}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `须为 ${String(issue.values[0])}`
        : `须为下列之一：${issue.values.map(String).join("、")}`;
    case "too_small":
      return sized(issue.origin, `不少于 ${issue.minimum}`, Number(issue.minimum) === 1);
    case "too_big":
      return sized(issue.origin, `不超过 ${issue.maximum}`, false);
    case "invalid_format":
      return FORMATS[issue.format] ?? "格式不对";
    case "invalid_union":
      return "不是允许的任何一种形式";
    case "not_multiple_of":
      return `须为 ${issue.divisor} 的倍数`;
    default:
      return "不符合要求";
  }
}

function sized(origin: string, bound: string, isOne: boolean): string {
  if (origin === "string") return isOne ? "不能为空" : `${bound} 个字符`;
  if (origin === "array" || origin === "set") return isOne ? "不能为空" : `${bound} 项`;
  return `须${bound}`;
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: "须为标识（UUID）",
  datetime: "须为时刻，如 2025-01-31T08:00:00Z",
  date: "须为日期，如 2025-01-31",
  url: "须为网址",
  email: "须为电子邮件地址",
};
