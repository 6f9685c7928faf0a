import {
  assignReview,
  drawSample,
  editForm,
  getForm,
  getSample,
  listMyReviews,
  listRectifications,
  submitSubmission,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults } from "../../../scripts/accessibility.mjs";
import { openBrowser } from "../../../scripts/browser.mjs";
import { newEvaluation, passDesks, type SixPeople, setCell, sixPeople } from "./life-cycle-steps.ts";
import { type OpenWeb, openWeb } from "./web-steps.ts";

const opened = await openBrowser();

describe.skipIf(opened.browser === null)(
  `samples, monitoring and results, in a browser${opened.browser === null ? ` (no browser: ${opened.why})` : ""}`,
  () => {
    let web: OpenWeb;
    let people: SixPeople;

    beforeAll(async () => {
      if (!opened.browser) throw new Error("no browser");
      web = await openWeb(opened.browser);
      people = await sixPeople(web.server);
    }, 120_000);
    afterAll(async () => {
      await opened.browser?.close();
      await web?.close();
    });

    async function approved(seed: number, name: string): Promise<string> {
      const made = await newEvaluation(web.server, people, { seed, year: 2025, name });
      const params = { submission: made.submission };
      const { body } = await setCell(
        people.clerk,
        made.submission,
        made.revision,
        "goal.achieved",
        "全部完成。",
      );
      await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: body.revision });
      await passDesks(made.submission, [people.head, people.department]);
      return made.submission;
    }

    test("a sample is drawn by money, a review assigned and begun, and the reviewer's marks stand beside the unit's", async () => {
      await approved(460, "抽样甲");
      await approved(461, "抽样乙");
      const page = await web.pageOf("finance-officer", "/samples");
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "抽取样本" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("名称").fill("2025年复核");
      await dialog.getByLabel("年度").fill("2025");
      await dialog.getByLabel("份数").fill("1");
      // The population is seen before anything is drawn, and what narrows it away.
      const population = dialog.getByRole("region", { name: "抽样的总体" });
      await population.getByText("可以抽取2份", { exact: false }).waitFor();
      await dialog.getByLabel("支出不少于（万元）").fill("99999999");
      await population.getByText("可以抽取0份", { exact: false }).waitFor();
      await population.getByText("支出不在所选的范围").waitFor();
      expect(await dialog.getByRole("button", { name: "抽取", exact: true }).isDisabled()).toBe(true);
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await dialog.getByLabel("支出不少于（万元）").fill("");
      await population.getByText("可以抽取2份", { exact: false }).waitFor();
      await dialog.getByLabel("种子", { exact: false }).fill("2025");
      await dialog.getByRole("button", { name: "抽取", exact: true }).click();
      await page.getByRole("heading", { name: "2025年复核" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "安排复核" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "安排", exact: true }).click();
      await page.getByRole("button", { name: "开始复核" }).click();
      await page.getByRole("grid", { name: /复核表/ }).waitFor();
      const review = new URL(page.url()).pathname.split("/").at(-1) ?? "";
      const { body } = await people.finance.done(getForm, { params: { submission: review } });
      const [row] = body.form?.indicators ?? [];
      const lower = String(Number(row?.score ?? 1) - 1);
      await people.finance.done(editForm, {
        params: { submission: review },
        ifMatch: body.submission.revision,
        body: {
          edits: (body.form?.indicators ?? []).map(({ id, score }, index) => ({
            op: "set" as const,
            at: `indicators[${id}].reviewScore`,
            to: index === 0 ? lower : score,
          })),
        },
      });
      // What is typed into the reviewer's own columns stands in its row, also when the sheet is opened again.
      await page.reload({ waitUntil: "networkidle" });
      const cell = (column: string) => page.locator(`[data-at="indicators[${row?.id}].fields[${column}]"]`);
      await page.getByText("没有写明为什么扣分", { exact: false }).first().waitFor();
      for (const [column, text] of [
        ["复核完成值", "按台账核减"],
        ["复核说明", "台账少于填报数"],
      ] as const) {
        await cell(column).click();
        await page.keyboard.type(text);
        await page.keyboard.press("Enter");
      }
      await page.getByText("已保存", { exact: true }).waitFor();
      await page.reload({ waitUntil: "networkidle" });
      expect(await cell("复核说明").textContent()).toBe("台账少于填报数");
      expect(await cell("复核完成值").textContent()).toBe("按台账核减");
      expect(await page.getByText("没有写明为什么扣分", { exact: false }).count()).toBe(0);
      await page.goto(`${web.address}/reviews/${review}`, { waitUntil: "networkidle" });
      await page.getByText("相差1", { exact: true }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.goto(`${web.address}/samples`, { waitUntil: "networkidle" });
      await page.getByRole("link", { name: "2025年复核" }).click();
      await page.getByRole("tab", { name: "扣分是否一致" }).click();
      await page.getByText("没有写得一模一样、复核得分却不同的行。").waitFor();
      // One row lost a mark: its kind stands first, opened, and it stands first in it.
      await page.getByText(/按完成情况归类，1种里扣得不一样。/).waitFor();
      const rows = page.getByRole("table", { name: /的行，扣的与差的相去远的在前/ });
      const first = rows.locator("tbody tr.ant-table-row").first();
      const off = (100 / Number(row?.points)).toFixed(2).replace(/\.?0+$/, "");
      expect(await first.locator("td").first().textContent()).toBe(off);
      expect(await first.textContent()).toContain(row?.name);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("a third party, who sees no sample, begins the review sheet where it is opened", async () => {
      await approved(462, "抽样丙");
      const { body: sample } = await people.finance.done(drawSample, {
        body: {
          ...{ year: 2025, organisation: web.server.home.root.id, name: "第三方复核" },
          ...{ method: "random", size: 3, seed: "丙" },
        },
      });
      const item = sample.items.find(({ review }) => review === null);
      const { body: assigned } = await people.finance.done(assignReview, {
        params: { year: "2025", sample: sample.id, submission: item?.submission ?? "" },
        body: {
          account: web.server.home.accounts["third-party"].id,
          until: new Date(Date.now() + 86_400_000).toISOString(),
        },
      });
      const page = await web.pageOf("third-party", "/", { colorScheme: "dark" });
      await page.getByRole("heading", { name: "我的抽查任务" }).waitFor();
      await page.getByText("1张在您手里").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const own = (await people.finance.done(listMyReviews, {})).body.items.map(({ review }) => review);
      expect(own).not.toContain(assigned.review);
      await page.getByRole("link", { name: item?.project ?? "" }).click();
      await page.getByText("复核得分留空", { exact: false }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "开始复核" }).click();
      await page.getByRole("grid", { name: /复核表/ }).waitFor();
      // On an ordinary screen the whole sheet is in sight, and no number stands in two lines.
      expect(
        await page.evaluate(() => {
          const lines = (cell: Element) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
          };
          const cells = [...document.querySelectorAll(".form-sheet td")];
          // Targets as large as those of a region.
          for (const cell of cells.filter((each) =>
            /\.(?:target|actual)$/.test(each.getAttribute("data-at") ?? ""),
          ))
            if (!cell.querySelector("textarea")) cell.textContent = "1263418.50";
          const numbers = cells.filter((cell) => /^[\d.,%]+$/.test(cell.textContent?.trim() ?? ""));
          return {
            numbers: numbers.length > 20,
            broken: numbers.filter((cell) => lines(cell) > 1).map((cell) => cell.textContent),
            fits: document.documentElement.scrollWidth <= innerWidth,
          };
        }),
      ).toEqual({ numbers: true, broken: [], fits: true });
      // Enlarged to twice its size it scrolls in its own box.
      await page.setViewportSize({ width: 683, height: 384 });
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      await page.setViewportSize({ width: 1366, height: 768 });
      const { body: sheet } = await people.finance.done(getForm, {
        params: { submission: assigned.review ?? "" },
      });
      expect(sheet.form?.indicators.map(({ reviewScore }) => reviewScore)).toEqual(
        sheet.form?.indicators.map(() => null),
      );
      await web.leave(page);
      const officer = await web.pageOf("finance-officer", `/samples/2025/${sample.id}`);
      await officer.getByText("1份正在复核", { exact: false }).waitFor();
      // Drawn by mistake: withdrawn with a reason, still to be read.
      await officer.getByRole("button", { name: "作废样本" }).click();
      const asked = officer.getByRole("dialog");
      await asked.getByRole("textbox").fill("总体选错了年度。");
      expect(await accessibilityFaults(officer, ".ant-modal")).toEqual([]);
      await asked.getByRole("button", { name: "作废", exact: true }).click();
      await officer.getByText(/这个样本已作废，不再复核。.*总体选错了年度。/).waitFor();
      expect(await officer.getByRole("button", { name: "安排复核" }).count()).toBe(0);
      expect(await accessibilityFaults(officer)).toEqual([]);
      await web.leave(officer);
    });

    test("a third party is added to a review sheet that was issued before, to the end of a day in China", async () => {
      const form = await approved(465, "后加第三方的项目");
      const { body: sample } = await people.finance.done(drawSample, {
        body: {
          ...{ year: 2025, organisation: web.server.home.root.id, name: "后加第三方" },
          ...{ method: "random", size: 4, seed: "己" },
        },
      });
      const params = { year: "2025", sample: sample.id };
      await people.finance.done(assignReview, { params: { ...params, submission: form }, body: {} });
      const page = await web.pageOf("finance-officer", `/samples/2025/${sample.id}`, {
        timezoneId: "America/New_York",
      });
      await page.getByRole("button", { name: "给“后加第三方的项目”的复核表加第三方" }).click();
      const dialog = page.getByRole("dialog");
      const add = dialog.getByRole("button", { name: "加上", exact: true });
      expect(await add.isDisabled()).toBe(true);
      await dialog.getByRole("combobox", { name: "由谁复核" }).click();
      await page.locator(".ant-select-item-option").first().click();
      const chosen = new Date(Date.now() + 8 * 3_600_000 + 86_400_000).toISOString().slice(0, 10);
      await dialog.getByLabel("第三方权限到哪天为止").fill(chosen);
      expect(await accessibilityFaults(page, ".ant-modal")).toEqual([]);
      await add.click();
      await page
        .getByRole("row", { name: /后加第三方的项目/ })
        .getByText(/第三方：.+为止/)
        .waitFor();
      const { body } = await people.finance.done(getSample, { params, query: {} });
      const item = body.items.find(({ submission }) => submission === form);
      expect(item?.thirdParties).toMatchObject([
        { until: new Date(`${chosen}T23:59:59+08:00`).toISOString() },
      ]);
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });

    test("a finding becomes a rectification, answered by the unit and accepted by whoever asked for it", async () => {
      const submission = await approved(462, "要整改的项目");
      const reviewer = await web.pageOf("department-reviewer", `/forms/${submission}`);
      await reviewer.getByRole("button", { name: "下达整改" }).first().click();
      const dialog = reviewer.getByRole("dialog");
      await dialog.getByLabel("整改期限").fill("2099-06-30");
      await dialog.getByRole("button", { name: "下达", exact: true }).click();
      await reviewer.getByText("已下达整改，列入台账。").waitFor();
      await web.leave(reviewer);

      const clerk = await web.pageOf("clerk", "/results", { colorScheme: "dark" });
      await clerk.getByRole("button", { name: "申请延期" }).click();
      const later = clerk.getByRole("dialog");
      await later.getByLabel("延到哪天", { exact: false }).fill("2099-08-31");
      await later.getByLabel("延期的理由", { exact: false }).fill("验收推迟到八月。");
      expect(await accessibilityFaults(clerk, ".ant-modal")).toEqual([]);
      await later.getByRole("button", { name: "提交" }).click();
      await clerk.getByText("申请延期，待审批").waitFor();
      const approver = await web.pageOf("department-reviewer", "/results");
      await approver.getByRole("button", { name: "审批延期" }).click();
      expect(await accessibilityFaults(approver, ".ant-modal")).toEqual([]);
      await approver.getByRole("dialog").getByRole("button", { name: "提交" }).click();
      await approver.getByText("已延期，原定2099-06-30").waitFor();
      await approver.getByText("延期1次").click();
      await approver.getByText("2099-06-30 → 2099-08-31：验收推迟到八月。").waitFor();
      expect(await accessibilityFaults(approver)).toEqual([]);
      await web.leave(approver);
      await clerk.reload({ waitUntil: "networkidle" });
      await clerk.getByRole("button", { name: "反馈整改" }).click();
      expect(await accessibilityFaults(clerk, ".ant-modal")).toEqual([]);
      await clerk.getByRole("dialog").getByRole("textbox").fill("已补写完成情况并附材料。");
      await clerk.getByRole("dialog").getByRole("button", { name: "提交" }).click();
      await clerk.getByText("整改：已补写完成情况并附材料。").waitFor();
      expect(await accessibilityFaults(clerk)).toEqual([]);
      await web.leave(clerk);

      const again = await web.pageOf("department-reviewer", "/results");
      await again.getByRole("button", { name: "验收", exact: true }).click();
      await again.getByRole("dialog").getByRole("textbox").fill("材料齐全，同意。");
      await again.getByRole("dialog").getByRole("button", { name: "提交" }).click();
      await again.getByRole("cell", { name: "已验收" }).waitFor();
      // Where no review is decided the column gives way to a line that says why.
      await again.getByRole("tab", { name: "结果应用" }).click();
      await again.getByText("没有列复核得分：复核由财政部门抽样进行", { exact: false }).waitFor();
      expect(await again.getByRole("columnheader", { name: "复核得分" }).count()).toBe(0);
      expect(await accessibilityFaults(again)).toEqual([]);
      await again.getByRole("tab", { name: "整改台账" }).click();
      expect(await accessibilityFaults(again)).toEqual([]);
      const { body } = await people.department.done(listRectifications, {
        query: { organisation: web.server.home.departments[0].id },
      });
      expect(body.items.map(({ state }) => state)).toEqual(["verified"]);
      await again.getByRole("tab", { name: "结果应用" }).click();
      await again.getByRole("button", { name: "登记决定" }).first().click();
      await again
        .getByRole("dialog")
        .getByRole("textbox", { name: "理由", exact: false })
        .fill("结果良好，保持规模。");
      await again.getByRole("dialog").getByRole("button", { name: "登记", exact: true }).click();
      await again.getByText("结果良好，保持规模。").waitFor();
      await web.leave(again);
    });

    test("monitoring says what its lamps are about, and teaches where there is nothing", async () => {
      const page = await web.pageOf("department-reviewer", "/monitoring");
      await page.getByText("没有符合条件的监控表。", { exact: false }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await web.leave(page);
    });
  },
);
