import { mayBind } from "@jiheng/law";
import { describe, expect, it } from "vitest";
import { findPolicy, POLICIES, policyCatalogue, policyParameters, runExample } from "../src/index.ts";

const IDS =
  "national-2020 national-2021-core shanghai-bureau-2024 shanghai-putuo-2022 provincial-common hebei-tianjin guangxi hubei-2020 jiangxi-2017 sichuan-2023 sichuan-2025 pidu-2025 chongqing-2021 suiyang".split(
    " ",
  );

describe("packs", () => {
  it("are the fourteen of the contract, each once", () => {
    expect(POLICIES.map((policy) => policy.id)).toEqual(IDS);
    expect(findPolicy("hubei-2020")?.title).toContain("湖北");
    expect(findPolicy("nowhere")).toBeNull();
  });

  it.each(POLICIES)("$id: its examples come out", (policy) => {
    expect(policy.examples.length).toBeGreaterThanOrEqual(3);
    for (const example of policy.examples)
      expect(runExample(policy, example), example.says).toBe(example.gives);
  });

  it.each(POLICIES)("$id: nothing binding rests on words nobody read", (policy) => {
    for (const duty of policy.duties) expect(mayBind(duty.basis, true), duty.code).toBe(true);
    const codes = policy.duties.map((duty) => duty.code);
    expect(new Set(codes).size).toBe(codes.length);
    const rests = [policy.execution.mechanism.basis, policy.counted["≥"].basis];
    if (!policy.draft) for (const basis of rests) expect(basis.standing).not.toBe("unread");
    else expect(policy.duties).toEqual([]);
  });

  it.each(POLICIES)("$id: grades fall and tiers meet end to end", (policy) => {
    const bands = policy.grades?.value ?? [];
    for (const [index, band] of bands.entries()) {
      const next = bands[index + 1];
      if (next) expect(Number(band.from.units)).toBeGreaterThan(Number(next.from.units));
    }
    if (policy.qualitative.value.kind !== "tiers") return;
    const { tiers } = policy.qualitative.value;
    for (const [index, tier] of tiers.entries()) {
      const next = tiers[index + 1];
      if (next) expect(next.from).toEqual(tier.to);
    }
  });

  it("are printed with every parameter and its basis", () => {
    const page = policyCatalogue();
    for (const policy of POLICIES) {
      expect(page).toContain(`编号 \`${policy.id}\``);
      for (const { name, value } of policyParameters(policy))
        expect(page).toContain(`| ${name} | ${value} |`);
    }
    expect(page).not.toMatch(/undefined|\[object/);
  });
});
