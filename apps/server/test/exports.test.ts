import { createHash } from "node:crypto";
import { RULES } from "@jiheng/audit";
import {
  downloadForm,
  downloadOpinion,
  downloadOpinions,
  downloadReport,
  exportData,
  exportForms,
  exportRows,
  listProblems,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { readDocumentFile } from "@jiheng/importers/node";
import { type Actor, ROLES, type Role } from "@jiheng/workflow";
import { unzipSync } from "fflate";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { archiveOf } from "../src/features/exports/archive.ts";
import { createPaths, safePart } from "../src/features/exports/file-names.ts";
import { pagesOf } from "../src/features/exports/pages.ts";
import { formFile } from "../src/features/exports/use-cases.ts";
import { createDocuments } from "../src/platform/documents/documents.ts";
import type { NotWritten, Written } from "../src/platform/documents/tasks.ts";
import { byAccount } from "../src/platform/http/who-calls.ts";
import type { Platform } from "../src/platform/work.ts";
import { type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  server.setNow(new Date("2025-04-01T02:00:00Z"));
});
afterAll(() => server?.close());

async function actorOf(role: Role): Promise<Actor> {
  const { region, id } = server.home.accounts[role];
  const known = await byAccount(server.platform, region, id);
  if (!known) throw new Error(`no account of ${role}`);
  return known.actor;
}

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

  it("says what the layout has no place for, in a header", async () => {
    const { submission, form } = await plantForm(server, { name: "苗圃管护", seed: 8 });
    const lost = `本表样没有“总分”的位置，未印出：${form.totalScore}`;
    const clerk = await server.as("clerk");
    const params = { submission, format: "docx" as const };
    const own = await clerk.done(downloadForm, { params });
    expect(own.headers).not.toHaveProperty("jiheng-says");
    expect(own.headers["cache-control"]).toBe("no-store");
    const other = await clerk.done(downloadForm, { params, query: { template: "county-unscored" } });
    const says = decodeURIComponent(other.headers["jiheng-says"] ?? "").split("\n");
    expect(says).toContain(lost);
    const archive = await clerk.done(exportForms, {
      query: { organisation: server.home.departments[0].id, year: "2024", template: "county-unscored" },
    });
    const note = Buffer.from(unzipSync(archive.bytes)["说明.txt"] ?? []).toString();
    expect(note).toContain(`苗圃管护-2024.docx：${lost}`);
  });

  it("is not made while the threads have more than they take, and may be asked for again", async () => {
    const { submission } = await plantForm(server, { name: "路灯维修" });
    const platform = { ...server.platform, documents: createDocuments({ waiting: 0 }) };
    const caller = { region: server.home.region, actor: await actorOf("auditor"), scopes: null };
    const params = { submission, format: "docx" as const };
    const { signal } = new AbortController();
    const call = { platform, caller, params, query: {}, signal } as unknown as Parameters<typeof formFile>[0];
    expect(await formFile(call)).toMatchObject({ kind: "refused", code: "too-many-requests" });
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

  it("has an opinion to be sent, by the rules as the region has them", async () => {
    const { submission } = await plantForm(server, { name: "堤防巡查" });
    const reviewer = await server.as("department-reviewer");
    const params = { submission, format: "html" as const };
    const opinion = async () => (await reviewer.done(downloadOpinion, { params })).bytes.toString();
    const before = await opinion();
    expect(before).toContain("堤防巡查");
    expect(before).toContain("审核意见");
    const code = /AR-\d+/.exec(before)?.[0];
    const rule = RULES.find((each) => each.code === code)?.id ?? "";
    expect(before).not.toContain("停用这条规则");
    const { region, accounts } = server.home;
    await server.platform.db
      .insertInto("rule_setting")
      .values({
        ...{ region, rule, valid_from: "2025-01-01", force: "off", reason: "本地另有规定" },
        ...{ by: accounts["finance-officer"].id, at: new Date() },
      })
      .execute();
    const after = await opinion();
    expect(after).toContain("停用这条规则：本地另有规定");
    for (const format of ["docx", "xlsx"] as const)
      expect(
        (await reviewer.done(downloadOpinion, { params: { submission, format } })).bytes
          .subarray(0, 2)
          .toString(),
      ).toBe("PK");
    await server.platform.db.deleteFrom("rule_setting").where("rule", "=", rule).execute();
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

  it("as an archive waits for busy threads, and says which files could not be made", async () => {
    const { db, now } = server.platform;
    const asked: number[] = [];
    const answers: (NotWritten | Written)[] = [
      { kind: "refused", says: "等待处理的文件太多", passing: "busy" },
      { kind: "refused", says: "处理所需内存超过上限" },
    ];
    const run = async () => {
      asked.push(performance.now());
      return answers.shift() ?? { kind: "written", bytes: Buffer.from("made"), says: [] };
    };
    const platform = { db, now, documents: { run } } as unknown as Platform;
    const { region, root, departments } = server.home;
    const selection = {
      region,
      year: 2022,
      kind: "self-evaluation",
      body: root,
      visible: sql<boolean>`true`,
    };
    const parts: Uint8Array[] = [];
    const { signal } = new AbortController();
    const body = { ...root, kind: "region" };
    const options = { format: "docx", template: null } as const;
    for await (const part of archiveOf(platform, { ...selection, body }, options, signal)) parts.push(part);
    const { "说明.txt": note, ...files } = unzipSync(Buffer.concat(parts));
    expect(Object.keys(files)).toHaveLength(4);
    for (const [path, bytes] of Object.entries(files)) {
      expect(departments.map(({ name }) => name)).toContain(path.split("/")[0]);
      expect(Buffer.from(bytes).toString()).toBe("made");
    }
    expect(asked).toHaveLength(6);
    const says = Buffer.from(note ?? []).toString();
    expect(says).toContain("共5张表，生成4个文件。");
    expect(says).toMatch(/-2022.*\.docx：没有生成。处理所需内存超过上限/);
  });

  it("as opinion or report is refused when it is more than one thread may hold", async () => {
    const { submission } = await plantForm(server, { year: 2019, name: "排涝设施" });
    await sql`insert into submission
      select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'sequence', n))).*
      from submission s, generate_series(2, 2001) n where s.id = ${submission}::uuid`.execute(
      server.platform.db,
    );
    const finance = await server.as("finance-officer");
    const query = { organisation: server.home.root.id, year: "2019" };
    const refused = await finance.call(downloadOpinions, { params: { format: "html" }, query });
    expect(refused.problem).toMatchObject({ code: "too-large", detail: expect.stringContaining("2001") });
    const report = await finance.call(downloadReport, { params: { format: "html" }, query });
    expect(report.problem?.code).toBe("too-large");
  });

  it("as opinion and report is for those who see the body's statistics", async () => {
    const reviewer = await server.as("department-reviewer");
    const organisation = server.home.departments[0].id;
    const query = { organisation, year: YEAR };
    await plantForm(server, { year: Number(YEAR), name: "还在填的项目", state: "draft" });
    const report = await reviewer.done(downloadReport, { params: { format: "html" }, query });
    expect(report.bytes.toString()).toContain("青川区水务局");
    // Not every form is approved: the report says so of itself, and one of approved forms alone does not.
    expect(report.bytes.toString()).toContain("尚未审核通过");
    const approved = await reviewer.call(downloadReport, {
      params: { format: "html" },
      query: { ...query, only: "approved" },
    });
    expect(approved.bytes.toString()).not.toContain("尚未审核通过");
    const docx = await reviewer.done(downloadReport, { params: { format: "docx" }, query });
    expect(Object.keys(unzipSync(docx.bytes))).toContain("word/document.xml");
    const pdf = await reviewer.done(downloadReport, { params: { format: "pdf" }, query });
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const opinion = await reviewer.done(downloadOpinions, { params: { format: "docx" }, query });
    expect(opinion.bytes.subarray(0, 2).toString()).toBe("PK");
    const other = { organisation: server.home.departments[1].id, year: YEAR };
    expect(
      (await reviewer.call(downloadReport, { params: { format: "html" }, query: other })).problem?.code,
    ).toBe("out-of-scope");
    const empty = await reviewer.call(downloadReport, {
      params: { format: "html" },
      query: { organisation, year: "2001" },
    });
    expect(empty.problem?.code).toBe("not-found");
  });
});

describe("of every role", () => {
  it("an export holds exactly the forms that the role may open one by one", async () => {
    const planted: string[] = [];
    for (const [seed, state] of (
      ["draft", "submitted", "approved", "published", "archived"] as const
    ).entries())
      for (const department of [0, 1] as const) {
        const withheld = state === "approved" && department === 0 ? "涉及公共安全" : null;
        const { submission } = await plantForm(server, { year: 2020, seed, state, department, withheld });
        planted.push(submission);
      }
    await plantForm(server, { year: 2020, region: server.other });
    const counts: Record<string, number> = {};
    for (const role of ROLES) {
      const client = await server.as(role);
      const opened: string[] = [];
      for (const submission of planted) {
        const params = { submission, format: "json" as const };
        if ((await client.call(downloadForm, { params })).status === 200) opened.push(submission);
      }
      const query = { organisation: server.home.root.id, year: "2020" };
      const lines = (await client.done(exportData, { query })).bytes.toString().split("\n").slice(0, -1);
      expect(lines.map((line) => JSON.parse(line).submission.id).sort(), role).toEqual(opened.sort());
      const archive = unzipSync(
        (await client.done(exportForms, { query: { ...query, format: "json" } })).bytes,
      );
      expect(Object.keys(archive), role).toHaveLength(opened.length + 1);
      const rows = (await client.done(exportRows, { query })).bytes.toString().split("\r\n");
      expect(rows.length > 2, role).toBe(opened.length > 0);
      counts[role] = opened.length;
    }
    expect(counts).toMatchObject({ auditor: 10, "finance-officer": 10, clerk: 5, administrator: 0 });
  });

  it("a body of another region is not there", async () => {
    const finance = await server.as("finance-officer");
    const query = { organisation: server.other.root.id, year: "2020" };
    for (const endpoint of [exportForms, exportData, exportRows])
      expect((await finance.call(endpoint, { query })).problem?.code).toBe("not-found");
    expect((await finance.call(downloadReport, { params: { format: "html" }, query })).problem?.code).toBe(
      "not-found",
    );
  });
});

describe("names of files", () => {
  it("are safe wherever they are unpacked", () => {
    expect(safePart("../../etc/passwd")).toBe("__.._etc_passwd");
    expect(safePart('a\u0000b\u202Ec\\d:e*f?"<>|')).toBe("a_b_c_d_e_f_____");
    expect(safePart("  . ")).toBe("_");
    expect(safePart("")).toBe("_");
    expect(safePart("NUL")).toBe("_NUL");
    expect(safePart("\uD800")).toBe("\uFFFD");
    expect(Buffer.byteLength(safePart("\u{20BB7}".repeat(200)))).toBe(180);
  });

  it("are given once, whatever capitals count for", () => {
    const pathOf = createPaths();
    const given = ["甲/乙", "甲/乙", "甲/乙（2）", "甲/乙", "甲/A", "甲/a"].map((path) =>
      pathOf(path, "docx"),
    );
    expect(given.slice(0, 2)).toEqual(["甲/乙.docx", "甲/乙（2）.docx"]);
    expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(given.length);
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

describe("the problems of a year by kind", () => {
  it("are counted over the forms of the report, the gravest first, with forms for example", async () => {
    const rule = { rule: "reason-without-measure", code: "AR-83" };
    const planted = [];
    for (const name of ["甲渠道", "乙渠道", "丙渠道"])
      planted.push(
        await plantForm(server, {
          year: 2031,
          name,
          state: name === "丙渠道" ? "draft" : "approved",
          findings: [
            { ...rule, fingerprint: `${name} 1` },
            { ...rule, fingerprint: `${name} 2` },
            ...(name === "甲渠道" ? [{ rule: "unknown-rule", code: "AR-900", fingerprint: "other" }] : []),
          ],
        }),
      );
    await plantForm(server, { year: 2031, name: "没有问题的渠道" });
    const reviewer = await server.as("department-reviewer");
    const organisation = server.home.departments[0].id;
    const query = { organisation, year: "2031" };
    const { body } = await reviewer.done(listProblems, { query });
    expect(body).toMatchObject({ forms: 4, clean: 1 });
    expect(body.problems.map(({ code, forms, findings }) => [code, forms, findings])).toEqual([
      ["AR-83", 3, 6],
      ["AR-900", 1, 1],
    ]);
    expect(body.problems[0]?.title).toBe("失分说明只有原因没有改进措施");
    expect(new Set(body.problems[0]?.examples.map(({ submission }) => submission))).toEqual(
      new Set(planted.map(({ submission }) => submission)),
    );
    const approved = await reviewer.done(listProblems, { query: { ...query, only: "approved" } });
    expect(approved.body).toMatchObject({ forms: 3, problems: [{ forms: 2, findings: 4 }, { forms: 1 }] });
    const other = { organisation: server.home.departments[1].id, year: "2031" };
    expect((await reviewer.call(listProblems, { query: other })).problem?.code).toBe("out-of-scope");
  });
});
