import { type Decimal, fundSourceOf, multiply, type Origin, parseDecimal } from "@jiheng/domain";
import type { Cell, Grid, Table } from "@jiheng/importers";
import { fenPerUnit } from "../submissions/index.ts";

/** What an entry is. */
export type Nature = "approved" | "adjustment" | "payment";

/** A line of a table of the finance system, as it was read; amounts in fen. */
export interface TableEntry {
  readonly at: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly unit: string | null;
  readonly source: string;
  readonly nature: Nature;
  readonly amount: bigint;
  readonly date: string | null;
  /** Null where the table gives sums to date, not documents: what it says is then the state, not a movement. */
  readonly document: string | null;
}

/** A table as read. */
export interface BudgetTable {
  readonly entries: readonly TableEntry[];
  readonly rejected: readonly { readonly at: string; readonly says: string }[];
  readonly notes: readonly string[];
}

type Column =
  | "code"
  | "name"
  | "unit"
  | "source"
  | "date"
  | "document"
  | "nature"
  | "amount"
  | "adjusted"
  | Nature;

// In this order: a heading is what it says first (支付凭证号 is a document, no payment; 资金性质 a source, no nature).
const HEADINGS: readonly (readonly [RegExp, Column])[] = [
  [/项目(?:编码|代码|编号)|^(?:编码|代码)$/, "code"],
  [/项目名称|^项目$|政策名称/, "name"],
  [/凭证|单据|文号|单号|流水|支付令|指标号/, "document"],
  [/日期|时间|入账日/, "date"],
  [/资金(?:来源|性质|类型|渠道)/, "source"],
  [/(?:预算|实施|执行|项目|用款|填报)?单位(?:名称)?$|^单位$/, "unit"],
  [/年初|批复(?:数|金额|预算)?$|预算批复|初始预算/, "approved"],
  [/全年预算|调整后|调整预算数|预算现额|预算总额|可执行指标/, "adjusted"],
  [/追加|调减|增减|调整/, "adjustment"],
  [/支付|支出|执行数|执行金额|拨付|已用/, "payment"],
  [/类型|类别|业务|事项/, "nature"],
  [/金额|发生额|^预算数?$/, "amount"],
];

/** Columns that look like one of ours and are none. */
const NEITHER = /率|占比|差额|结余|余额|序号|备注/;

const NATURES: readonly (readonly [RegExp, Nature])[] = [
  [/支付|支出|执行|拨付|退款|退回/, "payment"],
  [/追加|调减|调整|增减|追减/, "adjustment"],
  [/年初|批复|预算|指标/, "approved"],
];

const bare = (text: string): string => text.replace(/[\s　]/g, "");
const HEAD_ROWS = 20;

/** The place of a cell as a person finds it. */
function placeOf(table: Table, at: Origin): string {
  if ("ref" in at) return `${at.sheet} ${at.ref}`;
  if ("line" in at) return `第${at.line}行第${at.column}列`;
  return "row" in at ? `第${at.table}表第${at.row}行第${at.column}列` : `第${table.number}表`;
}

function columnOf(heading: string): Column | null {
  const text = bare(heading).replace(/[（(][^）)]*[）)]/g, "");
  if (text === "" || NEITHER.test(text)) return null;
  return HEADINGS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

interface Head {
  /** Index of the first row of data. */
  readonly from: number;
  readonly columns: ReadonlyMap<number, { readonly column: Column; readonly heading: string }>;
}

/** Headings by column; a heading that spans columns stands before those beneath it. */
function headingsAt(table: Table, row: number, depth: number): Map<number, string> {
  const headings = new Map<number, string>();
  for (const cells of table.rows.slice(Math.max(0, row - depth + 1), row + 1))
    for (const { column, columnSpan, text } of cells)
      for (let at = column; at < column + columnSpan; at++)
        headings.set(at, `${headings.get(at) ?? ""}${bare(text)}`);
  return headings;
}

function headOf(table: Table): Head | null {
  for (let row = 0; row < Math.min(HEAD_ROWS, table.rows.length); row++)
    for (const depth of [1, 2]) {
      const columns = new Map<number, { column: Column; heading: string }>();
      const taken = new Set<Column>();
      for (const [at, heading] of headingsAt(table, row, depth)) {
        const column = columnOf(heading);
        // The first of a kind counts: repeated ones are parts of it (其中：…).
        if (column === null || taken.has(column)) continue;
        taken.add(column);
        columns.set(at, { column, heading });
      }
      const hasAmount = (["amount", "approved", "adjustment", "adjusted", "payment"] as const).some(
        (column) => taken.has(column),
      );
      if ((taken.has("code") || taken.has("name")) && hasAmount) return { from: row + 1, columns };
    }
  return null;
}

