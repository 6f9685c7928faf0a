import { FORCE_WORDS } from "../annotate/index.ts";
import type { WorkbookModel, WorkbookSheet } from "../document.ts";
import type { TableModel } from "../model.ts";
import {
  countsInWords,
  type OpinionDoubt,
  type OpinionForm,
  type OpinionItem,
  type OpinionSource,
  opinionParts,
} from "./opinion-parts.ts";
import {
  blank,
  type Column,
  count,
  mark,
  tableOf,
  UNCHECKED_COLUMNS,
  UNITS_OVERVIEW_COLUMNS,
  words,
} from "./opinion-tables.ts";

interface Placed<T> {
  /** Null where it concerns several forms. */
  readonly form: OpinionForm | null;
  readonly item: T;
}

const FORM_COLUMNS = <T>(): readonly Column<Placed<T>>[] => [
  count("表号", 5, ({ form }) => (form ? form.index + 1 : null)),
  words("项目", 20, ({ form }) => form?.project ?? null),
  words("单位", 16, ({ form }) => form?.unit ?? null),
];

const ITEM_LIST: readonly Column<Placed<OpinionItem>>[] = [
  count("序号", 5, ({ item }) => item.number),
  mark("性质", 9, ({ item }) => FORCE_WORDS[item.force]),
  mark("编号", 8, ({ item }) => item.code),
  words("位置", 22, ({ item }) => item.place),
  words("单元格", 16, ({ item }) => item.cell),
  words("问题", 48, ({ item }) => item.problem),
  words("处理意见", 34, ({ item }) => item.remedy),
  words("依据", 34, ({ item }) => item.basis.join("\n")),
  blank("单位反馈", 20),
];

const DOUBT_LIST: readonly Column<Placed<OpinionDoubt>>[] = [
  count("序号", 5, ({ item }) => item.number),
  mark("编号", 8, ({ item }) => item.code),
  words("位置", 28, ({ item }) => item.place),
  words("需要判断的事项", 60, ({ item }) => item.why),
  blank("判断意见", 24),
];

function sheet(name: string, lines: readonly string[], table: TableModel): WorkbookSheet {
  return { kind: "table", name, title: name, lines, table, orientation: "landscape" };
}

/** The review opinion as a workbook to filter and to fill in: one row a finding, and the same words as the document. */
export function opinionWorkbook(source: OpinionSource): WorkbookModel {
  const parts = opinionParts(source);
  const { forms, across } = parts;
  const items = forms.flatMap((form) => form.items.map((item): Placed<OpinionItem> => ({ form, item })));
  const doubts = [
    ...forms.flatMap((form) => form.doubts.map((item): Placed<OpinionDoubt> => ({ form, item }))),
    ...across.doubts.map((item): Placed<OpinionDoubt> => ({ form: null, item })),
  ];
  const notes = forms.flatMap((form) =>
    [...form.notes, ...form.errors].map((item): Placed<string> => ({ form, item })),
  );
  const file: Column<Placed<unknown>> = words("文件", 24, ({ form }) => form?.file ?? null);
  const found = countsInWords(parts.counts);
  const sheets = [
    {
      ...sheet(
        "汇总",
        [
          `送：${parts.recipient ?? ""}`,
          `共审核 ${forms.length} 张表：${found === "" ? "已检查的事项未发现问题" : found}；待人工判断 ${parts.doubtCount} 处。`,
          ...parts.unread.map(({ file: name, what }) => `未能读取、没有审核：${name}（${what}）`),
          ...across.errors,
          parts.versions.join("，"),
        ],
        tableOf([...UNITS_OVERVIEW_COLUMNS, words("文件", 24, (form: OpinionForm) => form.file)], forms),
      ),
      title: "绩效自评表审核意见",
    },
    sheet("问题清单", [], tableOf([...FORM_COLUMNS<OpinionItem>(), ...ITEM_LIST, file], items)),
    sheet("需人工判断", [], tableOf([...FORM_COLUMNS<OpinionDoubt>(), ...DOUBT_LIST, file], doubts)),
    sheet("未检查", ["下列事项没有检查，不等于通过。"], tableOf(UNCHECKED_COLUMNS, parts.unchecked)),
    sheet(
      "各表之间",
      [],
      tableOf(
        ITEM_LIST,
        across.items.map((item) => ({ form: null, item })),
      ),
    ),
  ];
  if (notes.length > 0)
    sheets.push(
      sheet(
        "读表提示",
        ["读表时推断或没有读出的内容，请对照原表核对。"],
        tableOf(
          [...FORM_COLUMNS<string>(), words("内容", 80, (row: Placed<string>) => row.item), file],
          notes,
        ),
      ),
    );
  return { title: "绩效自评表审核意见", contents: false, sheets };
}
