import { describe, expect, it } from "vitest";
import {
  type Clause,
  cite,
  clauseOf,
  INSTRUMENTS,
  type Instrument,
  lawCatalogue,
  mayBind,
  showCitation,
} from "../src/index.ts";

const all: readonly (readonly [string, Instrument])[] = Object.entries(INSTRUMENTS);

describe("sources", () => {
  it("hold every instrument, published form and practice of the regulations", () => {
    const wanted =
      "budget-law cpc-2018-34 budget-law-regs state-2021-5 state-711 mof-2016-143 mof-2015-88 mof-2015-163 mof-2019-136 mof-2020-10 mof-2021-6 mof-jian-2021-4 mof-2021-101 mof-notice sh-2019-12 jingan-2020-1 sh-2011-1 sh-2014-22 sh-2020-6 sichuan-2025-5 sichuan-2025-10 sichuan-2025-33 pidu-2024-99 pidu-2026-11 hubei-2020-3 baise-2021-4 form-bureau-2024 form-putuo-2022 form-tianchang-2022 form-guichi-2022 form-zhongjiang-2022 form-sichuan-2023 form-daying-dept form-hubei-2020 form-jiangxi-2017 form-chongqing-2021 form-suiyang form-shouxian-2023 form-lingling-2021 form-guangxi-school-2021 form-science-2021 form reviewers checkers provincial reading".split(
        " ",
      );
    const ids = all.map(([id]) => id);
    for (const id of wanted) expect(ids).toContain(id);
  });

  it("state at least one clause each, in words, and no id is in two tables", () => {
    for (const [id, instrument] of all) {
      const clauses: readonly Clause[] = Object.values(instrument.clauses);
      expect(clauses.length, id).toBeGreaterThan(0);
      for (const clause of clauses) expect(clause.says.length, id).toBeGreaterThan(4);
    }
    const catalogue = lawCatalogue();
    for (const [id] of all) expect(catalogue.split(`编号 \`${id}\`；`).length, id).toBe(2);
  });

  it("never call a generally known clause more than secondary", () => {
    for (const [id, instrument] of all) {
      const clauses: readonly Clause[] = Object.values(instrument.clauses);
      for (const clause of clauses) if (clause.notReread) expect(clause.standing, id).toBe("secondary");
    }
  });
});

describe("cite", () => {
  it("carries the standing of the clause", () => {
    expect(cite("mof-2020-10", "权重")).toEqual({
      instrument: "mof-2020-10",
      clause: "权重",
      standing: "secondary",
    });
    expect(cite("form-hubei-2020", "执行得分").standing).toBe("primary");
    expect(cite("mof-2021-101", "完成比例赋分").standing).toBe("unread");
    expect(clauseOf(cite("form-hubei-2020", "定量·反向")).says).toContain("指标值除以完成值");
  });

  it("does not compile for a clause or source that is not stated", () => {
    // @ts-expect-error a clause of another source
    expect(() => cite("mof-2020-10", "执行得分")).toThrow();
    // @ts-expect-error a source nobody stated
    expect(() => cite("mof-1999-1", "权重")).toThrow();
  });

  it("says source, clause and how far it was read", () => {
    expect(showCitation(cite("mof-2020-10", "定性"))).toBe(
      "财预〔2020〕10号《项目支出绩效评价管理办法》·定性（据转述或实务）",
    );
    expect(showCitation(cite("form", "总分"))).toBe("自评表本身·总分（已核原文）");
  });
});

describe("mayBind", () => {
  it("lets primary words bind, secondary ones only in their own pack, others never", () => {
    expect(mayBind(cite("form", "总分"))).toBe(true);
    expect(mayBind(cite("provincial", "计分·等于"))).toBe(false);
    expect(mayBind(cite("provincial", "计分·等于"), true)).toBe(true);
    expect(mayBind(cite("mof-2020-10", "定量·超出较多"), true)).toBe(false);
    expect(mayBind(cite("mof-2021-101", "权重"), true)).toBe(false);
  });
});
