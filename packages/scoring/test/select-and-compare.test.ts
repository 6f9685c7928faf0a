import { describe, expect, it } from "vitest";
import { comparePolicies, findPolicy, type PolicyPack, selectPolicy } from "../src/index.ts";
import { form, row } from "./build-form.ts";

function chosen(parts: Parameters<typeof form>[0]): string {
  return selectPolicy(form({ department: null, unit: null, ...parts })).policy.id;
}

describe("selectPolicy", () => {
  it("falls back to the national method and says so", () => {
    const choice = selectPolicy(form());
    expect(choice.policy.id).toBe("national-2020");
    expect(choice.why).toContain("没有与该表地区、表式和年度相符的地方口径");
  });

  it("goes by place", () => {
    expect(chosen({ department: "湖北省某厅", year: 2021 })).toBe("hubei-2020");
    expect(chosen({ jurisdiction: "广西壮族自治区" })).toBe("guangxi");
    expect(chosen({ department: "219-天津市某局" })).toBe("hebei-tianjin");
    expect(chosen({ unit: "上海市普陀区某中心", year: 2022 })).toBe("shanghai-putuo-2022");
    expect(chosen({ department: "四川省成都市郫都区某局", year: 2025 })).toBe("pidu-2025");
    expect(chosen({ department: "四川省某厅", year: 2025 })).toBe("sichuan-2025");
    expect(chosen({ department: "江西省某厅", year: 2018 })).toBe("jiangxi-2017");
  });

  it("takes the province from the jurisdiction and the district from the bodies", () => {
    expect(chosen({ jurisdiction: "四川", department: "郫都区某局", year: 2025 })).toBe("pidu-2025");
    expect(chosen({ jurisdiction: "上海", department: "上海市普陀区某中心", year: 2022 })).toBe(
      "shanghai-putuo-2022",
    );
    expect(chosen({ jurisdiction: "江苏", department: "湖北某协会驻地办" })).toBe("national-2020");
  });

  it("goes by template where no place is named", () => {
    expect(chosen({ template: "sichuan-0013zp", year: 2023 })).toBe("sichuan-2023");
    expect(chosen({ template: "shanghai-bureau-a", department: "云溪区人社局" })).toBe(
      "shanghai-bureau-2024",
    );
    expect(chosen({ template: "hubei", department: "湖南省某局" })).toBe("national-2020");
    expect(chosen({ template: "hubei", jurisdiction: "南京市" })).toBe("national-2020");
  });

  it("is not misled by names and years", () => {
    expect(chosen({ department: "上海路街道办事处" })).toBe("national-2020");
    expect(chosen({ department: "河北区某局" })).toBe("national-2020");
    expect(chosen({ department: "舟山市普陀区某局", year: 2022 })).toBe("national-2020");
    expect(chosen({ department: "上海市某区某局", template: "national" })).toBe("national-2020");
    const old = selectPolicy(form({ department: "江西省某厅", year: 2023 }));
    expect(old.policy.id).toBe("national-2020");
    expect(old.why).toContain("不含2023年度");
    expect(chosen({ department: "重庆市某局" })).toBe("national-2020");
    expect(chosen({ department: "重庆市某局", kind: "department-self-evaluation" })).toBe("chongqing-2021");
  });

  it("never takes a draft or a general pack", () => {
    for (const template of ["national", "unknown", "core"]) {
      const { policy } = selectPolicy(form({ template, year: 2023 }));
      expect(policy.draft).toBe(false);
      expect(policy.scope).not.toBe("general");
    }
  });
});

describe("comparePolicies", () => {
  const national = findPolicy("national-2020") as PolicyPack;
  const hubei = findPolicy("hubei-2020") as PolicyPack;

  it("lists the marks that change and the clause of each side, printed points kept", () => {
    const late = form({
      indicators: [
        row({ points: "80", score: "80" }),
        row({ name: "工期", target: "≤30 天", actual: "40 天", points: "10", score: "8" }),
      ],
    });
    const [one] = comparePolicies([late], national, hubei);
    expect(one?.changes.map((each) => each.at)).toEqual(["indicators[1].score", "totalScore", "grade"]);
    const [first] = one?.changes ?? [];
    expect(first).toMatchObject({ name: "工期", before: "0分至10分，由人判断", after: "7.5分" });
    expect(first?.basis.after).toMatchObject([{ instrument: "form-hubei-2020", clause: "定量·反向" }]);
    expect(one?.after.execution).toMatchObject({ of: { units: 10n, scale: 0 } });
  });

  it("finds nothing between a policy and itself", () => {
    expect(comparePolicies([form()], national, national)[0]?.changes).toEqual([]);
  });
});
