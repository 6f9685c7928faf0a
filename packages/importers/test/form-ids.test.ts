import { expect, test } from "vitest";
import { readDocument } from "../src/index.ts";

const TABLE = `<table><tr><td>项目名称</td><td colspan="6">河道清淤</td></tr>
<tr><td>资金</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>分值</td><td>得分</td></tr>
<tr><td></td><td>年度资金总额</td><td>50.00</td><td>50.00</td><td>48.00</td><td>10</td><td>9.60</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>清淤河道长度</td><td>≥12公里</td><td>13公里</td><td>90</td><td>90</td></tr></table>`;
// The second form has lost its cells: one cell a line, as some systems print it.
const LOOSE =
  "项目支出绩效自评表|（2024年度）|项目名称：桥梁检测|主管部门：禾川县交通局|实施单位：禾川县公路站|项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分|年度资金总额|30.00|30.00|27.00|10|90.00%|9.00|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|产出指标|数量指标|检测桥梁座数|≥20座|22座|90|90|总分|100|99.00"
    .split("|")
    .map((cell) => `<p>${cell}</p>`)
    .join("");

test("forms from tables and from loose text of one file have different ids", () => {
  const bytes = new TextEncoder().encode(`<html><meta charset="utf-8"><body>${TABLE}${LOOSE}</body></html>`);
  const result = readDocument({ name: "a.html", bytes, sha256: "ab".repeat(32) });
  if (result.kind === "refused") throw new Error(result.what);
  const ids = result.document.forms.map((form) => form.id);
  expect(ids.length).toBe(2);
  expect(new Set(ids).size).toBe(2);
});
