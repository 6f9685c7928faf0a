import { ROLE_TITLES, ROLES, type Role } from "@jiheng/workflow";
import { allPages } from "../../api/all-pages.ts";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { endOfDay } from "../../ui/china-day.ts";
import type { ManyRows, Verdict } from "../../ui/RowsDialog.tsx";
import type { TypedRow } from "../../ui/typed-rows.ts";

interface NewGrant {
  readonly account: string;
  readonly role: Role;
  readonly organisation: string;
  readonly until: string | null;
}

/** What rows of grants are resolved against: whose login, and which open body, by name or code. */
export interface Known {
  readonly accounts: ReadonlyMap<string, { readonly id: string; readonly held: ReadonlySet<string> }>;
  /** More than one where a name is borne by several. */
  readonly bodies: ReadonlyMap<string, readonly string[]>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a role and a body together are called among those an account holds. */
export function heldKey(role: Role, organisation: string): string {
  return `${role} ${organisation}`;
}

/** The grant a row asks for, or what is wrong with it. */
export function grantOf(
  [login = "", title = "", body = "", day = ""]: readonly string[],
  { accounts, bodies }: Known,
): Verdict<NewGrant> {
  const problem = (says: string): Verdict<NewGrant> => ({ kind: "problem", says });
  const account = accounts.get(login.toLowerCase());
  if (!account)
    return problem(login === "" ? t("没有写登录名") : t("没有登录名是“{{login}}”的账号", { login }));
  const role = ROLES.find((each) => ROLE_TITLES[each] === title || t(ROLE_TITLES[each]) === title);
  if (!role)
    return problem(
      t("没有“{{title}}”这个角色，可以写：{{titles}}", {
        title,
        titles: ROLES.map((each) => t(ROLE_TITLES[each])).join("、"),
      }),
    );
  const [organisation, ...others] = bodies.get(body) ?? [];
  if (organisation === undefined) return problem(t("没有名称或代码是“{{body}}”的机构", { body }));
  if (others.length > 0)
    return problem(t("有{{n}}个机构叫“{{body}}”，请改写代码", { n: others.length + 1, body }));
  if (account.held.has(heldKey(role, organisation))) return problem(t("已经有这个角色"));
  if (day !== "" && (!DAY.test(day) || Number.isNaN(Date.parse(day))))
    return problem(t("到哪天为止须写成 2026-12-31 这样"));
  return {
    kind: "ready",
    ready: { account: account.id, role, organisation, until: day === "" ? null : endOfDay(day) },
  };
}

async function known(): Promise<Known> {
  const [accounts, organisations] = await Promise.all([
    allPages(async (after) => (await call("listAccounts", { query: { limit: "200", ...after } })).body),
    allPages(
      async (after) =>
        (await call("listOrganisations", { query: { limit: "200", closed: "no", ...after } })).body,
    ),
  ]);
  const bodies = new Map<string, string[]>();
  for (const { id, name, code } of organisations)
    for (const said of new Set([name, ...(code === null ? [] : [code])]))
      bodies.set(said, [...(bodies.get(said) ?? []), id]);
  return {
    bodies,
    accounts: new Map(
      accounts.map(({ id, login, grants }) => [
        login.toLowerCase(),
        { id, held: new Set(grants.map(({ role, organisation }) => heldKey(role, organisation))) },
      ]),
    ),
  };
}

/** Roles for a whole list of accounts. */
export const MANY_GRANTS: ManyRows<NewGrant> = {
  title: t("批量授予角色"),
  explains: t("每个角色一行。机构写名称或代码；不限期的，到哪天为止一格空着。"),
  columns: [t("登录名"), t("角色"), t("机构"), t("到哪天为止")],
  example: t("wangfang，单位经办人，某县第一小学，2026-12-31"),
  check: async (rows: readonly TypedRow[]) => {
    const all = await known();
    return rows.map(({ cells }) => grantOf(cells, all));
  },
  carryOut: async ({ account, ...body }) => {
    await call("giveGrant", { params: { account }, body: { ...body, submissions: null } });
    return t("已授予");
  },
  result: t("结果"),
  refreshes: ["accounts"],
};
