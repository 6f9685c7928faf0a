import { describe, expect, it } from "vitest";
import { faultOfAccount } from "../src/features/accounts/many-accounts.ts";
import { grantOf, heldKey } from "../src/features/accounts/many-grants.ts";
import { newBodies } from "../src/features/organisations/many-bodies.ts";
import { repeated, typedRows } from "../src/ui/typed-rows.ts";

describe("rows that somebody pasted", () => {
  it("are read with their place, without the titles and empty lines, by tabs or commas", () => {
    const titles = ["登录名", "姓名"];
    expect(typedRows("登录名\t姓名\nwang\t王\n\t\nli\t李,四\t多\n", titles)).toEqual([
      { line: 2, cells: ["wang", "王"], beyond: [] },
      { line: 4, cells: ["li", "李,四"], beyond: ["多"] },
    ]);
    expect(typedRows("wang，王\n\nli,李\nzhao", titles)).toEqual([
      { line: 1, cells: ["wang", "王"], beyond: [] },
      { line: 3, cells: ["li", "李"], beyond: [] },
      { line: 4, cells: ["zhao", ""], beyond: [] },
    ]);
    const rows = typedRows("Wang，王\nli,李\nwang,汪", titles);
    expect([...repeated(rows, 0)]).toEqual([[3, 1]]);
  });
});

describe("many accounts", () => {
  it("name what is wrong with a row", () => {
    const taken = new Set(["wang"]);
    expect(faultOfAccount(["zhao", "赵"], taken, undefined)).toBeNull();
    expect(faultOfAccount(["", "赵"], taken, undefined)).toContain("没有写登录名");
    expect(faultOfAccount(["zhao ming", "赵"], taken, undefined)).toContain("2到64位");
    expect(faultOfAccount(["zhao", ""], taken, undefined)).toContain("没有写姓名");
    expect(faultOfAccount(["zhao", "赵"], taken, 3)).toContain("第3行");
    expect(faultOfAccount(["Wang", "王"], taken, undefined)).toContain("已有账号");
  });
});

describe("many grants", () => {
  const known = {
    accounts: new Map([["wang", { id: "a", held: new Set([heldKey("auditor", "o")]) }]]),
    bodies: new Map([
      ["某局", ["o"]],
      ["局机关", ["p", "q"]],
    ]),
  };
  const says = (...cells: string[]) => {
    const verdict = grantOf(cells, known);
    return verdict.kind === "problem" ? verdict.says : verdict.ready;
  };

  it("find login, role and body, and say which of them there is not", () => {
    expect(says("WANG", "单位经办人", "某局", "2026-12-31")).toEqual({
      ...{ account: "a", role: "clerk", organisation: "o", until: "2026-12-31T15:59:59.000Z" },
    });
    expect(says("wang", "单位经办人", "某局", "")).toMatchObject({ until: null });
    expect(says("li", "单位经办人", "某局")).toContain("“li”");
    expect(says("wang", "经办", "某局")).toContain("可以写");
    expect(says("wang", "单位经办人", "他局")).toContain("“他局”");
    expect(says("wang", "单位经办人", "局机关")).toContain("2个机构");
    expect(says("wang", "安全审计员", "某局")).toContain("已经有");
    expect(says("wang", "单位经办人", "某局", "2026年12月")).toContain("2026-12-31");
  });
});

describe("many bodies", () => {
  const known = [
    { id: "r", kind: "region", name: "某县", code: null, parent: null },
    { id: "d", kind: "department", name: "教育局", code: "101", parent: "r" },
    { id: "u", kind: "unit", name: "局机关", code: null, parent: "d" },
  ] as const;
  const verdicts = (text: string) =>
    newBodies(typedRows(text, ["名称", "级别", "上级", "代码"]), known).map((verdict) =>
      verdict.kind === "problem" ? verdict.says : "",
    );

  it("stand under departments of the same list, and name what is there already", () => {
    const found = verdicts(
      [
        "局机关，单位，水利局",
        "水利局，主管部门，某县，102",
        "局机关，单位，水利局",
        "局机关，单位，教育局",
        "一小，单位，教育局，101",
        "二小，科室，教育局",
        "，单位，教育局",
        "一小，单位，教育局，101001",
      ].join("\n"),
    );
    expect(found.map((says) => says === "")).toEqual([false, true, true, false, false, false, false, true]);
    expect(found[0]).toContain("排在前面");
    expect(found[3]).toContain("已有“局机关”");
    expect(found[4]).toContain("“101”");
    expect(found[5]).toContain("主管部门或单位");
  });
});
