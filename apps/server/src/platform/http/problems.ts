import { PROBLEMS, type Problem, type ProblemCode } from "@jiheng/contract/http";
import {
  type DatabaseTrouble,
  DatabaseUnavailable,
  translateDatabaseError,
} from "../database/database-unavailable.ts";
import { type Refused, refused } from "../outcome.ts";
import { Refusal } from "./refusal.ts";

/** What is sent for something that went wrong; `isFault` marks what is a bug or a broken machine and belongs into the log. */
export interface ProblemAnswer {
  readonly outcome: Refused;
  readonly isFault: boolean;
  readonly retryAfterSeconds: number | null;
}

/** The refusal as `application/problem+json`. */
export function problemOf({ code, detail, errors }: Refused, requestId: string): Problem {
  const { status, title } = PROBLEMS[code];
  return {
    type: `urn:jiheng:problem:${code}`,
    title,
    status,
    code,
    detail,
    instance: `urn:uuid:${requestId}`,
    ...(errors ? { errors: errors.map((error) => ({ ...error })) } : {}),
  };
}

interface Coded {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly name?: unknown;
}

/** The one place where what was thrown becomes a refusal. What nobody foresaw is `internal`, without a word of its content. */
export function problemFrom(error: unknown, requestId: string): ProblemAnswer {
  if (error instanceof Refusal)
    return { outcome: error.outcome, isFault: false, retryAfterSeconds: error.retryAfterSeconds };
  const { code, statusCode } = (error ?? {}) as Coded;
  const framework = typeof code === "string" ? FRAMEWORK[code] : undefined;
  if (framework) return answer(framework.code, framework.detail);
  const trouble = troubleOf(error);
  if (trouble)
    return answer(
      TROUBLES[trouble].code,
      TROUBLES[trouble].detail,
      trouble !== "busy",
      trouble === "full" ? 30 : 2,
    );
  if (code === "23505") return answer("already-exists", "同样的内容刚刚由另一请求建立，请刷新后再看。");
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500)
    return answer("invalid-input", "请求不符合 HTTP 的规定。");
  return answer("internal", `请把请求编号 ${requestId} 告诉管理员。内容未保存。`, true);
}

function answer(
  code: ProblemCode,
  detail: string,
  isFault = false,
  retryAfterSeconds: number | null = null,
): ProblemAnswer {
  return { outcome: refused(code, detail), isFault, retryAfterSeconds };
}

/** Errors of the web framework, by code. */
const FRAMEWORK: Readonly<
  Record<string, { readonly code: ProblemCode; readonly detail: string } | undefined>
> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: "too-large", detail: "请求正文超过上限，请分批提交。" },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: "wrong-media",
    detail: "请求正文须为 application/json；上传文件须为 multipart/form-data。",
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: "invalid-input", detail: "请求声明为 JSON 而正文是空的。" },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: "invalid-input", detail: "正文长度与声明的不一致。" },
  FST_ERR_BAD_URL: { code: "invalid-input", detail: "地址的编码不对。" },
  FST_ERR_ASYNC_CONSTRAINT: { code: "invalid-input", detail: "地址不对。" },
  FST_REQ_FILE_TOO_LARGE: { code: "too-large", detail: "有文件超过单个文件的上限。" },
  FST_FILES_LIMIT: { code: "too-large", detail: "文件太多，请分批上传。" },
  FST_PARTS_LIMIT: { code: "too-large", detail: "上传的部分太多，请分批上传。" },
  FST_FIELDS_LIMIT: { code: "invalid-input", detail: "上传时只接受 body 和 file 两种部分。" },
  FST_PROTO_VIOLATION: { code: "invalid-input", detail: "上传的部分名称不对。" },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { code: "wrong-media", detail: "上传文件须为 multipart/form-data。" },
  ERR_HTTP_REQUEST_TIMEOUT: { code: "invalid-input", detail: "请求没有在规定时间内发完。" },
};

const TROUBLES: Readonly<Record<DatabaseTrouble, { readonly code: ProblemCode; readonly detail: string }>> = {
  gone: { code: "database-unavailable", detail: "数据库暂时连不上，请稍后用同一请求重试。" },
  busy: { code: "database-unavailable", detail: "同时办理的人较多，请稍后用同一请求重试。" },
  full: { code: "storage-full", detail: "请联系管理员清理磁盘；腾出空间后重试即可。" },
};

/** What is wrong with the database or the disk, if that is what the error means. */
function troubleOf(error: unknown): DatabaseTrouble | null {
  if ((error as Coded | null)?.name === "PostgresUnavailable") return "gone";
  if ((error as Coded | null)?.code === "EDQUOT") return "full";
  const translated = translateDatabaseError(error);
  return translated instanceof DatabaseUnavailable ? translated.trouble : null;
}
