import { z } from "zod";
import { endpoint, SCOPES } from "./endpoint.ts";
import { identity, instant } from "./paging.ts";

/** The roles, as the life cycle knows them. */
export const roleSchema = z.enum([
  "clerk",
  "unit-head",
  "department-reviewer",
  "finance-officer",
  "third-party",
  "publication-officer",
  "auditor",
  "administrator",
  "security-administrator",
]);

const regionId = z
  .string()
  .regex(/^[0-9a-z-]{1,24}$/)
  .describe("地区代码：小写字母、数字、连字符");
const login = z.string().trim().min(2).max(64);
const password = z.string().min(1).max(256);
const newPassword = z.string().min(8).max(128).describe("新密码");
const oneTimeCode = z
  .string()
  .regex(/^\d{6}$/)
  .describe("动态口令，6 位数字");
const personName = z.string().trim().min(1).max(64);

/** What a person may do where. */
export const grantSchema = z.object({
  id: identity.nullable(),
  role: roleSchema,
  roleTitle: z.string(),
  organisation: identity,
  organisationName: z.string(),
  submissions: z.array(identity).nullable().describe("只限这些表格；null 为不限"),
  until: instant.nullable(),
});

/** Where a login stands: complete, or what is still asked. */
const sessionSchema = z.object({
  standing: z
    .enum(["complete", "second-factor", "enrol-second-factor", "change-password"])
    .describe("登录进行到哪一步：完成、待动态口令、待登记动态口令、待改密码"),
  csrf: z.string().describe("改动时以 X-CSRF-Token 带上"),
  region: z.string(),
  account: identity,
  name: z.string(),
  expires: instant,
});

const profileSchema = z.object({
  account: identity,
  region: z.string(),
  regionName: z.string(),
  login: z.string(),
  name: z.string(),
  grants: z.array(grantSchema),
  recused: z.array(identity),
  actions: z.array(z.string()).describe("角色可能办理的事项；能否办理某一份，以那一份的按钮为准"),
  scopes: z.array(z.enum(SCOPES)).nullable().describe("接口令牌的范围；本人登录为 null"),
  secondFactor: z.boolean(),
  oidc: z.boolean(),
  passwordChangedAt: instant.nullable(),
});

/** What the login page needs to know before anybody is known. */
export const getInstallation = endpoint({
  id: "getInstallation",
  method: "GET",
  path: "/installation",
  title: "登录页所需的信息",
  feature: "accounts",
  access: "public",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      needsSetup: z.boolean().describe("尚无任何地区和账号，须凭启动时显示的安装码建立"),
      regions: z.array(z.object({ region: z.string(), name: z.string() })),
      oidc: z.object({ label: z.string() }).nullable(),
      passwordLength: z.int(),
      demo: z
        .object({
          password: z.string(),
          accounts: z.array(
            z.object({
              region: z.string(),
              login: z.string(),
              name: z.string(),
              role: roleSchema,
              roleTitle: z.string(),
              organisation: z.string(),
            }),
          ),
        })
        .nullable()
        .describe("只有演示环境才有"),
    }),
  },
});

/** The first region and its three administrators; once only, with the code printed where the server was started. */
export const setUp = endpoint({
  id: "setUp",
  method: "POST",
  path: "/installation",
  title: "首次安装：建立地区和三员账号",
  feature: "accounts",
  access: "public",
  body: z.strictObject({
    code: z.string().min(1).max(100).describe("安装码"),
    region: regionId,
    name: z.string().trim().min(1).max(60).describe("地区名称"),
    jurisdiction: z.string().trim().min(1).max(60).nullable().describe("适用评分办法的辖区"),
    bureau: z.string().trim().min(1).max(100).describe("财政部门名称"),
    administrators: z
      .array(
        z.strictObject({
          role: z.enum(["administrator", "security-administrator", "auditor"]),
          login,
          name: personName,
          password: newPassword,
        }),
      )
      .length(3)
      .describe("系统管理员、安全管理员、安全审计员各一人"),
  }),
  answer: {
    kind: "json",
    status: 201,
    schema: z.object({ region: z.string(), accounts: z.array(identity) }),
  },
  refusals: [
    "login-refused",
    "already-exists",
    "password-refused",
    "conflicting-roles",
    "conflict",
    "storage-full",
  ],
});

