import { createHash } from "node:crypto";
import {
  downloadPublished,
  getPublicOverview,
  getPublished,
  listPublished,
  listWithheld,
} from "@jiheng/contract/http";
import { readDocument } from "@jiheng/importers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { type PlantedForm, plantForm } from "./plant-form.ts";

let server: TestServer;
let shown: PlantedForm;
let kept: PlantedForm;
let draft: PlantedForm;
const params = { region: "test" };
beforeAll(async () => {
  server = await testServer();
  shown = await plantForm(server, {
    state: "published",
    grade: "优",
    totalScore: "95.00",
    expenditure: 123_456n,
    name: "居家养老服务",
  });
  await plantForm(server, { state: "published", year: 2023, project: shown.project, name: "居家养老服务" });
  await plantForm(server, { state: "published", department: 1, grade: "良", name: "农村公路养护" });
  kept = await plantForm(server, { state: "approved", withheld: "涉及个人隐私", name: "困境儿童救助" });
  draft = await plantForm(server, { state: "draft", name: "未完成项目" });
  await plantForm(server, { region: server.other, state: "published", name: "别区项目" });
  const { db } = server.platform;
  await db
    .updateTable("project")
    .set({ placeholder_reason: "按保密规定另行评价" })
    .where("id", "=", draft.project)
    .execute();
});
afterAll(() => server?.close());

describe("the public portal", () => {
  it("lists what was published, newest year first, to anyone", async () => {
    const { body } = await server.anonymous.done(listPublished, { params });
    expect(body.items.map(({ year, project }) => [year, project])).toEqual([
      [2024, "居家养老服务"],
      [2024, "农村公路养护"],
      [2023, "居家养老服务"],
    ]);
    const named = body.items[0];
    expect(named).toMatchObject({
      grade: "优",
      totalScore: "95.00",
      expenditure: "1234.56",
      projectId: shown.project,
    });
  });

  it("finds by characters and initials, narrows, and pages without gap or repeat", async () => {
    const find = async (query: object) =>
      (await server.anonymous.done(listPublished, { params, query: query as never })).body.items.map(
        (each) => each.project,
      );
    expect(await find({ q: "养老" })).toEqual(["居家养老服务", "居家养老服务"]);
    expect(await find({ q: "ncgl" })).toEqual(["农村公路养护"]);
    expect(await find({ grade: "良" })).toEqual(["农村公路养护"]);
    expect(await find({ project: shown.project, year: "2023" })).toEqual(["居家养老服务"]);
    expect(await find({ q: "……" })).toEqual([]);
    const paged: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const { body } = await server.anonymous.done(listPublished, {
        params,
        query: { limit: "1", ...(after ? { after } : {}) },
      });
      paged.push(...body.items.map(({ id }) => id));
      after = body.next;
    }
    expect(new Set(paged).size).toBe(3);
  });

  it("shows a form with its marks and the digest of what was approved", async () => {
    const { body } = await server.anonymous.done(getPublished, {
      params: { ...params, id: shown.submission },
    });
    expect(body.sha256).toBe(createHash("sha256").update(JSON.stringify(shown.form)).digest("hex"));
    expect(body.form.indicators).toHaveLength(shown.form.indicators.length);
    expect(body.marks.length).toBeGreaterThan(shown.form.indicators.length - 1);
    expect(body.marks.every(({ says }) => says.length > 2)).toBe(true);
  });

  it("tells a withheld form by its reason and a draft not at all", async () => {
    const get = async (id: string) =>
      (await server.anonymous.call(getPublished, { params: { ...params, id } })).problem;
    expect(await get(kept.submission)).toMatchObject({ code: "withheld", status: 404 });
    expect((await get(kept.submission))?.detail).toContain("涉及个人隐私");
    expect((await get(draft.submission))?.code).toBe("not-found");
    const foreign = await server.anonymous.call(getPublished, {
      params: { region: "other", id: shown.submission },
    });
    expect(foreign.problem?.code).toBe("not-found");
  });

  it("lists the withheld, and of a classified project no name", async () => {
    const { body } = await server.anonymous.done(listWithheld, { params, query: { year: "2024" } });
    expect(body.items.map(({ project, reason }) => [project, reason])).toEqual([
      ["困境儿童救助", "涉及个人隐私"],
      [null, "按保密规定另行评价"],
    ]);
  });

  it("gives the form as a PDF", async () => {
    const file = await server.anonymous.done(downloadPublished, {
      params: { ...params, id: shown.submission, format: "pdf" },
    });
    expect(file.headers["content-type"]).toBe("application/pdf");
    expect(file.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it.each(["docx", "xlsx", "html", "csv"] as const)(
    "gives the form as %s that reads back",
    async (format) => {
      const file = await server.anonymous.done(downloadPublished, {
        params: { ...params, id: shown.submission, format },
      });
      expect(file.headers["content-disposition"]).toContain("attachment");
      const read = readDocument({ name: `form.${format}`, bytes: new Uint8Array(file.bytes), sha256: "0" });
      if (read.kind !== "document") throw new Error(read.code);
      expect(read.document.forms[0]?.indicators.map(({ name }) => name)).toEqual(
        shown.form.indicators.map(({ name }) => name),
      );
      expect(file.bytes.includes(Buffer.from("未完成项目"))).toBe(false);
    },
  );

  it("sums a year to the fen and says how many are withheld", async () => {
    const { body } = await server.anonymous.done(getPublicOverview, { params });
    expect(body.years[0]).toMatchObject({ year: 2024, forms: 2, withheld: 1, expenditure: "1234.56" });
    expect(body.departments.map(({ forms }) => forms).sort()).toEqual([1, 2]);
    expect(
      (await server.anonymous.call(getPublicOverview, { params: { region: "nowhere" } })).problem?.code,
    ).toBe("not-found");
  });
});
