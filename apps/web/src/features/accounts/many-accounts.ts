import { allPages } from "../../api/all-pages.ts";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import type { ManyRows, Verdict } from "../../ui/RowsDialog.tsx";
import { repeated, type TypedRow } from "../../ui/typed-rows.ts";

interface NewAccount {
  readonly login: string;
  readonly name: string;
}

const LOGIN = /^[\p{L}\p{N}._@-]{2,64}$/u;
const LONGEST_NAME = 64;

/** What is wrong with the row of a new account; null where nothing is. `taken` are the logins there are, in small letters. */
export function faultOfAccount(
  [login = "", name = ""]: readonly string[],
  taken: ReadonlySet<string>,
  repeats: number | undefined,
): string | null {
  if (login === "") return t("没有写登录名");
  if (!LOGIN.test(login)) return t("登录名须为2到64位，只能用文字、数字和 . _ @ -");
  if (name === "") return t("没有写姓名");
  if (name.length > LONGEST_NAME) return t("姓名超过64个字");
  if (repeats !== undefined) return t("登录名与第{{line}}行相同", { line: repeats });
  return taken.has(login.toLowerCase()) ? t("登录名已有账号") : null;
}

async function check(rows: readonly TypedRow[]): Promise<readonly Verdict<NewAccount>[]> {
  const accounts = await allPages(
    async (after) => (await call("listAccounts", { query: { limit: "200", ...after } })).body,
  );
  const taken = new Set(accounts.map(({ login }) => login.toLowerCase()));
  const repeats = repeated(rows, 0);
  return rows.map(({ line, cells }) => {
    const says = faultOfAccount(cells, taken, repeats.get(line));
    const [login = "", name = ""] = cells;
    return says === null ? { kind: "ready", ready: { login, name } } : { kind: "problem", says };
  });
}

/** Accounts for a whole list of people, each with a one-time password. */
export const MANY_ACCOUNTS: ManyRows<NewAccount> = {
  title: t("批量建立账号"),
  explains: t("每人一行。账号建好后还没有角色，由安全管理员授予。"),
  columns: [t("登录名"), t("姓名")],
  example: t("wangfang，王芳"),
  check,
  carryOut: async (body) => (await call("createAccount", { body })).body.password ?? t("账号已建立"),
  result: t("一次性密码"),
  warns: t("一次性密码只显示这一次：关闭前请下载结果，当面或以安全方式转交；首次登录须修改。"),
  refreshes: ["accounts"],
};