const UNIT = /(?:金额)?单位[:：]?(?:人民币)?(万元|千元|百万元|亿元|元)/;
const UNIT_OF_HEADING = /[（(](?:单位[:：])?(万元|千元|百万元|亿元|元)[）)]/;

function unitAbove(grid: Grid, table: Table, from: number): string | null {
  const texts = [
    ...grid.blocks.flatMap((block) => (block.kind === "text" ? [block.text] : [])),
    ...(table.sheet === null ? [] : [table.sheet]),
    ...table.rows.slice(0, from).flatMap((cells) => cells.map(({ text }) => text)),
  ];
  for (const text of texts) {
    const [, unit] = UNIT.exec(bare(text)) ?? UNIT_OF_HEADING.exec(bare(text)) ?? [];
    if (unit) return unit;
  }
  return null;
}

type Amount =
  | { readonly kind: "blank" }
  | { readonly kind: "fen"; readonly fen: bigint }
  | { readonly kind: "fault"; readonly says: string };

const LARGEST = 10n ** 17n;

/** An amount in fen, exact: what is no whole number of fen is refused, not rounded. */
function amountOf(cell: Cell | undefined, unit: string): Amount {
  const printed = bare(cell?.text ?? "");
  if (!cell || printed === "" || /^[-—–/]+$/.test(printed)) return { kind: "blank" };
  const plain = printed.replace(/[,，￥¥]/g, "").replace(/^[（(](.+)[）)]$/, "-$1");
  const value: Decimal | null = parseDecimal(cell.number ?? plain);
  if (!value) return { kind: "fault", says: `“${cell.text}”不是金额` };
  const per = fenPerUnit(unit);
  if (!per) return { kind: "fault", says: `不认识金额单位“${unit}”` };
  const fen = multiply(value, per);
  const scale = 10n ** BigInt(Math.max(0, fen.scale));
  if (fen.units % scale !== 0n)
    return { kind: "fault", says: `“${cell.text}”${unit}不是整数分，请核对金额单位` };
  const whole = fen.units / scale;
  return whole > LARGEST || whole < -LARGEST
    ? { kind: "fault", says: `“${cell.text}”${unit}过大，请核对金额单位` }
    : { kind: "fen", fen: whole };
}

