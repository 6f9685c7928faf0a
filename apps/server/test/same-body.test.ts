import { describe, expect, it } from "vitest";
import { maybeSameBody, otherBody } from "../src/features/imports/same-body.ts";

describe("names of bodies", () => {
  it.each([
    ["甲 市水利局", "甲市水利局"],
    ["甲市水利局（本级）", "甲市水利局"],
    ["甲市水利局(本级)", "市水利局"],
    ["水利局", "甲市水利局"],
    ["甲市乙县水利局", "乙县水利局"],
    ["乙县人社局", "乙县人力资源和社会保障局"],
    ["市发改局", "甲市发展和改革局"],
    ["第１中学", "第1中学"],
    ["", "甲市水利局"],
  ])("%s may be %s", (one, other) => {
    expect(maybeSameBody(one, other)).toBe(true);
    expect(maybeSameBody(other, one)).toBe(true);
  });

  it.each([
    ["甲市水利局", "乙市水利局"],
    ["乙县水利局", "甲市水利局"],
    ["农业水利局", "水利局"],
    ["第一小学", "第二小学"],
    ["甲市教育局", "甲市体育局"],
  ])("%s is not %s", (one, other) => {
    expect(maybeSameBody(one, other)).toBe(false);
    expect(maybeSameBody(other, one)).toBe(false);
  });

  it("asks about the unit first, about the department only where the unit does not say the very same", () => {
    const above = ["甲市水利局", "甲市"];
    expect(otherBody({ unit: "灌溉站", department: "别的局" }, "灌溉站", above)).toBeNull();
    expect(otherBody({ unit: "小学", department: "市水利局" }, "灌溉站", above)).toEqual({
      as: "实施单位",
      name: "小学",
    });
    expect(otherBody({ unit: null, department: "乙市教育局" }, "灌溉站", above)).toEqual({
      as: "主管部门",
      name: "乙市教育局",
    });
    expect(otherBody({ unit: null, department: "市水利局" }, "灌溉站", above)).toBeNull();
  });
});
