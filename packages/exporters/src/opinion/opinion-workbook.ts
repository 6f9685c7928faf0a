import { FORCE_WORDS } from "../annotate/index.ts";
import type { WorkbookModel, WorkbookSheet } from "../document.ts";
import type { TableModel } from "../model.ts";
import {
  countsInWords,
  type OpinionDoubt,
  type OpinionForm,
  type OpinionItem,
  type OpinionParts,
  type OpinionSource,
  opinionParts,
} from "./opinion-parts.ts";
import {
  BASIS_COLUMNS,
  basisNumbers,
  blank,
  type Column,
  count,
  mark,
  OVERVIEW_COLUMNS,
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

const FORM_COLUMNS: readonly Column<Placed<unknown>>[] = [
  count("表号", 7, ({ form }) => (form ? form.index + 1 : null)),
  words("项目", 20, ({ form }) => form?.project ?? null),
];

const ITEM_LIST: readonly Column<Placed<OpinionItem>>[] = [
  count("序号", 7, ({ item }) => item.number),
  mark("性质", 11, ({ item }) => FORCE_WORDS[item.force]),
  mark("编号", 9.5, ({ item }) => item.code),
  words("位置", 24, ({ item }) => item.place),
  words("单元格", 16, ({ item }) => item.cell),
  words("问题", 58, ({ item }) => item.problem),
  words("处理意见", 38, ({ item }) => item.remedy),
  mark("依据", 10, ({ item }) => basisNumbers(item)),
  blank("单位反馈", 20),
];

const DOUBT_LIST: readonly Column<Placed<OpinionDoubt>>[] = [
  count("序号", 7, ({ item }) => item.number),
  mark("编号", 9.5, ({ item }) => item.code),
  words("位置", 28, ({ item }) => item.place),
  words("需要判断的事项", 60, ({ item }) => item.why),
  blank("判断意见", 24),
];

function sheet(name: string, lines: readonly string[], table: TableModel): WorkbookSheet {
  return { kind: "table", name, title: name, lines, table, orientation: "landscape" };
}

/** The columns that tell whose form a row is of, and the lines that say it once where one value holds for all forms. */
interface Whose {
  readonly lines: readonly string[];
  readonly unit: readonly Column<Placed<unknown>>[];
  readonly file: readonly Column<Placed<unknown>>[];
}

function whose({ forms, severalUnits }: OpinionParts): Whose {
  const [first] = forms;
  const oneFile = first !== undefined && forms.every(({ file }) => file === first.file);
  const unit = severalUnits ? null : (first?.unit ?? null);
  return {
    lines: [...(unit === null ? [] : [`单位：${unit}`]), ...(oneFile ? [`文件：${first.file}`] : [])],
    unit: severalUnits ? [words("单位", 16, ({ form }) => form?.unit ?? null)] : [],
    file: oneFile ? [] : [words("文件", 24, ({ form }) => form?.file ?? null)],
  };
}

/** The review opinion as a workbook to filter and to fill in: one row a finding, and the same words as the document. */
export function opinionWorkbook(source: OpinionSource): WorkbookModel {
  const parts = opinionParts(source);
  const { forms, across, severalUnits } = parts;
  const items = forms.flatMap((form) => form.items.map((item): Placed<OpinionItem> => ({ form, item })));
  const doubts = [
    ...forms.flatMap((form) => form.doubts.map((item): Placed<OpinionDoubt> => ({ form, item }))),
    ...across.doubts.map((item): Placed<OpinionDoubt> => ({ form: null, item })),
  ];
  const notes = forms.flatMap((form) =>
    [...form.notes, ...form.errors].map((item): Placed<string> => ({ form, item })),
  );
  const { lines, unit, file } = whose(parts);
  const files: readonly Column<OpinionForm>[] =
    file.length === 0 ? [] : [words("文件", 24, (form) => form.file)];
  const found = countsInWords(parts.counts);
  const sheets = [
    {
      ...sheet(
        "汇总",
        [
          `送：${parts.recipient ?? ""}`,
          ...lines,
          `共审核 ${forms.length} 张表：${found === "" ? "已检查的事项未发现问题" : found}；待人工判断 ${parts.doubtCount} 处。`,
          ...parts.unread.map(({ file: name, what }) => `未能读取、没有审核：${name}（${what}）`),
          ...across.errors,
          parts.versions.join("，"),
        ],
        tableOf([...(severalUnits ? UNITS_OVERVIEW_COLUMNS : OVERVIEW_COLUMNS), ...files], forms),
      ),
      title: "绩效自评表审核意见",
    },
    sheet("问题清单", lines, tableOf([...FORM_COLUMNS, ...unit, ...ITEM_LIST, ...file], items)),
    sheet("需人工判断", lines, tableOf([...FORM_COLUMNS, ...unit, ...DOUBT_LIST, ...file], doubts)),
    sheet("未检查", ["下列事项没有检查，不等于通过。"], tableOf(UNCHECKED_COLUMNS, parts.unchecked)),
    sheet(
      "各表之间",
      [],
      tableOf(
        ITEM_LIST,
        across.items.map((item) => ({ form: null, item })),
      ),
    ),
    sheet("依据", ["各表“依据”栏的数字为下列依据的序号。"], tableOf(BASIS_COLUMNS, parts.bases)),
  ];
  if (notes.length > 0)
    sheets.push(
      sheet(
        "读表提示",
        ["读表时推断或没有读出的内容，请对照原表核对。", ...lines],
        tableOf(
          [...FORM_COLUMNS, ...unit, words("内容", 80, (row: Placed<string>) => row.item), ...file],
          notes,
        ),
      ),
    );
  return { title: "绩效自评表审核意见", contents: false, sheets };
}