/** A day as the database takes it; null for a blank, undefined for what is no day. */
function dayOf(cell: Cell | undefined): string | null | undefined {
  const text = bare(cell?.text ?? "");
  if (text === "") return null;
  const [, year, month, day] =
    /^(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?/.exec(text) ?? /^(20\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return new Date(`${iso}T00:00:00Z`).toISOString().startsWith(iso) ? iso : undefined;
}

/** What the request says where the table does not. */
export interface TableOptions {
  readonly moneyUnit: string | null;
  readonly nature: Nature | null;
}

/** Reads every table of a file that has projects and amounts; what is not understood is said with its place. */
export function readBudget(grid: Grid, options: TableOptions): BudgetTable {
  const entries: TableEntry[] = [];
  const rejected: { at: string; says: string }[] = [];
  const notes: string[] = [];
  let isFound = false;
  for (const block of grid.blocks) {
    if (block.kind !== "table") continue;
    const head = headOf(block);
    if (!head) continue;
    isFound = true;
    const made = readRows(grid, block, head, options);
    entries.push(...made.entries);
    rejected.push(...made.rejected);
    notes.push(...made.notes);
  }
  if (!isFound)
    rejected.push({
      at: "整个文件",
      says: "没有找到表头：至少要有“项目编码”或“项目名称”一列，和“年初预算数”“调整数”“支付金额”“金额”中的一列",
    });
  return { entries, rejected, notes };
}

function readRows(grid: Grid, table: Table, head: Head, options: TableOptions): BudgetTable {
  const of = new Map<Column, number>([...head.columns].map(([at, { column }]) => [column, at]));
  const name = table.sheet === null ? `第${table.number}表` : `工作表“${table.sheet}”`;
  const above = unitAbove(grid, table, head.from);
  const unitOf = (column: Column): string | null => {
    const heading = head.columns.get(of.get(column) ?? -1)?.heading ?? "";
    return UNIT_OF_HEADING.exec(heading)?.[1] ?? above ?? options.moneyUnit;
  };
  const read = [...head.columns.values()].map(({ heading }) => `“${heading}”`).join("、");
  const notes = [`${name}：第${head.from}行为表头，读取${read}各列`];
  const entries: TableEntry[] = [];
  const rejected: { at: string; says: string }[] = [];
  const amounts = (["approved", "adjustment", "adjusted", "payment", "amount"] as const).filter((column) =>
    of.has(column),
  );
  const withoutUnit = amounts.find((column) => unitOf(column) === null);
  if (withoutUnit)
    return {
      entries,
      notes,
      rejected: [{ at: name, says: "没有注明金额单位（元还是万元），请在表上注明，或导入时选择" }],
    };
  notes.push(`${name}：金额单位为${[...new Set(amounts.map((column) => unitOf(column)))].join("、")}`);
  let formulas = 0;
  for (const row of table.rows.slice(head.from)) {
    const cellOf = (column: Column): Cell | undefined => {
      const at = of.get(column);
      return at === undefined
        ? undefined
        : row.find((cell) => cell.column <= at && at < cell.column + cell.columnSpan);
    };
    const text = (column: Column): string | null => cellOf(column)?.text.trim() || null;
    const [code, project] = [text("code"), text("name")];
    const said = amounts.some((column) => amountOf(cellOf(column), "元").kind !== "blank");
    if (code === null && project === null && !said) continue;
    const first = row.find((cell) => cell.text.trim() !== "") ?? row[0];
    const at = first ? placeOf(table, first.at) : name;
    if (/^(?:合计|总计|小计|本页合计|总合计)$/.test(bare(project ?? code ?? ""))) {
      notes.push(`${at}：合计行，未记`);
      continue;
    }
    if (code === null && project === null) {
      rejected.push({ at, says: "有金额而没有项目编码和项目名称" });
      continue;
    }
    const date = dayOf(cellOf("date"));
    if (date === undefined) {
      rejected.push({ at, says: `“${text("date")}”不是日期` });
      continue;
    }
    const ofRow = amountsOfRow({ table, cellOf, unitOf, amounts, text, options });
    formulas += amounts.filter((column) => cellOf(column)?.formula).length;
    if (ofRow.faults.length > 0) {
      rejected.push(...ofRow.faults);
      continue;
    }
    const source = text("source");
    for (const { nature, fen, place } of ofRow.amounts)
      entries.push({
        at: place,
        code: code === null ? null : bare(code),
        name: project,
        unit: text("unit"),
        source: source === null ? "current-appropriation" : fundSourceOf(source),
        nature,
        amount: fen,
        date,
        document: text("document"),
      });
  }
  if (formulas > 0) notes.push(`${name}：${formulas}个金额是公式，取文件中存储的结果`);
  return { entries, rejected, notes };
}

interface RowOfAmounts {
  readonly table: Table;
  readonly cellOf: (column: Column) => Cell | undefined;
  readonly unitOf: (column: Column) => string | null;
  readonly amounts: readonly Column[];
  readonly text: (column: Column) => string | null;
  readonly options: TableOptions;
}

/** The amounts of a row by what they are; an adjusted budget beside an initial one is an adjustment by their difference. */
function amountsOfRow({ table, cellOf, unitOf, amounts, text, options }: RowOfAmounts): {
  readonly amounts: readonly { readonly nature: Nature; readonly fen: bigint; readonly place: string }[];
  readonly faults: readonly { readonly at: string; readonly says: string }[];
} {
  const faults: { at: string; says: string }[] = [];
  const found = new Map<Column, { fen: bigint; place: string }>();
  for (const column of amounts) {
    const cell = cellOf(column);
    const amount = amountOf(cell, unitOf(column) ?? "元");
    const place = cell ? placeOf(table, cell.at) : "";
    if (amount.kind === "fault") faults.push({ at: place, says: amount.says });
    if (amount.kind === "fen") found.set(column, { fen: amount.fen, place });
  }
  const made: { nature: Nature; fen: bigint; place: string }[] = [];
  for (const nature of ["approved", "adjustment", "payment"] as const) {
    const one = found.get(nature);
    if (one) made.push({ nature, ...one });
  }
  const [approved, adjusted, adjustment] = [
    found.get("approved"),
    found.get("adjusted"),
    found.get("adjustment"),
  ];
  if (adjusted && !approved)
    faults.push({
      at: adjusted.place,
      says: "只有调整后的全年预算而没有年初预算，分不清年初批复和调整，请补上年初预算",
    });
  if (adjusted && approved && !adjustment)
    made.push({ nature: "adjustment", fen: adjusted.fen - approved.fen, place: adjusted.place });
  if (adjusted && approved && adjustment && approved.fen + adjustment.fen !== adjusted.fen)
    faults.push({ at: adjusted.place, says: "年初预算加调整数不等于全年预算数，请核对" });
  const generic = found.get("amount");
  if (generic && made.length === 0) {
    const typed = text("nature");
    const nature =
      (typed === null ? null : NATURES.find(([pattern]) => pattern.test(typed))?.[1]) ?? options.nature;
    if (nature) made.push({ nature, ...generic });
    else
      faults.push({
        at: generic.place,
        says:
          typed === null
            ? "看不出是预算、调整还是支付，请在表上加“类型”一列，或导入时选择"
            : `看不出“${typed}”是预算、调整还是支付`,
      });
  }
  return { amounts: made, faults };
}
