import type { DocumentBlock, DocumentModel } from "../document.ts";
import {
  countsInWords,
  type OpinionForm,
  type OpinionParts,
  type OpinionSource,
  opinionParts,
} from "./opinion-parts.ts";
import {
  BASIS_COLUMNS,
  DOUBT_COLUMNS,
  ITEM_COLUMNS,
  inPairs,
  OVERVIEW_COLUMNS,
  tableOf,
  UNCHECKED_COLUMNS,
  UNITS_OVERVIEW_COLUMNS,
} from "./opinion-tables.ts";

/** A blank for what the opinion does not know and a person fills in. */
const BLANK = "＿＿＿＿＿＿＿＿";
const DATE = "＿＿＿＿年＿＿月＿＿日";
const NUMERALS = ["一", "二", "三", "四", "五", "六", "七"] as const;
const TITLE = "绩效自评表审核意见";
/** Notes of reading printed for one form; the rest are counted, and `jiheng read` lists all. */
const NOTES = 20;
const FORMS_NAMED = 8;

function paragraph(text: string): DocumentBlock {
  return { kind: "paragraph", text, indent: true };
}

function opening(parts: OpinionParts): DocumentBlock[] {
  const years = parts.years.length > 0 && parts.years.length <= 3 ? `${parts.years.join("、")}年度` : "";
  const asked = `对报送的${years}绩效自评表（共 ${parts.forms.length} 张）进行了审核。`;
  const found = countsInWords(parts.counts);
  const doubts = parts.doubtCount > 0 ? `另有 ${parts.doubtCount} 处需要人工判断。` : "";
  const reply =
    found === ""
      ? "已检查的事项未发现问题。"
      : `审核发现：${found}。请逐项核对，在“单位反馈”栏填写更正情况或说明，于${DATE}前连同更正后的自评表一并报回。`;
  return [
    { kind: "paragraph", text: `${parts.recipient ?? BLANK}：` },
    paragraph(asked + reply + doubts),
    ...parts.unread.map(({ file, what }) => paragraph(`未能读取、没有审核的文件：${file}（${what}）。`)),
  ];
}

function overview({ forms, severalUnits }: OpinionParts): DocumentBlock[] {
  const differing = forms.filter(({ differs }) => differs).map(({ index }) => index + 1);
  const named = differing.slice(0, FORMS_NAMED).join("、");
  const difference =
    differing.length === 0
      ? "表列总分、等级与重算结果一致，或不能重算。"
      : `第${named}${differing.length > FORMS_NAMED ? `等 ${differing.length} ` : ""}张表的总分或等级与重算结果不一致。`;
  return [
    paragraph(
      `${difference}“重算总分”是表内各行得分与按资金数重算的预算执行得分之和；“—”表示表上没有填，或者不能计算。`,
    ),
    {
      kind: "table",
      caption: "各表一览",
      table: tableOf(severalUnits ? UNITS_OVERVIEW_COLUMNS : OVERVIEW_COLUMNS, forms),
    },
  ];
}

function totals(form: OpinionForm, severalUnits: boolean): string {
  const grade = (each: string | null): string => (each === null ? "" : `（${each}）`);
  const printed =
    form.printedTotal === null
      ? `表列总分未填${grade(form.printedGrade)}`
      : `表列 ${form.printedTotal} 分${grade(form.printedGrade)}`;
  const recomputed =
    form.recomputedTotal === null
      ? "按表内各行不能重算"
      : `按表内各行重算 ${form.recomputedTotal} 分${grade(form.recomputedGrade)}`;
  const found = form.items.length > 0 ? "审核发现的问题：" : "";
  return `${severalUnits && form.unit ? `${form.unit}；` : ""}${printed}，${recomputed}；政策包 ${form.policy}；文件 ${form.file}。${found}`;
}

