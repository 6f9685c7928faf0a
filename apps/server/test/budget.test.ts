import {
  createProject,
  getForm,
  importBudget,
  issueSubmission,
  listBudget,
  listEvents,
  listReconciliations,
  prefillFunds,
  previewBudget,
  reconcileFunds,
  recordBudget,
  startSubmission,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestClient, type TestServer, testServer } from "./client.ts";
import { formOf, setCell } from "./life-cycle-steps.ts";

const YEAR = 2024;
let server: TestServer;
let clerk: TestClient;
let reviewer: TestClient;
let finance: TestClient;
let unit: { id: string; name: string };

beforeAll(async () => {
  server = await testServer();
  clerk = await server.as("clerk");
  reviewer = await server.as("department-reviewer");
  finance = await server.as("finance-officer");
  unit = server.home.departments[0].units[0] as typeof unit;
});
afterAll(() => server?.close());

async function project(name: string, code: string | null = null): Promise<string> {
  return (await reviewer.done(createProject, { body: { name, unit: unit.id, code } })).body.id;
}

const csv = (...lines: string[]): Buffer => Buffer.from(lines.join("\n"));

async function imported(bytes: Buffer, more: object = {}) {
  const uploads = [{ name: "指标和支付.csv", bytes }];
  return (await finance.done(importBudget, { body: { year: YEAR, ...more }, uploads })).body;
}

async function ledger(id: string) {
  const query = { year: String(YEAR), organisation: server.home.root.id, project: id };
  const { body } = await finance.done(listBudget, { query });
  const rows = body.items.map(({ nature, amount, document, source }) => [nature, amount, document, source]);
  return rows.toSorted((a, b) => String(a).localeCompare(String(b)));
}

