import { createHash } from "node:crypto";
import {
  downloadForm,
  downloadOpinion,
  downloadOpinions,
  downloadReport,
  exportData,
  exportForms,
  exportRows,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { readDocumentFile } from "@jiheng/importers/node";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pagesOf } from "../src/features/exports/pages.ts";
import { type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  server.setNow(new Date("2025-04-01T02:00:00Z"));
});
afterAll(() => server?.close());

/** What a reader of a file can know of a form: marks of origin and identities apart; a form without a title is printed with its layout's. */
function content(form: Form): unknown {
  const { id: _, template: __, title: ____, origins: ___, ...rest } = form as Form & { origins?: unknown };
  return JSON.parse(
    JSON.stringify({ ...rest, indicators: form.indicators.map(({ id: _id, ...row }) => row) }),
    (_key, value) => (typeof value === "string" ? value.replace(/\s+/g, "") : value),
  );
}

async function read(name: string, bytes: Buffer): Promise<readonly Form[]> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const result = await readDocumentFile({ name, bytes, sha256 });
  if (result.kind === "refused") throw new Error(result.what);
  return result.document.forms;
}

describe("one form", () => {
  it.each(["docx", "xlsx", "pdf", "html", "json", "csv"] as const)(
    "as %s says what the record says",
    async (format) => {
      const { submission, form } = await plantForm(server, { name: `灌区维护${format}`, seed: 8 });
      const clerk = await server.as("clerk");
      const { bytes, headers } = await clerk.done(downloadForm, { params: { submission, format } });
      expect(headers["content-disposition"]).toContain(encodeURIComponent(`灌区维护${format}（2024年`));
      const [back, ...more] = await read(`form.${format}`, bytes);
      expect(more).toEqual([]);
      expect(content(back as Form)).toEqual(content(form));
    },
  );

  it("in another layout where one is named, and none where there is no such layout", async () => {
    const { submission } = await plantForm(server, { name: "泵站值守" });
    const clerk = await server.as("clerk");
    const params = { submission, format: "html" as const };
    const own = await clerk.done(downloadForm, { params });
    const other = await clerk.done(downloadForm, { params, query: { template: "shanghai-bureau-a" } });
    expect(other.bytes.equals(own.bytes)).toBe(false);
    const none = await clerk.call(downloadForm, { params, query: { template: "nowhere" } });
    expect(none.problem).toMatchObject({ code: "not-made", status: 422 });
  });

  it("is nobody's who may not see it", async () => {
    const { submission } = await plantForm(server, { department: 1, name: "文化场馆开放" });
    const clerk = await server.as("clerk");
    for (const format of ["docx", "json"] as const)
      expect((await clerk.call(downloadForm, { params: { submission, format } })).problem?.code).toBe(
        "not-found",
      );
    expect(
      (await clerk.call(downloadOpinion, { params: { submission, format: "html" } })).problem?.code,
    ).toBe("not-found");
    const elsewhere = await plantForm(server, { region: server.other });
    const auditor = await server.as("auditor");
    expect(
      (await auditor.call(downloadForm, { params: { submission: elsewhere.submission, format: "csv" } }))
        .problem?.code,
    ).toBe("not-found");
  });

  it("has an opinion to be sent", async () => {
    const { submission } = await plantForm(server, { name: "堤防巡查" });
    const reviewer = await server.as("department-reviewer");
    const { bytes } = await reviewer.done(downloadOpinion, { params: { submission, format: "html" } });
    expect(bytes.toString()).toContain("堤防巡查");
    expect(bytes.toString()).toContain("审核意见");
  });
});

