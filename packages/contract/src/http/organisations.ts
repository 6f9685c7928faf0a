import { z } from "zod";
import { grantSchema, roleSchema } from "./accounts.ts";
import { endpoint, SCOPES } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery } from "./paging.ts";

const name = z.string().trim().min(1).max(100);
const code = z.string().trim().min(1).max(40);
const login = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .regex(/^[\p{L}\p{N}._@-]+$/u);
const personName = z.string().trim().min(1).max(64);
const reason = z.string().trim().min(1).max(500);
const organisationParams = z.strictObject({ organisation: identity });
const accountParams = z.strictObject({ account: identity });
const oneTime = z.object({
  account: identity,
  password: z.string().describe("一次性密码，只显示这一次；首次登录须修改"),
});
const refusedByRights = ["not-found", "recused", "conflicting-roles", "grant-expired"] as const;

/** A body of the tree. */
export const organisationSchema = z.object({
  id: identity,
  kind: z.enum(["region", "department", "unit"]),
  parent: identity.nullable(),
  code: z.string().nullable(),
  name: z.string(),
  closed: instant.nullable(),
});

/** The tree as far as the caller's roles reach: those above, for the path, and all beneath. */
export const listOrganisations = endpoint({
  id: "listOrganisations",
  method: "GET",
  path: "/organisations",
  title: "机构",
  feature: "organisations",
  access: "read",
  query: z.strictObject({
    ...pageQuery,
    parent: identity.optional(),
    kind: z.enum(["region", "department", "unit"]).optional(),
    search: z.string().trim().min(1).max(60).optional().describe("名称、拼音首字母或代码"),
    closed: z.enum(["yes", "no"]).optional().describe("是否已撤销；不填为全部"),
  }),
  answer: { kind: "json", status: 200, schema: pageOf(organisationSchema) },
});

/** One body. */
export const getOrganisation = endpoint({
  id: "getOrganisation",
  method: "GET",
  path: "/organisations/{organisation}",
  title: "一个机构",
  feature: "organisations",
  access: "read",
  params: organisationParams,
  answer: { kind: "json", status: 200, schema: organisationSchema },
  refusals: ["not-found"],
});

/** A new department of the region, or unit of a department. */
export const createOrganisation = endpoint({
  id: "createOrganisation",
  method: "POST",
  path: "/organisations",
  title: "新设机构",
  feature: "organisations",
  access: "administer",
  body: z.strictObject({
    kind: z.enum(["department", "unit"]),
    parent: identity,
    code: code.nullable(),
    name,
  }),
  answer: { kind: "json", status: 201, schema: organisationSchema },
  refusals: [...refusedByRights, "wrong-state"],
});

/** Another name or code. */
export const changeOrganisation = endpoint({
  id: "changeOrganisation",
  method: "PATCH",
  path: "/organisations/{organisation}",
  title: "更改机构名称、代码",
  feature: "organisations",
  access: "administer",
  params: organisationParams,
  body: z.strictObject({ name: name.optional(), code: code.nullable().optional() }),
  answer: { kind: "json", status: 200, schema: organisationSchema },
  refusals: [...refusedByRights, "wrong-state"],
});

/** A unit goes to another department; refused while forms of its year are on their way. */
export const moveOrganisation = endpoint({
  id: "moveOrganisation",
  method: "POST",
  path: "/organisations/{organisation}/move",
  title: "单位划转",
  feature: "organisations",
  access: "administer",
  params: organisationParams,
  body: z.strictObject({ parent: identity, reason }),
  answer: { kind: "json", status: 200, schema: organisationSchema },
  refusals: [...refusedByRights, "wrong-state"],
});

/** A body that is no more; refused while it has open bodies beneath it or work on its way. */
export const closeOrganisation = endpoint({
  id: "closeOrganisation",
  method: "POST",
  path: "/organisations/{organisation}/close",
  title: "撤销机构",
  feature: "organisations",
  access: "administer",
  params: organisationParams,
  body: z.strictObject({ reason }),
  answer: { kind: "json", status: 200, schema: organisationSchema },
  refusals: [...refusedByRights, "wrong-state"],
});

/** An account, without anything secret. */
export const accountSchema = z.object({
  id: identity,
  login: z.string(),
  name: z.string(),
  disabled: instant.nullable(),
  lockedUntil: instant.nullable(),
  secondFactor: z.boolean(),
  oidc: z.boolean(),
  created: instant,
  grants: z.array(grantSchema),
});

const accountWholeSchema = accountSchema.extend({
  recusals: z.array(z.object({ from: identity, reason: z.string(), at: instant })),
  tokens: z.array(
    z.object({
      id: identity,
      name: z.string(),
      scopes: z.array(z.enum(SCOPES)),
      expires: instant,
      lastUsed: instant.nullable(),
      revoked: instant.nullable(),
    }),
  ),
});