describe("a table of the finance system", () => {
  it("of sums to date books what each month adds, in exact fen", async () => {
    const id = await project("河长制巡查", "HZ01");
    const head = ["2024年预算执行表", "单位：万元"];
    const columns = "项目编码,项目名称,预算单位,年初预算数,全年预算数,支出数,执行率";
    const first = await imported(
      csv(...head, columns, `HZ01,河长制巡查,${unit.name},100,120.5,30.01,24.9%`, "合计,,,100,120.5,30.01,"),
    );
    expect(first).toMatchObject({ accepted: 3, repeated: 0, rejected: [] });
    expect(first.notes.join("；")).toContain("合计行，未记");
    expect(await ledger(id)).toEqual([
      ["adjustment", "205000.00", expect.stringContaining("累计数"), "current-appropriation"],
      ["approved", "1000000.00", expect.stringContaining("累计数"), "current-appropriation"],
      ["payment", "300100.00", expect.stringContaining("累计数"), "current-appropriation"],
    ]);
    const later = await imported(csv(...head, columns, `HZ01,河长制巡查,${unit.name},100,120.5,98.7654,82%`));
    expect(later).toMatchObject({ accepted: 1, repeated: 2, rejected: [] });
    expect((await ledger(id)).map((row) => row.slice(0, 2))).toContainEqual(["payment", "687554.00"]);
  });

  it("is tried first: the answer of an import, and nothing of it kept", async () => {
    const id = await project("河堤绿化", "LH01");
    const bytes = csv("项目编码,年初预算数（万元）,支出数（万元）", "LH01,100,30.5", "没有的编码,1,1");
    const uploads = [{ name: "试读.csv", bytes }];
    const tried = (await finance.done(previewBudget, { body: { year: YEAR }, uploads })).body;
    expect(tried).toMatchObject({ accepted: 2, repeated: 0, lineCount: 2 });
    expect(tried.rejected.map(({ says }) => says)).toEqual([
      expect.stringContaining("没有的编码"),
      ...(tried.rejected.length > 1 ? [expect.stringContaining("没有的编码")] : []),
    ]);
    expect(tried.lines.map(({ projectName, nature, amount }) => [projectName, nature, amount])).toEqual([
      ["河堤绿化", "approved", "1000000.00"],
      ["河堤绿化", "payment", "305000.00"],
    ]);
    expect(await ledger(id)).toEqual([]);
    expect(await imported(bytes)).toMatchObject({ accepted: 2 });
    const more = csv("项目编码,年初预算数（万元）,支出数（万元）", "LH01,100,40");
    const later = { body: { year: YEAR }, uploads: [{ name: "下月.csv", bytes: more }] };
    const next = (await finance.done(previewBudget, later)).body;
    expect(next.lines.map(({ nature, repeated }) => [nature, repeated])).toEqual([
      ["approved", true],
      ["payment", false],
    ]);
    const again = await finance.call(previewBudget, { body: { year: YEAR }, uploads });
    expect(again.problem?.code).toBe("already-exists");
    const byClerk = await clerk.call(previewBudget, { body: { year: YEAR }, uploads });
    expect(byClerk.problem?.code).toBe("not-allowed");
  });

  it("of documents books each document once, and never changes one", async () => {
    const id = await project("水文站运行", "SW01");
    const columns = "项目编码,业务类型,金额（元）,支付日期,凭证号,资金来源";
    const rows = [
      'SW01,年初预算批复,"500,000.00",2024-01-20,批复1号,财政拨款',
      "SW01,授权支付,120000.5,2024/3/5,支1,财政拨款",
    ];
    expect(await imported(csv(columns, ...rows))).toMatchObject({ accepted: 2, repeated: 0, rejected: [] });
    const again = await imported(
      csv(
        columns,
        ...rows,
        "SW01,授权支付,100,2024-03-06,支1,财政拨款",
        "SW01,退款,-20000.5,20240401,支2,财政拨款",
      ),
    );
    expect(again).toMatchObject({ accepted: 1, repeated: 2 });
    expect(again.rejected).toEqual([
      { at: expect.stringContaining("第4行"), says: expect.stringContaining("冲正") },
    ]);
    expect((await ledger(id)).map(([nature, amount]) => [nature, amount])).toEqual([
      ["approved", "500000.00"],
      ["payment", "-20000.50"],
      ["payment", "120000.50"],
    ]);
    const same = await finance.call(importBudget, {
      body: { year: YEAR },
      uploads: [{ name: "指标和支付.csv", bytes: csv(columns, ...rows) }],
    });
    expect(same.problem?.code).toBe("already-exists");
  });

  it("says of every row it does not take where it stands and why", async () => {
    await project("重名工程");
    await project("重名工程");
    await project("清水工程", "QS01");
    const made = await imported(
      csv(
        "单位：元",
        "项目编码,项目名称,年初预算,调整数,支付金额",
        "QS01,浑水工程,1,,",
        ",重名工程,1,,",
        "XX99,,5,,",
        "QS01,清水工程,一百,,",
        "QS01,清水工程,0.001,,",
        ",,7,,",
        "QS01,清水工程,,,",
        "QS01,清水工程,10,-2,—",
      ),
    );
    expect(made).toMatchObject({ accepted: 2 });
    expect(made.rejected.map(({ says }) => says)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("“清水工程”，表上的名称却是“浑水工程”"),
        expect.stringContaining("有2个项目"),
        expect.stringContaining("没有编码“XX99”"),
        expect.stringContaining("“一百”不是金额"),
        expect.stringContaining("不是整数分"),
        expect.stringContaining("没有项目编码和项目名称"),
      ]),
    );
    expect(made.rejected).toHaveLength(6);
    const without = await imported(csv("项目编码,年初预算", "QS01,3"));
    expect(without).toMatchObject({ accepted: 0, rejected: [{ says: expect.stringContaining("金额单位") }] });
    const known = await imported(csv("项目编码,年初预算", "QS01,3"), { moneyUnit: "万元" });
    expect(known.accepted).toBe(1);
    const none = await imported(csv("姓名,电话", "甲,1"));
    expect(none).toMatchObject({ accepted: 0, rejected: [{ at: "整个文件" }] });
    const unclear = await imported(csv("项目编码,金额（元）,凭证号", "QS01,3,单9"));
    expect(unclear.rejected[0]?.says).toContain("看不出是预算、调整还是支付");
  });

  it("is the finance officers' to import, in their own region", async () => {
    const sent = { body: { year: YEAR }, uploads: [{ name: "a.csv", bytes: csv("项目编码,金额", "A,1") }] };
    for (const person of [clerk, reviewer, await server.as("auditor")])
      expect((await person.call(importBudget, sent)).problem?.code).toBe("not-allowed");
    const stranger = await server.asAccount(server.other.accounts["finance-officer"]);
    const theirs = await stranger.done(importBudget, {
      body: { year: YEAR, moneyUnit: "元" },
      uploads: [{ name: "a.csv", bytes: csv("项目编码,年初预算", "HZ01,1") }],
    });
    expect(theirs.body).toMatchObject({ accepted: 0, rejected: [{ says: expect.stringContaining("没有") }] });
  });
});

