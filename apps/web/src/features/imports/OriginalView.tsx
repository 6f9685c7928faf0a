import { Typography } from "antd";
import { useEffect, useRef } from "react";
import { t } from "../../i18n/words.ts";

import { type OriginalTable, type Reading, spotKey, type Ways } from "./reading.ts";
import { Unbroken } from "./Unbroken.tsx";

/** What a cell of the original is marked with. */
export interface Marks {
  /** Cells somebody is asked about. */
  readonly questioned: ReadonlySet<string>;
  /** Cells rules found something at. */
  readonly found: ReadonlySet<string>;
  /** Cells a person corrected: they stay marked. */
  readonly corrected: ReadonlySet<string>;
  readonly selected: string | null;
}

/** The original as its reader saw it: tables and texts, drawn anew. What was read from a cell is gone to from it. */
export function OriginalView({
  original: { blocks, left },
  ways,
  marks,
  onPick,
}: {
  readonly original: Reading["original"];
  readonly ways: Ways;
  readonly marks: Marks;
  readonly onPick: (place: string) => void;
}) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (marks.selected === null) return;
    const cell = box.current?.querySelector(`[data-cell="${CSS.escape(marks.selected)}"]`);
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [marks.selected]);
  const pick = (key: string) => {
    const [place] = ways.placesOf.get(key) ?? [];
    if (place !== undefined) onPick(place);
  };
  return (
    <section ref={box} className="original" aria-label={t("原件")}>
      {blocks.length === 0 && (
        <Typography.Text type="secondary">
          {t("这种文件没有可以对照的表格，请下载原件查看。")}
        </Typography.Text>
      )}
      {left[0] > 0 && <Elsewhere says={t("前面还有{{parts}}段，属于别的表", { parts: left[0] })} />}
      {blocks.map((block, index) => {
        const key = spotKey(index, null, null);
        return block.kind === "text" ? (
          // The order of a document never changes while it is shown.
          <p key={index} className={classOf(key, ways, marks)} data-cell={key}>
            <Text text={block.text} isRead={ways.placesOf.has(key)} onPick={() => pick(key)} />
          </p>
        ) : (
          <Sheet key={index} table={block} at={index} ways={ways} marks={marks} onPick={pick} />
        );
      })}
      {left[1] > 0 && <Elsewhere says={t("后面还有{{parts}}段，属于别的表", { parts: left[1] })} />}
    </section>
  );
}

function Elsewhere({ says }: { readonly says: string }) {
  return (
    <Typography.Text type="secondary" className="elsewhere">
      {says}
    </Typography.Text>
  );
}

function classOf(key: string, { placesOf }: Ways, { questioned, found, corrected, selected }: Marks): string {
  return [
    placesOf.has(key) ? "read" : "",
    questioned.has(key) ? "questioned" : "",
    found.has(key) ? "found" : "",
    corrected.has(key) ? "corrected" : "",
    selected === key ? "picked" : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function Sheet({
  table: { number, sheet, shape, rowCount, rows, left },
  at,
  ways,
  marks,
  onPick,
}: {
  readonly table: OriginalTable;
  readonly at: number;
  readonly ways: Ways;
  readonly marks: Marks;
  readonly onPick: (key: string) => void;
}) {
  const name = sheet ?? t("第{{number}}个表格", { number });
  return (
    <table className="original-table">
      <caption>
        {shape === "tabs"
          ? t("{{name}}（文本，原来的合并单元格已经丢失，各格可能错位）", { name })
          : left[0] + left[1] > 0
            ? t("{{name}}（共{{rows}}行，只列出读取的部分）", { name, rows: rowCount })
            : name}
      </caption>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell) => {
              const key = spotKey(at, cell.row, cell.column);
              return (
                <td
                  key={cell.column}
                  rowSpan={cell.rowSpan}
                  colSpan={cell.columnSpan}
                  className={classOf(key, ways, marks)}
                  data-cell={key}
                >
                  <Text
                    text={cell.text}
                    isRead={ways.placesOf.has(key)}
                    {...signOf(key, marks)}
                    onPick={() => onPick(key)}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The sign of a cell, and its words for who does not see it. */
function signOf(key: string, { questioned, found, corrected }: Marks): { mark?: string; sign: string } {
  if (questioned.has(key)) return { mark: t("待确认"), sign: "?" };
  if (corrected.has(key)) return { mark: t("更正过"), sign: "✎" };
  if (found.has(key)) return { mark: t("有问题"), sign: "!" };
  return { sign: "" };
}

function Text({
  text,
  isRead,
  mark,
  sign = "",
  onPick,
}: {
  readonly text: string;
  readonly isRead: boolean;
  readonly mark?: string | undefined;
  readonly sign?: string;
  readonly onPick: () => void;
}) {
  if (!isRead) return <Unbroken text={text} />;
  return (
    <button type="button" className="bare" onClick={onPick}>
      {text === "" ? <span className="blank">{t("空")}</span> : <Unbroken text={text} />}
      {mark !== undefined && (
        <sup className="sign">
          <span aria-hidden="true">{sign}</span>
          <span className="only-read">（{mark}）</span>
        </sup>
      )}
    </button>
  );
}
