import { readSchema } from "@jiheng/contract/read";
import type { Form } from "@jiheng/domain";
import { cleanForm, variedForm } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import { placeForms, publishSite, type SiteSource } from "../src/publish/index.ts";
import { published } from "./site-reader.ts";

const source = (forms: readonly Form[], more: Partial<SiteSource> = {}): SiteSource => ({
  title: "澄江区绩效自评公开",
  forms: forms.map(published),
  withheld: [],
  versions: ["jiheng 0.0.0"],
  ...more,
});

function filesOf(site: SiteSource): Map<string, string> {
  const decoder = new TextDecoder();
  return new Map([...publishSite(site)].map(({ path, bytes }) => [path, decoder.decode(bytes)]));
}

const pages = (files: ReadonlyMap<string, string>): [string, string][] =>
  [...files].filter(([path]) => path.endsWith(".html"));

const HOSTILE = `</script><script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;

describe("names on the site", () => {
  const form = cleanForm({ seed: 5 });

  test("a project keeps its name from year to year, however it is typed and whatever else is published", () => {
    const [alone] = placeForms([published({ ...form, year: 2023 })]);
    const [, later] = placeForms([
      published(cleanForm({ seed: 6 })),
      published({
        ...form,
        year: 2024,
        project: ` 2024年度${form.project} `,
        department: `${form.department}（汇总）`,
      }),
    ]);
    expect(later?.projectId).toBe(alone?.projectId);
    expect(later?.departmentId).toBe(alone?.departmentId);
    expect(alone?.id).toMatch(/^[a-z0-9]{12,13}-2023$/);
    expect(later?.id).toMatch(/-2024$/);
  });

  test("another department's project of the same name is another project; a second form of one year gets a number", () => {
    const entries = placeForms([
      published(form),
      published({ ...form, department: "另一主管局", unit: "另一单位" }),
      published(form),
    ]);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
    expect(entries[1]?.projectId).not.toBe(entries[0]?.projectId);
    expect(entries[2]?.id).toBe(`${entries[0]?.id}-2`);
  });

  test("a code tells projects apart where the names are alike", () => {
    const [a, b] = placeForms([
      published({ ...form, projectCode: "A1" }),
      published({ ...form, projectCode: "A2" }),
    ]);
    expect(a?.projectId).not.toBe(b?.projectId);
    const [spaced] = placeForms([published({ ...form, projectCode: "Ａ 1" })]);
    expect(spaced?.projectId).toBe(a?.projectId);
  });
});

describe("the site", () => {
  const forms = [
    ...Array.from({ length: 6 }, (_, seed) => cleanForm({ seed: seed + 1 })),
    variedForm({ seed: 3, template: "yunnan" }),
    { ...cleanForm({ seed: 2 }), year: 2022 },
    exampleForm({
      project: HOSTILE,
      department: HOSTILE,
      unit: HOSTILE,
      expected: HOSTILE,
      achieved: HOSTILE,
    }),
  ];
  const site = source(forms, {
    withheld: [{ project: "某保密项目", reason: "涉及国家秘密", year: 2024, department: null }],
  });
  const files = filesOf(site);

  test("every link leads to a file of the site and, with a fragment, to an element of it", () => {
    let links = 0;
    for (const [path, html] of pages(files))
      for (const [, target = ""] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
        const [file = "", fragment] = target.split("#");
        const to = file === "" ? path : new URL(file, `site:///${path}`).pathname.slice(1);
        expect(files.has(to), `${path}: ${target}`).toBe(true);
        if (fragment) expect(files.get(to), `${path}: ${target}`).toContain(`id="${fragment}"`);
        links += 1;
      }
    expect(links).toBeGreaterThan(100);
  });

  test("what forms say is never markup, in pages and in the index", () => {
    for (const [path, content] of files)
      if (/\.(?:html|js)$/.test(path)) {
        expect(content, path).not.toContain("<script>alert");
        expect(content, path).not.toContain("<img");
      }
    expect([...files.values()].some((content) => content.includes("&lt;img src=x"))).toBe(true);
  });

  test("ids of a page are unique", () => {
    for (const [path, html] of pages(files)) {
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });

  test("the same source gives the same files", () => {
    expect(filesOf(site)).toEqual(files);
  });

  test("a withheld project is named with its reason, and nothing else", () => {
    expect(files.get("withheld.html")).toContain("某保密项目");
    expect(files.get("withheld.html")).toContain("涉及国家秘密");
    expect(files.get("years/2024.html") ?? "").toContain("某保密项目");
    expect([...files.keys()].filter((path) => path.startsWith("forms/")).length).toBe(forms.length * 5);
  });

  test("a withheld project stands with its department however that is typed", () => {
    const form = { ...cleanForm({ seed: 5 }), department: "澄江区（直属）民政局" };
    const line = { project: "某保密项目", reason: "涉及国家秘密", year: null };
    const pageFor = (department: string | null): string =>
      pages(filesOf(source([form], { withheld: [{ ...line, department }] }))).find(([path]) =>
        path.startsWith("departments/"),
      )?.[1] ?? "";
    expect(pageFor("澄江区(直属) 民政局（汇总）")).toContain("某保密项目");
    expect(pageFor("另一主管局")).not.toContain("某保密项目");
    expect(pageFor(null)).not.toContain("某保密项目");
  });

  test("forms without a grade are counted beside those with one", () => {
    const [one, two] = [cleanForm({ seed: 1 }), cleanForm({ seed: 2 })];
    const home = (grade: string | null): string =>
      filesOf(
        source([
          { ...one, year: 2024, grade: "优" },
          { ...two, year: 2024, grade },
        ]),
      ).get("index.html") ?? "";
    expect(home(null)).toContain("优 1，未填 1");
    expect(home("优")).toContain("优 2<");
  });

  test("a form leads to the same project in another year", () => {
    const entries = placeForms(site.forms);
    const [old, now] = [entries[7], entries[1]];
    expect(old?.projectId).toBe(now?.projectId);
    expect(files.get(`forms/${now?.id}.html`)).toContain(`href="${old?.id}.html"`);
  });

  test("a form prints how its total came about, beside what was typed", () => {
    const wrong = exampleForm({ totalScore: "94.09", grade: "优" });
    const page = [...filesOf(source([wrong]))].find(([path]) => /^forms\/.*\.html$/.test(path))?.[1] ?? "";
    expect(page).toContain("表上填报：94.09");
    expect(page).toContain("按表上各行得分加总");
    expect(page).toMatch(/id="basis-1"/);
  });

  test("a rate of a budget of 0 cannot be computed: it is not called blank", () => {
    const form = exampleForm({});
    const none = {
      ...form,
      funds: form.funds.map((fund) => ({
        ...fund,
        adjustedBudget: "0.00",
        expenditure: "0.00",
        executionRate: null,
      })),
    };
    const home = filesOf(source([none])).get("index.html") ?? "";
    expect(home.match(/不能计算/g)?.length).toBe(3);
    expect(filesOf(source([form])).get("index.html")).not.toContain("不能计算");
  });

  test("a form is given as a reading that was not made from a file", () => {
    const [, json = "null"] =
      [...filesOf(source([cleanForm({ seed: 9 })]))].find(([path]) => /^forms\/.*\.json$/.test(path)) ?? [];
    expect(readSchema.parse(JSON.parse(json)).documents[0]?.sha256).toBeNull();
  });

  test("telephone numbers are not published, in no file, and that is said", () => {
    const form = { ...cleanForm({ seed: 9 }), fields: [{ label: "联系电话", text: "021-55512345" }] };
    for (const [path, content] of filesOf(source([form])))
      expect(content.includes("55512345"), path).toBe(false);
    const said = pages(filesOf(source([form]))).some(([, html]) => html.includes("联系电话属于个人联系方式"));
    expect(said).toBe(true);
  });

  test("a telephone number within other words is masked, in no file shown, and that is said", () => {
    const text = "王某某 139 1234 5678，wangmou@example.cn，0571-87654321，110101199003071234";
    const kept = "总投资13912345678元，编号330100202400000123，覆盖13800000000人";
    const form = {
      ...cleanForm({ seed: 9 }),
      fields: [
        { label: "项目负责人", text },
        { label: "项目概况", text: kept },
      ],
    };
    const files = filesOf(source([form]));
    for (const [path, content] of files)
      for (const secret of ["1234 5678", "wangmou", "87654321", "19900307"])
        expect(content.includes(secret), path).toBe(false);
    const [, page = ""] = [...files].find(([path]) => /^forms\/.*\.html$/.test(path)) ?? [];
    expect(page).toContain("王某某 （不公开）");
    expect(page).toContain("项目负责人里的个人联系方式写作“（不公开）”");
    expect(page).toContain(kept);
  });

  test("the same within goals, results and reasons is masked too, and it is said where", () => {
    const clean = cleanForm({ seed: 9 });
    const secret = "咨询王某某13912345678，或发至wangmou@example.cn";
    const [goal] = clean.goals;
    if (!goal) throw new Error("no goal");
    const form = {
      ...clean,
      goal: { expected: secret, achieved: `已完成，${secret}` },
      goals: [{ ...goal, expected: secret, achieved: `已完成，${secret}` }],
      deviation: secret,
      funds: clean.funds.map((fund, index) => (index === 0 ? { ...fund, deviation: secret } : fund)),
      indicators: clean.indicators.map((row, index) =>
        index === 0 ? { ...row, deviation: secret, evidence: secret, criteria: secret } : row,
      ),
    };
    const files = filesOf(source([form]));
    for (const [path, content] of files)
      for (const each of ["13912345678", "wangmou"]) expect(content.includes(each), path).toBe(false);
    const [, page = ""] = [...files].find(([path]) => /^forms\/.*\.html$/.test(path)) ?? [];
    expect(page).toContain("已完成，咨询王某某（不公开）");
    expect(page).toContain(`预期目标、实际完成情况、${clean.funds[0]?.label}原因、`);
    expect(page).toContain(`「${clean.indicators[0]?.name}」偏差原因、偏差原因分析里的个人联系方式`);
  });

  test("what the layout has no place for is said under the form", () => {
    const form = exampleForm({ template: "shanghai-bureau-a" });
    const rows = form.indicators.map((row, index) => (index === 0 ? { ...row, evidence: "签到表" } : row));
    const page = pages(filesOf(source([{ ...form, indicators: rows }]))).find(([path]) =>
      path.startsWith("forms/"),
    )?.[1];
    expect(page).toMatch(/没有“佐证材料”的位置.*JSON 文件和数据包里有/);
  });

  test("where a chart has too many points its figures are shown, and why it is not drawn", () => {
    const many = Array.from({ length: 201 }, (_, seed) => ({
      ...cleanForm({ seed: 1 }),
      project: `第${seed}号项目`,
    }));
    const home = filesOf(source(many)).get("index.html") ?? "";
    expect(home).toContain("共201张表，点数太多，不画散点图");
    expect(home).toMatch(/<caption[^>]*>预算执行率与自评得分<\/caption>/);
    expect(filesOf(source(many.slice(0, 3))).get("index.html")).not.toContain("不画散点图");
  });

  test("no page grows beyond 200 KB: large forms and long lists take several", () => {
    const large = cleanForm({ seed: 3, rows: 400 });
    const many = Array.from({ length: 400 }, (_, seed) => ({
      ...cleanForm({ seed: 1 }),
      project: `第${seed}号项目`,
    }));
    const made = filesOf(source([large, ...many]));
    for (const [path, html] of pages(made)) expect(Buffer.byteLength(html), path).toBeLessThan(200_000);
    expect([...made.keys()].some((path) => path.endsWith("-part2.html"))).toBe(true);
    expect([...made.keys()].some((path) => path.endsWith("-page2.html"))).toBe(true);
  });
});
