import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanForm } from "@jiheng/specimens";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withheldBy } from "../src/withheld.ts";
import { runIn } from "./run.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const SAMPLE = join(ROOT, "fixtures", "forms", "bureau-sample", "form.txt");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jiheng-publish-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) => runIn(folder, argv);

describe("jiheng publish", () => {
  test("writes a site, and writes it anew in the same place", async () => {
    const first = await run("publish", SAMPLE, "-o", "site", "--name", "澄江区公开");
    expect(first).toMatchObject({ code: 0, out: "" });
    expect(first.err).toContain("4 张表");
    const home = await readFile(join(folder, "site", "index.html"), "utf8");
    expect(home).toContain("<h1>澄江区公开</h1>");
    expect((await run("publish", SAMPLE, "--form", "1", "-o", "site")).code).toBe(0);
    const forms = (await readdir(join(folder, "site", "forms"))).filter((name) => name.endsWith(".html"));
    expect(forms).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.startsWith("site"))).toEqual(["site"]);
  });

  test("never removes what is not its own", async () => {
    await run("publish", SAMPLE, "-o", "kept");
    await writeFile(join(folder, "kept", "notes.txt"), "手写的说明");
    const again = await run("publish", SAMPLE, "-o", "kept");
    expect(again.code).toBe(2);
    expect(again.err).toContain("notes.txt");
    expect(await readFile(join(folder, "kept", "notes.txt"), "utf8")).toBe("手写的说明");
    await writeFile(join(folder, "a-file"), "x");
    expect((await run("publish", SAMPLE, "-o", "a-file")).err).toContain("是文件，不是文件夹");
    expect((await run("publish", folder, "-o", join(folder, "inside"))).err).toContain("重叠");
  });

  test("a project of the list is named with its reason and not shown", async () => {
    await writeFile(
      join(folder, "list.csv"),
      "年度,项目名称,理由\n2024,用工培训经费,涉及商业秘密\n2024,另一保密项目,涉及国家秘密\n",
    );
    const done = await run("publish", SAMPLE, "-o", "partly", "--withheld", "list.csv");
    expect(done.code).toBe(0);
    expect(done.err).toContain("3 张表");
    expect(done.err).toContain("其中 1 张表");
    const site = join(folder, "partly");
    expect(await readFile(join(site, "withheld.html"), "utf8")).toContain("涉及商业秘密");
    for (const name of await readdir(site, { recursive: true }))
      if (/\.(?:html|csv|json|js)$/.test(name) && !/withheld|years/.test(name))
        expect(await readFile(join(site, name), "utf8"), name).not.toContain("培训课程达标率");
  });

  test("a project is withheld however its name is typed, and by what the form does not state", async () => {
    await writeFile(
      join(folder, "typed.csv"),
      "年度,项目名称,理由,主管部门\n2024,（用工培训）经费,涉及商业秘密,\n,不在这里的项目,涉及国家秘密,某局\n",
    );
    const done = await run("publish", SAMPLE, "-o", "typed", "--withheld", "typed.csv");
    expect(done.err).toContain("其中 1 张表");
    expect(done.err).toContain("没有对上读到的表，请核对名称、年度和主管部门：不在这里的项目。");
    const form = cleanForm({ seed: 3 });
    const line = {
      project: form.project ?? "",
      reason: "涉及国家秘密",
      year: 2024,
      department: "澄江区民政局",
    };
    const [body, other] = ["澄江区民政局（汇总）", "另一主管局"];
    expect(withheldBy({ ...form, year: null, department: null, unit: body }, [line])).toBe(line);
    expect(withheldBy({ ...form, year: 2024, department: other, unit: body }, [line])).toBe(line);
    expect(withheldBy({ ...form, year: 2024, department: null, unit: null }, [line])).toBe(line);
    expect(withheldBy({ ...form, year: 2023, department: null, unit: body }, [line])).toBeUndefined();
    expect(withheldBy({ ...form, year: 2024, department: other, unit: other }, [line])).toBeUndefined();
  });

  test("a list that says too little is refused with its line", async () => {
    await writeFile(join(folder, "bad.csv"), "项目名称,理由\n甲项目,\n");
    const refused = await run("publish", SAMPLE, "-o", "bad", "--withheld", "bad.csv");
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("第2行没有写理由");
    await writeFile(join(folder, "bad.csv"), "甲,乙\n1,2\n");
    expect((await run("publish", SAMPLE, "-o", "bad", "--withheld", "bad.csv")).err).toContain("第一行");
    expect((await run("publish", SAMPLE, "-o", "bad", "--withheld", "none.csv")).err).toContain("不能读取");
    await expect(readdir(join(folder, "bad"))).rejects.toThrow();
  });

  test("without a folder, or with nothing to publish, says so", async () => {
    expect((await run("publish", SAMPLE)).err).toContain("没有指定网站写到哪个文件夹");
    await writeFile(join(folder, "empty.txt"), "没有表");
    const nothing = await run("publish", "empty.txt", "-o", "nothing");
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain("没有可以公开的自评表");
  });
});