describe("a body's year", () => {
  const YEAR = "2022";
  it("as an archive holds a file for every form that may be seen, names made safe and kept apart", async () => {
    const names = ["=甲/乙", "渠道清淤", "渠道清淤"];
    for (const [index, name] of names.entries())
      await plantForm(server, { year: 2022, name, seed: 20 + index });
    await plantForm(server, { year: 2022, name: "另一单位", unit: 1, seed: 30 });
    await plantForm(server, { year: 2022, name: "另一部门", department: 1, seed: 31 });
    const query = { organisation: server.home.departments[0].id, year: YEAR, format: "json" as const };
    const ofReviewer = await (await server.as("department-reviewer")).done(exportForms, { query });
    const entries = unzipSync(ofReviewer.bytes);
    expect(Object.keys(entries).sort()).toEqual(
      [
        "青川区水务事务所/另一单位-2022.json",
        "青川区水务服务中心/=甲_乙-2022.json",
        "青川区水务服务中心/渠道清淤-2022.json",
        "青川区水务服务中心/渠道清淤-2022（2）.json",
        "说明.txt",
      ].sort(),
    );
    expect(Buffer.from(entries["说明.txt"] ?? []).toString()).toContain("共4张表，生成4个文件。");
    for (const [name, bytes] of Object.entries(entries))
      if (name.endsWith(".json")) expect(await read("x.json", Buffer.from(bytes))).toHaveLength(1);
    const ofClerk = await (await server.as("clerk")).done(exportForms, { query });
    expect(Object.keys(unzipSync(ofClerk.bytes))).toHaveLength(4);
  });

  it("as lines of data holds every form of record to the letter", async () => {
    const finance = await server.as("finance-officer");
    const query = { organisation: server.home.root.id, year: YEAR };
    const { bytes } = await finance.done(exportData, { query });
    const lines = bytes
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ submission }) => submission.projectName).sort()).toEqual(
      ["=甲/乙", "另一单位", "另一部门", "渠道清淤", "渠道清淤"].sort(),
    );
    for (const { submission, form } of lines) {
      const kept = await server.platform.db
        .selectFrom("submission")
        .select("form")
        .where("id", "=", submission.id)
        .executeTakeFirstOrThrow();
      expect(form).toEqual(kept.form);
    }
  });

  it("as records keeps text that begins like a formula text", async () => {
    const finance = await server.as("finance-officer");
    const { project } = await plantForm(server, { year: 2021, name: "=SUM(A1)" });
    const found = await server.platform.db
      .selectFrom("submission")
      .selectAll()
      .where("project", "=", project)
      .executeTakeFirstOrThrow();
    await server.platform.db
      .updateTable("indicator_row")
      .set({
        ...{ level1: "产出指标", level2: null, name: "@清淤,长度", target_text: "≥5公里" },
        actual_text: null,
        points: "10",
        score: null,
      })
      .where("submission", "=", found.id)
      .where("position", "=", 0)
      .execute();
    const query = { organisation: server.home.root.id, year: "2021" };
    const { bytes } = await finance.done(exportRows, { query });
    const lines = bytes.toString().split("\r\n");
    const [head, row] = lines;
    expect(head?.startsWith("\uFEFF年度,表的种类,状态")).toBe(true);
    expect(row).toMatch(/,'=SUM\(A1\),1,[0-9a-f-]{36},产出指标,,"'@清淤,长度",≥5公里,,10,$/);
    expect(lines.at(-1)).toBe("");
  });

  it("as opinion and report is for those who see the body's statistics", async () => {
    const reviewer = await server.as("department-reviewer");
    const organisation = server.home.departments[0].id;
    const query = { organisation, year: YEAR };
    const report = await reviewer.done(downloadReport, { params: { format: "html" }, query });
    expect(report.bytes.toString()).toContain("青川区水务局");
    const pdf = await reviewer.done(downloadReport, { params: { format: "pdf" }, query });
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const opinion = await reviewer.done(downloadOpinions, { params: { format: "docx" }, query });
    expect(opinion.bytes.subarray(0, 2).toString()).toBe("PK");
    const other = { organisation: server.home.departments[1].id, year: YEAR };
    expect(
      (await reviewer.call(downloadReport, { params: { format: "html" }, query: other })).problem?.code,
    ).toBe("not-allowed");
    const empty = await reviewer.call(downloadReport, {
      params: { format: "html" },
      query: { organisation, year: "2001" },
    });
    expect(empty.problem?.code).toBe("not-found");
  });
});

describe("pages", () => {
  const numbered = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: String(from + index).padStart(4, "0") }));
  const source = (all: number, asked: string[]) => async (after: string | null, limit: number) => {
    asked.push(after ?? "first");
    const from = after === null ? 0 : Number(after) + 1;
    return numbered(from, Math.max(0, Math.min(limit, all - from)));
  };

  it("bring everything once, and no more than one page ahead", async () => {
    const asked: string[] = [];
    const ids: string[] = [];
    let pages = 0;
    for await (const page of pagesOf(source(10, asked), 4, new AbortController().signal)) {
      pages += 1;
      expect(asked.length).toBeLessThanOrEqual(pages + 1);
      ids.push(...page.map(({ id }) => id));
    }
    expect(ids).toEqual(numbered(0, 10).map(({ id }) => id));
  });

  it("that are given up or fail never look complete", async () => {
    const control = new AbortController();
    const given = (async () => {
      for await (const _page of pagesOf(source(100, []), 4, control.signal)) control.abort();
    })();
    await expect(given).rejects.toThrow();
    const failing = async (after: string | null) => {
      if (after !== null) throw new Error("the database is gone");
      return numbered(0, 4);
    };
    const failed = (async () => {
      for await (const _page of pagesOf(failing, 4, new AbortController().signal));
    })();
    await expect(failed).rejects.toThrow("gone");
  });
});