function formBlocks(form: OpinionForm, severalUnits: boolean): DocumentBlock[] {
  const blocks: DocumentBlock[] = [
    { kind: "heading", level: 2, text: form.title, id: `form-${form.index + 1}` },
    { kind: "paragraph", text: totals(form, severalUnits), small: true },
  ];
  if (form.items.length > 0)
    blocks.push({ kind: "table", caption: null, table: tableOf(ITEM_COLUMNS, form.items) });
  else blocks.push(paragraph("已检查的事项未发现问题。"));
  if (form.doubts.length > 0)
    blocks.push({ kind: "table", caption: "需要人工判断的事项", table: tableOf(DOUBT_COLUMNS, form.doubts) });
  if (form.notes.length > 0) {
    const shown = form.notes.slice(0, NOTES);
    const rest = form.notes.length - shown.length;
    blocks.push(
      { kind: "paragraph", text: "读表时推断或没有读出的内容，请对照原表核对：", small: true },
      {
        kind: "list",
        ordered: false,
        small: true,
        items: rest > 0 ? [...shown, `另有 ${rest} 条，见读表结果`] : shown,
      },
    );
  }
  for (const error of form.errors) blocks.push(paragraph(error));
  return blocks;
}

function acrossBlocks({ across }: OpinionParts): DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  if (across.items.length > 0)
    blocks.push({ kind: "table", caption: "各表之间的问题", table: tableOf(ITEM_COLUMNS, across.items) });
  else blocks.push(paragraph("已检查的事项未发现问题。"));
  if (across.doubts.length > 0)
    blocks.push({
      kind: "table",
      caption: "需要人工判断的事项",
      table: tableOf(DOUBT_COLUMNS, across.doubts),
    });
  for (const error of across.errors) blocks.push(paragraph(error));
  return blocks;
}

function closing(parts: OpinionParts): DocumentBlock[] {
  return [
    {
      kind: "list",
      ordered: true,
      small: true,
      items: [
        "“必须更正”：表内自相矛盾，或不符合制度的硬性要求，请按处理意见更正；“应当说明”：请说明理由，理由不成立的按处理意见更正；“可以改进”：处理意见供完善指标和文字时参考。",
        "依据注明核对程度：已核原文、据转述或实务、未核原文；仅有未核原文的依据不作硬性要求。",
        "表、行、列按报送文件中的次序从 1 数起，合并的单元格按左上角计；电子表格写单元格名称。",
        `本意见由程序按固定规则逐项核对得出：${parts.versions.join("，")}。同样的表、规则和政策包得出同样的意见。需要人工判断和没有检查的事项，应由审核人员查看。`,
      ],
    },
    { kind: "paragraph", text: `审核单位（盖章）：${BLANK}`, align: "right" },
    { kind: "paragraph", text: `日期：${DATE}`, align: "right" },
  ];
}

/**
 * The review opinion a department sends to a unit: summary, findings form by form with a column for the reply, findings
 * across forms, what was not checked and why, versions. What the forms do not say stays a blank to fill in; no clock.
 */
export function opinionDocument(source: OpinionSource): DocumentModel {
  const parts = opinionParts(source);
  const chapters: { title: string; blocks: DocumentBlock[] }[] = [
    { title: "总体情况", blocks: overview(parts) },
    { title: "逐表意见", blocks: parts.forms.flatMap((form) => formBlocks(form, parts.severalUnits)) },
  ];
  const { items, doubts, errors } = parts.across;
  if (parts.forms.length > 1 || items.length + doubts.length + errors.length > 0)
    chapters.push({ title: "各表之间", blocks: acrossBlocks(parts) });
  if (parts.unchecked.length > 0)
    chapters.push({
      title: "没有检查的事项",
      blocks: [
        paragraph("下列事项缺少材料或需要人工查看，本次没有检查，不等于通过。"),
        { kind: "table", caption: null, table: tableOf(UNCHECKED_COLUMNS, parts.unchecked) },
      ],
    });
  if (parts.bases.length > 0)
    chapters.push({
      title: "依据",
      blocks: [
        paragraph("各表“依据”栏的数字为下列依据的序号。"),
        { kind: "table", caption: null, table: inPairs(tableOf(BASIS_COLUMNS, parts.bases)) },
      ],
    });
  chapters.push({ title: "说明", blocks: closing(parts) });
  return {
    title: TITLE,
    subtitle: [],
    printTitle: true,
    contents: false,
    orientation: "landscape",
    blocks: [
      ...opening(parts),
      ...chapters.flatMap(({ title, blocks }, index): DocumentBlock[] => [
        { kind: "heading", level: 1, text: `${NUMERALS[index]}、${title}` },
        ...blocks,
      ]),
    ],
  };
}