/** Accounts of the region, by organisation they have a role in or by name. */
export const listAccounts = endpoint({
  id: "listAccounts",
  method: "GET",
  path: "/accounts",
  title: "账号",
  feature: "organisations",
  access: "administer",
  query: z.strictObject({
    ...pageQuery,
    organisation: identity.optional().describe("在这个机构有角色的"),
    role: roleSchema.optional(),
    search: z.string().trim().min(1).max(60).optional().describe("登录名或姓名的一部分"),
  }),
  answer: { kind: "json", status: 200, schema: pageOf(accountSchema) },
  refusals: [...refusedByRights],
});

/** One account with its recusals and tokens. */
export const getAccount = endpoint({
  id: "getAccount",
  method: "GET",
  path: "/accounts/{account}",
  title: "一个账号",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  answer: { kind: "json", status: 200, schema: accountWholeSchema },
  refusals: [...refusedByRights],
});

/** A new account without any right; its one-time password is shown once. */
export const createAccount = endpoint({
  id: "createAccount",
  method: "POST",
  path: "/accounts",
  title: "建立账号",
  feature: "organisations",
  access: "administer",
  body: z.strictObject({
    login,
    name: personName,
    oidcSubject: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe("统一身份认证中的主体标识；填了就不设本地密码"),
  }),
  answer: {
    kind: "json",
    status: 201,
    schema: z.object({ account: identity, password: z.string().nullable() }),
  },
  refusals: [...refusedByRights, "wrong-state"],
});

/** Another name of the person. */
export const changeAccount = endpoint({
  id: "changeAccount",
  method: "PATCH",
  path: "/accounts/{account}",
  title: "更改姓名",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ name: personName }),
  answer: { kind: "json", status: 200, schema: accountWholeSchema },
  refusals: [...refusedByRights],
});

/** Takes an account out of use: its sessions and tokens end at once. */
export const disableAccount = endpoint({
  id: "disableAccount",
  method: "POST",
  path: "/accounts/{account}/disable",
  title: "停用账号",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Takes an account into use again. */
export const enableAccount = endpoint({
  id: "enableAccount",
  method: "POST",
  path: "/accounts/{account}/enable",
  title: "启用账号",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Locks an account until an instant; its sessions end. */
export const lockAccount = endpoint({
  id: "lockAccount",
  method: "POST",
  path: "/accounts/{account}/lock",
  title: "锁定账号",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ until: instant, reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Lifts a lock, also one after failed logins. */
export const unlockAccount = endpoint({
  id: "unlockAccount",
  method: "POST",
  path: "/accounts/{account}/unlock",
  title: "解锁账号",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  answer: { kind: "none" },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** A new one-time password; sessions and tokens of the account end. */
export const resetPassword = endpoint({
  id: "resetPassword",
  method: "POST",
  path: "/accounts/{account}/reset-password",
  title: "重置密码",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ reason }),
  answer: { kind: "json", status: 200, schema: oneTime },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Takes a lost second factor away; the person enrols a new one. */
export const resetSecondFactor = endpoint({
  id: "resetSecondFactor",
  method: "POST",
  path: "/accounts/{account}/reset-second-factor",
  title: "重置动态口令",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Gives a role. Nobody gives one to themself; the three administrators are never held by one account. */
export const giveGrant = endpoint({
  id: "giveGrant",
  method: "POST",
  path: "/accounts/{account}/grants",
  title: "授予角色",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({
    role: roleSchema,
    organisation: identity,
    until: instant.nullable(),
    submissions: z.array(identity).min(1).max(500).nullable(),
  }),
  answer: { kind: "json", status: 201, schema: grantSchema },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Takes a role away. */
export const revokeGrant = endpoint({
  id: "revokeGrant",
  method: "POST",
  path: "/accounts/{account}/grants/{grant}/revoke",
  title: "收回角色",
  feature: "organisations",
  access: "administer",
  params: z.strictObject({ account: identity, grant: identity }),
  body: z.strictObject({ reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights, "own-work", "wrong-state"],
});

/** Records that somebody does not decide about an organisation or a project. */
export const recordRecusal = endpoint({
  id: "recordRecusal",
  method: "POST",
  path: "/accounts/{account}/recusals",
  title: "登记回避",
  feature: "organisations",
  access: "administer",
  params: accountParams,
  body: z.strictObject({ from: identity.describe("机构或项目"), reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights],
});

/** Makes a token of another person void. */
export const revokeTokenOf = endpoint({
  id: "revokeTokenOf",
  method: "POST",
  path: "/accounts/{account}/tokens/{token}/revoke",
  title: "收回他人的接口令牌",
  feature: "organisations",
  access: "administer",
  params: z.strictObject({ account: identity, token: identity }),
  body: z.strictObject({ reason }),
  answer: { kind: "none" },
  refusals: [...refusedByRights, "wrong-state"],
});