describe("entries of a program", () => {
  it("are taken all or none, exactly, once", async () => {
    const id = await project("闸站自动化", "ZZ01");
    const entry = { project: "ZZ01", nature: "approved" as const, amount: "12345.67", document: "文1" };
    const wrong = { ...entry, project: "没有的", document: "文2" };
    const refused = await finance.call(recordBudget, { body: { year: YEAR, entries: [entry, wrong] } });
    expect(refused.problem).toMatchObject({
      code: "invalid-input",
      errors: [{ at: "body.entries[1].project" }],
    });
    expect(await ledger(id)).toEqual([]);
    const payment = { ...entry, project: id, nature: "payment" as const, amount: "-0.01", document: "文3" };
    const taken = await finance.done(recordBudget, { body: { year: YEAR, entries: [entry, payment] } });
    expect(taken.body).toMatchObject({ accepted: 2, repeated: 0 });
    const again = await finance.done(recordBudget, { body: { year: YEAR, entries: [entry] } });
    expect(again.body).toMatchObject({ accepted: 0, repeated: 1 });
    const query = { type: "budget.imported" };
    const events = await (await server.as("auditor")).done(listEvents, { query });
    expect(events.body.items.length).toBeGreaterThan(2);
  });
});

describe("a form and the finance system", () => {
  it("are reconciled cell by cell; blanks are filled, what was typed stays", async () => {
    const id = await project("圩堤加固", "WD01");
    await finance.done(recordBudget, {
      body: {
        year: YEAR,
        entries: [
          { project: "WD01", nature: "approved", amount: "800000.00", document: "批1" },
          { project: "WD01", nature: "adjustment", amount: "-50000.00", document: "调1" },
          { project: "WD01", nature: "payment", amount: "700123.45", document: "付1" },
        ],
      },
    });
    const issued = await reviewer.done(issueSubmission, {
      body: { year: YEAR, kind: "self-evaluation", project: id, due: null },
    });
    const submission = issued.body.id;
    const params = { submission };
    expect((await clerk.call(prefillFunds, { params, body: {} })).problem?.code).toBe("wrong-state");
    const started = await clerk.done(startSubmission, { params, body: { from: "blank" } });
    expect(
      started.body.form?.funds.filter(({ initialBudget }) => initialBudget === "80.00").length,
    ).toBeGreaterThan(0);
    const total = (await formOf(clerk, submission)).funds.findIndex(({ source }) => source === "total");
    expect(total).toBeGreaterThanOrEqual(0);
    const blank = await setCell(clerk, submission, started.revision, `funds[${total}].initialBudget`, null);
    const typed = await setCell(clerk, submission, blank.revision, `funds[${total}].expenditure`, "70");
    const { body } = await clerk.done(prefillFunds, { params, body: {} });
    expect(body.revision).toBe(typed.revision + 1);
    const { funds } = await formOf(clerk, submission);
    expect(funds[total]).toMatchObject({
      initialBudget: "80.00",
      adjustedBudget: "75.00",
      expenditure: "70",
    });
    const { body: sides } = await reviewer.done(reconcileFunds, { params });
    const spent = sides.cells.find(({ at }) => at === `funds[${total}].expenditure`);
    expect(spent).toMatchObject({ form: "70", ledger: "70.012345", agrees: false, difference: "-123.45" });
    expect(sides.cells.filter(({ at, agrees }) => at.startsWith(`funds[${total}]`) && agrees)).toHaveLength(
      2,
    );
    const year = { year: String(YEAR), organisation: unit.id };
    const differing = await reviewer.done(listReconciliations, { query: { ...year, only: "differing" } });
    expect(differing.body).toMatchObject({
      items: [{ submission, known: true, cells: sides.cells }],
      next: null,
    });
    const all = await reviewer.done(listReconciliations, { query: { ...year, limit: "1" } });
    expect(all.body.items).toHaveLength(1);
    const found = (await clerk.done(getForm, { params })).body.review?.funds;
    expect(found).toMatchObject({ compared: true, differences: [{ at: `funds[${total}].expenditure` }] });
    const other = await server.asAccount(
      await server.addAccount("budget-stranger", [
        { role: "clerk", organisation: server.home.departments[1].units[0]?.id ?? "" },
      ]),
    );
    expect((await other.call(reconcileFunds, { params })).problem?.code).toBe("not-found");
    expect((await other.call(listReconciliations, { query: year })).problem?.code).toBe("out-of-scope");
    expect((await other.call(prefillFunds, { params, body: {} })).problem?.code).toBe("not-found");
    await setCell(clerk, submission, body.revision, `funds[${total}].expenditure`, "70.012345");
    for (const [only, forms] of [
      ["differing", 0],
      ["unknown", 0],
      ["all", 1],
    ] as const) {
      const now = await reviewer.done(listReconciliations, { query: { ...year, only } });
      expect(now.body.items).toHaveLength(forms);
    }
  });
});
