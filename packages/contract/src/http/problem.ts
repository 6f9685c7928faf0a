import { z } from "zod";

/**
 * Every refusal of the HTTP interface: its code, which is stable, the status it is sent with and its Chinese title. What happened in
 * this case, and what to do, is said by `detail`.
 */
export const PROBLEMS = {
  "invalid-input": { status: 400, title: "请求的内容不符合要求" },
  "not-logged-in": { status: 401, title: "尚未登录或登录已过期" },
  "login-refused": { status: 401, title: "登录名或密码不对" },
  "second-factor-needed": { status: 401, title: "需要动态口令" },
  "account-locked": { status: 403, title: "账号已锁定" },
  "password-change-needed": { status: 403, title: "须先修改密码" },
  "csrf-refused": { status: 403, title: "请求不是从本系统页面发出的" },
  "not-allowed": { status: 403, title: "没有这项权限" },
  "out-of-scope": { status: 403, title: "不在授权范围内" },
  "grant-expired": { status: 403, title: "授权已到期" },
  recused: { status: 403, title: "应当回避" },
  "own-work": { status: 403, title: "不能审核自己填报的内容" },
  "conflicting-roles": { status: 409, title: "角色不能由同一账号兼任" },
  "not-found": { status: 404, title: "没有找到" },
  "wrong-state": { status: 409, title: "当前状态不能这样办理" },
  "past-due": { status: 409, title: "已过截止时间" },
  "blocked-by-findings": { status: 422, title: "有必须更正或说明的问题" },
  "stale-justification": { status: 422, title: "数据已变，原说明须重新确认" },
  "funds-differ": { status: 422, title: "资金与财政数据不一致" },
  "reason-missing": { status: 422, title: "须说明理由" },
  classified: { status: 422, title: "涉密项目不进入本系统" },
  "policy-unknown": { status: 422, title: "没有这套评分办法" },
  conflict: { status: 409, title: "与他人的修改冲突" },
  "already-exists": { status: 409, title: "已经存在" },
  "revision-missing": { status: 428, title: "须说明所依据的版本" },
  "revision-stale": { status: 412, title: "依据的版本已经过期" },
  "key-reused": { status: 422, title: "幂等键已用于另一请求" },
  "too-large": { status: 413, title: "内容过大" },
  "wrong-media": { status: 415, title: "不支持的文件类型" },
  "unreadable-file": { status: 422, title: "文件不能读取" },
  "hostile-file": { status: 422, title: "文件不安全，未予读取" },
  "not-made": { status: 422, title: "文件没有生成" },
  "rollup-refused": { status: 422, title: "不能汇总" },
  "too-many-requests": { status: 429, title: "请求过于频繁" },
  "password-refused": { status: 422, title: "密码不符合要求" },
  "not-published": { status: 404, title: "未公开" },
  withheld: { status: 404, title: "不予公开" },
  "database-unavailable": { status: 503, title: "数据库暂时不可用，内容未保存，请稍后重试" },
  "storage-full": { status: 507, title: "存储空间已满，内容未保存，请联系管理员" },
  "identity-provider-unavailable": { status: 503, title: "统一身份认证暂时不可用" },
  stopping: { status: 503, title: "服务正在停止，请稍后重试" },
  internal: { status: 500, title: "程序出错" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

/** Code of a refusal. */
export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal as it is sent: RFC 9457 `application/problem+json` with our code and, where there are, the places it concerns. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().describe("说明具体情况和办法"),
  instance: z.string().optional(),
  errors: z
    .array(
      z.object({
        at: z.string(),
        says: z.string(),
        fingerprint: z.string().optional().describe("问题的指纹，说明理由时引用"),
        theirs: z.string().nullable().optional().describe("冲突的格：他人已保存的值"),
        mine: z.string().nullable().optional().describe("冲突的格：这次要保存的值"),
      }),
    )
    .optional()
    .describe("涉及的位置"),
});

/** One refusal. */
export type Problem = z.infer<typeof problemSchema>;
