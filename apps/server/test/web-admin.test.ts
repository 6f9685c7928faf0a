import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { getCall, listAccounts, listCalls, listOrganisations, listWebhooks } from "@jiheng/contract/http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import { createTotp } from "./authenticator.ts";
import { newProject } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();
const OWN = "Wo-zi-ji-De-7788";
const drawer = (page: Page) => page.getByRole("dialog");

describe.skipIf(opened.browser === null)(
  `administration, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    test("an empty installation is set up with the printed code, and its administrator logs in, with a second factor from then on", async () => {
      if (!opened.browser) throw new Error("no browser");
      const setupCode = `test-${randomBytes(6).toString("hex")}`;
      const empty = await openWeb(opened.browser, { seed: false, settings: { setupCode } });
      try {
        const page = await empty.pageOf(null, "/");
        await page.getByRole("heading", { name: "首次设置", level: 1 }).waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        const fill = (label: string, text: string, nth = 0) => page.getByLabel(label).nth(nth).fill(text);
        await fill("安装码", "wrong-code");
        await fill("地区代码", "xinhe");
        await fill("地区名称", "新河区");
        await fill("财政部门名称", "新河区财政局");
        for (const [index, login] of ["xitong", "anquan", "shenji"].entries()) {
          await fill("登录名", login, index);
          await fill("姓名", `管理员${index}`, index);
          await page.getByLabel("密码", { exact: true }).nth(index).fill(`Ping-tai-${index}-2026-wan`);
        }
        await page.getByRole("button", { name: "建立系统" }).click();
        await page.getByRole("alert").waitFor();
        expect(await page.getByLabel("地区名称").inputValue()).toBe("新河区");
        await fill("安装码", setupCode);
        await page.getByRole("button", { name: "建立系统" }).click();
        await page.getByRole("link", { name: "去登录" }).click();
        await page.getByLabel("登录名").fill("xitong");
        await page.getByLabel("密码").fill("Ping-tai-0-2026-wan");
        await page.getByRole("button", { name: "登录", exact: true }).click();
        // A password that somebody else chose is changed first.
        await page.getByLabel("现在的密码").fill("Ping-tai-0-2026-wan");
        await page.getByLabel("新密码", { exact: true }).fill(OWN);
        await page.getByLabel("再填一次新密码").fill(OWN);
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.getByRole("button", { name: "修改密码" }).click();
        await page.getByRole("link", { name: "管理员0", exact: false }).click();
        await page.getByLabel("先再输一次密码").fill(OWN);
        await page.getByRole("button", { name: "登记动态口令" }).click();
        const secret = await page
          .locator("code")
          .filter({ hasText: /^[A-Z2-7]{16,}/ })
          .innerText();
        const codeAt = createTotp(secret.trim());
        await page.getByLabel("6位动态口令").fill(codeAt(new Date()));
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.getByRole("button", { name: "确认" }).click();
        await page.getByText("已登记。停用须填一次现在的动态口令：").waitFor();
        await page.getByRole("button", { name: "退出" }).click();
        await page.getByLabel("登录名").fill("xitong");
        await page.getByLabel("密码").fill(OWN);
        await page.getByRole("button", { name: "登录", exact: true }).click();
        await page.getByLabel("6位动态口令").waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        // A code holds once: the next one.
        await page.getByLabel("6位动态口令").fill(codeAt(new Date(Date.now() + 30_000)));
        await page.getByRole("button", { name: "确认" }).click();
        await page.getByRole("link", { name: "管理员0", exact: false }).waitFor();
        await empty.leave(page);
      } finally {
        await empty.close();
      }
    });

    test("one administrator makes an account, another gives it a role, neither can do both", async () => {
      const page = await web.pageOf("administrator", "/accounts");
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "建立账号", exact: true }).click();
      await drawer(page).getByLabel("登录名").fill("xin-jingban");
      await drawer(page).getByLabel("姓名").fill("新经办");
      await drawer(page).getByRole("button", { name: "建立", exact: true }).click();
      await drawer(page).getByText("一次性密码", { exact: false }).waitFor();
      await drawer(page).getByRole("button", { name: "完成" }).click();
      await drawer(page).getByText("还没有角色。").waitFor();
      expect(await drawer(page).getByRole("button", { name: "授予角色" }).count()).toBe(0);
      await web.leave(page);

      const security = await web.pageOf("security-administrator", "/accounts", { colorScheme: "dark" });
      expect(await security.getByRole("button", { name: "建立账号" }).count()).toBe(0);
      await security.getByRole("searchbox", { name: "查找账号" }).fill("xin-jingban");
      await security.keyboard.press("Enter");
      await security.getByRole("button", { name: "xin-jingban" }).click();
      await drawer(security).getByRole("combobox", { name: "要授予的角色" }).click();
      await security.getByTitle("单位经办人", { exact: true }).click();
      await drawer(security).getByRole("combobox", { name: "在哪个机构" }).click();
      const unit = web.server.home.departments[0].units[0]?.name ?? "";
      await security.keyboard.insertText(unit);
      await security.getByTitle(unit, { exact: true }).first().click();
      await drawer(security).getByRole("button", { name: "授予角色" }).click();
      await drawer(security).getByText(`单位经办人　${unit}`).waitFor();
      expect(await accessibilityFaults(security, ".ant-drawer-section")).toEqual([]);
      const { body } = await (await web.server.as("security-administrator")).done(listAccounts, {
        query: { search: "xin-jingban" },
      });
      expect(body.items[0]?.grants.map(({ role }) => role)).toEqual(["clerk"]);
      await web.leave(security);
    });

    test("a list of people gets accounts, and their roles from another list; rows with a problem are named and left out", async () => {
      const page = await web.pageOf("administrator", "/accounts");
      await page.getByRole("button", { name: "批量建立账号" }).click();
      await drawer(page)
        .getByRole("textbox", { name: "从电子表格粘贴的行" })
        .fill("登录名\t姓名\npi-yi\t批一\npi-er\t批二\npi-yi\t批三\n");
      await drawer(page).getByRole("button", { name: "先看一遍" }).click();
      await drawer(page).getByText("不办：登录名与第2行相同").waitFor();
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await drawer(page).getByRole("button", { name: "办理2行" }).click();
      await drawer(page).getByText("共3行：已办2行，可以办0行，有问题不办的1行。").waitFor();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        drawer(page).getByRole("button", { name: "下载结果（CSV）" }).click(),
      ]);
      const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
      // As it is to be typed: a spreadsheet needs no sign before it.
      expect(lines[1]).toMatch(/^pi-yi,批一,[A-Z][^,']{15}$/);
      expect(lines[3]).toContain("不办");
      await drawer(page).getByRole("button", { name: "完成" }).click();
      await web.leave(page);

      const security = await web.pageOf("security-administrator", "/accounts");
      await security.getByRole("button", { name: "批量授予角色" }).click();
      const unit = web.server.home.departments[0].units[0]?.name ?? "";
      await drawer(security)
        .getByRole("textbox", { name: "从电子表格粘贴的行" })
        .fill(`pi-yi，单位经办人，${unit}\npi-er，单位经办人，没有的机构`);
      await drawer(security).getByRole("button", { name: "先看一遍" }).click();
      await drawer(security).getByText("没有名称或代码是“没有的机构”的机构").waitFor();
      await drawer(security).getByRole("button", { name: "办理1行" }).click();
      await drawer(security).getByText("已授予").waitFor();
      const { body } = await (await web.server.as("security-administrator")).done(listAccounts, {
        query: { search: "pi-" },
      });
      expect(body.items.map(({ login, grants }) => [login, grants.length]).sort()).toEqual([
        ["pi-er", 0],
        ["pi-yi", 1],
      ]);
      await web.leave(security);
    });

    test("a body is made beneath a department, and closed with a reason", async () => {
      const page = await web.pageOf("administrator", "/organisations");
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "新设机构" }).click();
      await drawer(page).getByRole("combobox", { name: "上级" }).click();
      const department = web.server.home.departments[0].name;
      await page.getByTitle(department, { exact: true }).first().click();
      await drawer(page).getByLabel("名称").fill("新设的服务中心");
      await drawer(page).getByRole("button", { name: "保存" }).click();
      const row = page.getByRole("row", { name: "新设的服务中心" });
      await row.getByRole("button", { name: "撤销机构" }).click();
      const act = drawer(page).getByRole("button", { name: "办理" });
      expect(await act.isDisabled()).toBe(true);
      await drawer(page).getByRole("textbox", { name: "理由" }).fill("职能并入他处");
      await act.click();
      await expect.poll(() => row.count()).toBe(0);
      const { body } = await (await web.server.as("administrator")).done(listOrganisations, {
        query: { search: "新设的服务中心" },
      });
      expect(body.items[0]?.closed).not.toBeNull();
      await web.leave(page);
    });

    test("the administrator sees whether backups are made, and tells another system of events", async () => {
      const page = await web.pageOf("administrator", "/system");
      await page.getByText("还没有备份过。", { exact: false }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByLabel("对接地址", { exact: true }).fill("https://budget.example/jiheng");
      await page.getByRole("button", { name: "登记地址" }).click();
      await page.getByText("签名密钥（只显示这一次，填到对方系统里）").waitFor();
      const [made] = (await (await web.server.as("administrator")).done(listWebhooks, { query: {} })).body
        .items;
      expect(made).toMatchObject({
        url: "https://budget.example/jiheng",
        events: ["submission"],
        disabled: null,
      });
      await page.getByRole("switch", { name: "启用 https://budget.example/jiheng" }).click();
      await expect
        .poll(async () => {
          const now = await (await web.server.as("administrator")).done(listWebhooks, { query: {} });
          return now.body.items[0]?.disabled;
        })
        .not.toBeNull();
      await web.leave(page);
    });

    test("a call for work issues forms, shows its progress, and its deadline is moved with a reason", async () => {
      await newProject(await web.server.as("clerk"), web.server, "布置工作的项目");
      const page = await web.pageOf("department-reviewer", "/calls");
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "布置工作" }).click();
      await drawer(page).getByLabel("年度").fill("2025");
      await drawer(page).getByLabel("名称").fill("2025年度自评");
      await drawer(page).getByLabel("截止日期").fill("2099-03-31");
      await drawer(page)
        .getByText(/会向\d+个部门、\d+个单位下达\d+张表/)
        .waitFor();
      await drawer(page)
        .getByRole("button", { name: /布置并下达\d+张表/ })
        .click();
      await page.getByText(/已下达\d+张表/).waitFor();
      await page.getByRole("button", { name: "2025年度自评" }).click();
      await drawer(page)
        .getByText(/张表，已送审0张/)
        .waitFor();
      expect(await accessibilityFaults(page, ".ant-drawer-section")).toEqual([]);
      await drawer(page).getByLabel("新的截止日期").fill("2099-04-30");
      await drawer(page).getByRole("textbox", { name: "调整的理由" }).fill("单位申请延期");
      await drawer(page).getByRole("button", { name: "调整截止时间" }).click();
      await page.getByText(/随之调整\d+张表/).waitFor();
      const department = await web.server.as("department-reviewer");
      const [made] = (await department.done(listCalls, { query: { year: "2025" } })).body.items;
      const { body } = await department.done(getCall, { params: { call: made?.id ?? "" } });
      expect(body.call.due.slice(0, 7)).toMatch(/2099-0[45]/);
      const forms = body.units.reduce((sum, unit) => sum + unit.forms, 0);
      expect(made).toMatchObject({ forms, handedIn: 0 });
      await page.goto(`${web.address}/`, { waitUntil: "networkidle" });
      const line = body.units.find((unit) => unit.forms > 0);
      await page
        .locator(".progress-list")
        .getByRole("link", { name: line?.name ?? "" })
        .click();
      await page.waitForURL(new RegExp(`/forms\\?call=${made?.id}&unit=${line?.unit}$`));
      await expect.poll(() => page.locator("tbody tr.ant-table-row").count()).toBe(line?.forms ?? 0);
      await web.leave(page);
    });

    test("the auditor reads the log, verifies its chain, and follows one subject", async () => {
      const page = await web.pageOf("auditor", "/log");
      await page.getByRole("button", { name: "校验整条日志链" }).click();
      await page.getByText(/日志完整：\d+条记录逐条验过/).waitFor();
      await page.getByText(/校验过，完整；其后又有0条/).waitFor();
      await page.getByRole("link", { name: /^建立账号，\d+条$/ }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get("type")).toBe("account.created");
      const rows = page.getByRole("row");
      await page.getByRole("combobox", { name: "事项" }).click();
      await page.keyboard.insertText("新设机构");
      await page.locator(".ant-select-item-option", { hasText: /^新设机构$/ }).click();
      await page.getByRole("button", { name: "新设的服务中心" }).first().click();
      await expect.poll(() => new URL(page.url()).searchParams.get("about")).not.toBeNull();
      await page.getByRole("combobox", { name: "事项" }).press("Backspace");
      await page.getByRole("button", { name: "展开行" }).first().click();
      await page.getByText("新设的服务中心", { exact: true }).nth(1).waitFor();
      await expect.poll(() => rows.count()).toBeGreaterThan(1);
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("departments and their units are made from one list", async () => {
      const page = await web.pageOf("administrator", "/organisations");
      const region = web.server.home.root.name;
      await page.getByRole("button", { name: "批量设立机构" }).click();
      await drawer(page)
        .getByRole("textbox", { name: "从电子表格粘贴的行" })
        .fill(`档案馆\t主管部门\t${region}\n馆本级\t单位\t档案馆\t909001\n`);
      await drawer(page).getByRole("button", { name: "先看一遍" }).click();
      await drawer(page).getByRole("button", { name: "办理2行" }).click();
      await drawer(page).getByText("共2行：已办2行").waitFor();
      await drawer(page).getByRole("button", { name: "完成" }).click();
      await page.getByRole("row", { name: "909001 馆本级" }).waitFor();
      await web.leave(page);
    });

    test("a token is made; a session that ended is asked for over the page", async () => {
      const account = await web.server.addAccount("own-page", [
        { role: "clerk", organisation: web.server.home.departments[0].units[0]?.id ?? "" },
      ]);
      const page = await web.pageOf(account, "/me", { colorScheme: "dark" });
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByLabel("令牌名称").fill("对接");
      await page.getByRole("button", { name: "建立令牌" }).click();
      await page.getByText("令牌（只显示这一次）").waitFor();
      await page
        .getByRole("link", { name: "工作台" })
        .or(page.getByRole("menuitem", { name: "工作台" }))
        .click();
      await page.getByRole("heading", { name: "工作台" }).waitFor();
      await page.context().clearCookies();
      await page.getByRole("menuitem", { name: "表格" }).click();
      await page.getByText("登录已过期").waitFor();
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await page.context().close();
    });
  },
);
