import { escapeHtml } from "@jiheng/exporters";
import { ROLE_TITLES } from "@jiheng/workflow";
import type { Platform } from "../../platform/work.ts";
import { demoAccounts, regions } from "./store.ts";

const STYLE = `
:root{color-scheme:light dark}
body{font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;margin-bottom:.5rem}
th,td{border:1px solid #8886;padding:.35rem .6rem;text-align:left}
code{font-family:ui-monospace,Consolas,monospace}`;

/**
 * What a browser sees at the address itself: what runs here, where the interface is described, what is public, and of a demonstration
 * who may log in. Plain HTML without a script.
 */
export async function frontPage(
  { db }: Platform,
  { demoPassword, version }: { readonly demoPassword: string | null; readonly version: string },
): Promise<string> {
  const known = await regions(db);
  const accounts = demoPassword === null ? [] : await demoAccounts(db);
  const portals = known.map(
    ({ region, name }) =>
      `<li><a href="/api/v1/public/${escapeHtml(region)}">${escapeHtml(name)}已公开的自评表</a>（数据接口）</li>`,
  );
  const logins = accounts.map(
    ({ login, name, role, organisation }) =>
      `<tr><td><code>${escapeHtml(login)}</code></td><td>${escapeHtml(name)}</td><td>${ROLE_TITLES[role]}</td><td>${escapeHtml(organisation)}</td></tr>`,
  );
  const demo =
    demoPassword === null
      ? ""
      : `<h2>演示账号</h2>
<p>以下单位、人员和数据都是虚构的。密码都是 <code>${escapeHtml(demoPassword)}</code>，仅供本机演示。</p>
<table><caption>每种角色各有账号</caption><thead><tr><th scope="col">登录名</th><th scope="col">姓名</th><th scope="col">角色</th><th scope="col">单位</th></tr></thead><tbody>
${logins.join("\n")}
</tbody></table>
<p>登录：<code>POST /api/v1/session</code>，正文 <code>{"login":"登录名","password":"密码"}</code>。</p>`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>绩衡</title><style>${STYLE}</style></head>
<body><main><h1>绩衡 ${escapeHtml(version)}</h1>
<p>预算绩效自评的记录系统：申报目标、运行监控、自评、审核、复核、汇总、公开，每一分有来历，每一步有记录。</p>
<h2>接口</h2>
<ul><li><a href="/api/v1/openapi.json">接口说明（OpenAPI 3.1）</a></li>
${portals.join("\n")}
<li><a href="/health/ready">运行状况</a></li></ul>
${demo}</main></body></html>
`;
}