/** Begins a session. An unknown login and a wrong password are answered alike, in the same time. */
export const logIn = endpoint({
  id: "logIn",
  method: "POST",
  path: "/session",
  title: "登录",
  feature: "accounts",
  access: "public",
  body: z.strictObject({
    region: regionId.optional().describe("只有一个地区时可不填"),
    login: z.string().min(1).max(64),
    password,
  }),
  answer: { kind: "json", status: 200, schema: sessionSchema },
  refusals: ["login-refused", "account-locked"],
});

/** Second step of a login. The session gets a new cookie. */
export const confirmSecondFactor = endpoint({
  id: "confirmSecondFactor",
  method: "POST",
  path: "/session/second-factor",
  title: "输入动态口令",
  feature: "accounts",
  access: "login",
  body: z.strictObject({ code: oneTimeCode }),
  answer: { kind: "json", status: 200, schema: sessionSchema },
  refusals: ["login-refused", "account-locked", "wrong-state"],
});

/** The session as it is. */
export const getSession = endpoint({
  id: "getSession",
  method: "GET",
  path: "/session",
  title: "当前会话",
  feature: "accounts",
  access: "login",
  answer: { kind: "json", status: 200, schema: sessionSchema },
});

/** Ends the session. */
export const logOut = endpoint({
  id: "logOut",
  method: "DELETE",
  path: "/session",
  title: "退出",
  feature: "accounts",
  access: "login",
  answer: { kind: "none" },
});

/** Sends the browser to the identity provider. */
export const beginOidc = endpoint({
  id: "beginOidc",
  method: "GET",
  path: "/session/oidc",
  title: "用统一身份认证登录",
  feature: "accounts",
  access: "public",
  query: z.strictObject({ region: regionId.optional() }),
  answer: { kind: "redirect" },
  refusals: ["not-found", "identity-provider-unavailable"],
});

/** Where the identity provider sends the browser back to; a refusal goes on to the login page, which says it. */
export const finishOidc = endpoint({
  id: "finishOidc",
  method: "GET",
  path: "/session/oidc/callback",
  title: "统一身份认证的回调",
  feature: "accounts",
  access: "public",
  query: z.strictObject({
    state: z.string().max(200).optional(),
    code: z.string().max(4000).optional(),
    iss: z.string().max(500).optional(),
    session_state: z.string().max(500).optional(),
    scope: z.string().max(500).optional(),
    error: z.string().max(200).optional(),
    error_description: z.string().max(1000).optional(),
    error_uri: z.string().max(500).optional(),
  }),
  answer: { kind: "redirect" },
  refusals: ["not-found"],
});

/** Begins to bind the caller's account to an identity of the provider; the browser then goes to `address`. */
export const linkOidc = endpoint({
  id: "linkOidc",
  method: "POST",
  path: "/me/oidc",
  title: "绑定统一身份",
  feature: "accounts",
  access: "session",
  answer: { kind: "json", status: 200, schema: z.object({ address: z.string() }) },
  refusals: ["not-found", "identity-provider-unavailable"],
});

/** Who the caller is and what they may do where. */
export const getProfile = endpoint({
  id: "getProfile",
  method: "GET",
  path: "/me",
  title: "本人资料与授权",
  feature: "accounts",
  access: "read",
  answer: { kind: "json", status: 200, schema: profileSchema },
});

/** Ends all other sessions, too. */
export const changePassword = endpoint({
  id: "changePassword",
  method: "PUT",
  path: "/me/password",
  title: "修改密码",
  feature: "accounts",
  access: "login",
  body: z.strictObject({ current: password, next: newPassword }),
  answer: { kind: "json", status: 200, schema: sessionSchema },
  refusals: ["login-refused", "password-refused", "account-locked", "wrong-state", "second-factor-needed"],
});

