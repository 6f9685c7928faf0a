import type { DocumentBlock, DocumentModel } from "../src/document.ts";
import { cell, type FormModel, type ModelCell } from "../src/model.ts";

/** A form of so many indicators: head, one line of money, heading of the indicators in the middle, total. */
export function tableForm(indicators: number, changes: Partial<FormModel> = {}): FormModel {
  const label = (text: string, columns = 1, rows = 1): ModelCell => cell(text, "label", columns, rows);
  const figure = (text: string, place: string, more: Partial<ModelCell> = {}): ModelCell =>
    ({ ...cell(text, "number"), figure: text.replace("%", ""), place, ...more }) as ModelCell;
  const rows: ModelCell[][] = [
    [label("项目名称"), { ...cell("河道清淤", "text", 4), place: "project" } as ModelCell],
    [
      label("全年预算数"),
      figure("120.00", "budget"),
      figure("30.00", "spent"),
      figure("25.00%", "rate", {
        percent: true,
        formula: { kind: "rate", part: "spent", whole: "budget", decimals: 2, rounding: "truncate" },
      } as Partial<ModelCell>),
      cell(""),
    ],
    [
      { ...label("绩效指标", 1, indicators + 1), vertical: true },
      label("一级指标"),
      label("三级指标"),
      label("分值"),
      label("得分"),
    ],
    ...Array.from({ length: indicators }, (_, index): ModelCell[] => [
      ...(index === 0 ? [label("产出指标", 1, indicators)] : []),
      { ...cell(`清淤第${index + 1}段河道长度`), place: `indicators[${index}].name` } as ModelCell,
      figure("2.50", `indicators[${index}].points`),
      figure("2.50", `indicators[${index}].score`),
    ]),
    [
      label("总分", 3),
      figure("100.00", "totalPoints", {
        formula: {
          kind: "sum",
          of: Array.from({ length: indicators }, (_, index) => `indicators[${index}].points`),
        },
      } as Partial<ModelCell>),
      cell("", "number"),
    ],
  ];
  return {
    caption: ["附件2", "项目支出绩效自评表", "（2024年度）"],
    titleLine: 1,
    widths: [4, 6, 14, 6, 6],
    rows,
    repeat: { row: 2, count: 1 },
    foot: ["填表人：　　　　联系电话："],
    orientation: "portrait",
    name: "河道清淤",
    ...changes,
  };
}

/** A document of blocks. */
export function documentOf(
  blocks: readonly DocumentBlock[],
  changes: Partial<DocumentModel> = {},
): DocumentModel {
  return {
    title: "绩效自评材料",
    subtitle: [],
    printTitle: false,
    contents: false,
    orientation: "portrait",
    blocks,
    ...changes,
  };
}