/** A new secret for an authenticator; it holds once it is confirmed. */
export const enrolSecondFactor = endpoint({
  id: "enrolSecondFactor",
  method: "POST",
  path: "/me/second-factor",
  title: "登记动态口令",
  feature: "accounts",
  access: "login",
  body: z.strictObject({ password: password.optional().describe("本地密码登录的须再输一次") }),
  answer: {
    kind: "json",
    status: 201,
    schema: z.object({ secret: z.string(), uri: z.string().describe("otpauth:// 地址，供扫码") }),
  },
  refusals: ["already-exists", "login-refused", "account-locked", "second-factor-needed"],
});

/** The first code of the authenticator shows that it holds the secret. */
export const confirmEnrolment = endpoint({
  id: "confirmEnrolment",
  method: "PUT",
  path: "/me/second-factor",
  title: "确认动态口令",
  feature: "accounts",
  access: "login",
  body: z.strictObject({ code: oneTimeCode }),
  answer: { kind: "json", status: 200, schema: sessionSchema },
  refusals: ["login-refused", "wrong-state", "account-locked", "second-factor-needed"],
});

/** Takes the second factor away; a code of it is needed, and a role that needs one keeps it. */
export const removeSecondFactor = endpoint({
  id: "removeSecondFactor",
  method: "DELETE",
  path: "/me/second-factor",
  title: "停用动态口令",
  feature: "accounts",
  access: "session",
  body: z.strictObject({ code: oneTimeCode }),
  answer: { kind: "none" },
  refusals: ["login-refused", "wrong-state", "account-locked"],
});

/** Where the person is logged in. */
export const listSessions = endpoint({
  id: "listSessions",
  method: "GET",
  path: "/me/sessions",
  title: "本人的会话",
  feature: "accounts",
  access: "session",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          current: z.boolean(),
          method: z.enum(["password", "oidc"]),
          device: z.string(),
          created: instant,
          seen: instant,
          expires: instant,
        }),
      ),
    }),
  },
});

/** Ends one of the person's sessions. */
export const endSession = endpoint({
  id: "endSession",
  method: "DELETE",
  path: "/me/sessions/{session}",
  title: "结束一个会话",
  feature: "accounts",
  access: "session",
  params: z.strictObject({ session: z.string().regex(/^[0-9a-f]{64}$/) }),
  answer: { kind: "none" },
  refusals: ["not-found"],
});

/** Ends all of the person's sessions but this one. */
export const endOtherSessions = endpoint({
  id: "endOtherSessions",
  method: "DELETE",
  path: "/me/sessions",
  title: "结束其他会话",
  feature: "accounts",
  access: "session",
  answer: { kind: "json", status: 200, schema: z.object({ ended: z.int() }) },
});

const tokenSchema = z.object({
  id: identity,
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  created: instant,
  expires: instant,
  lastUsed: instant.nullable(),
  revoked: instant.nullable(),
});

/** The person's API tokens; the tokens themselves are nowhere. */
export const listTokens = endpoint({
  id: "listTokens",
  method: "GET",
  path: "/me/tokens",
  title: "本人的接口令牌",
  feature: "accounts",
  access: "session",
  answer: { kind: "json", status: 200, schema: z.object({ items: z.array(tokenSchema) }) },
});

/** A new token: shown once. It can never do more than the account. */
export const createToken = endpoint({
  id: "createToken",
  method: "POST",
  path: "/me/tokens",
  title: "建立接口令牌",
  feature: "accounts",
  access: "session",
  body: z.strictObject({
    name: z.string().trim().min(1).max(60),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
    days: z.int().min(1).max(366),
  }),
  answer: { kind: "json", status: 201, schema: tokenSchema.extend({ token: z.string() }) },
  refusals: ["conflict"],
});

/** Makes a token void. */
export const revokeToken = endpoint({
  id: "revokeToken",
  method: "DELETE",
  path: "/me/tokens/{token}",
  title: "收回接口令牌",
  feature: "accounts",
  access: "session",
  params: z.strictObject({ token: identity }),
  answer: { kind: "none" },
  refusals: ["not-found"],
});
