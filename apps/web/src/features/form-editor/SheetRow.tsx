import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, memo } from "react";
import { t } from "../../i18n/words.ts";
import type { SheetCell } from "./sheet-view.ts";

/** What stands at a cell beside its text. */
export interface CellMark {
  readonly force: "must" | "should" | "hint";
  readonly says: string;
  /** What kind of reason must be written here, where one became compulsory. */
  readonly asks?: string;
}

/** What is being typed into a cell. */
export interface Entry {
  readonly address: string;
  readonly text: string;
}

/** What a cell tells the sheet; the same object for the life of the sheet. */
export interface CellActs {
  readonly select: (address: string, extends_: boolean) => void;
  readonly open: (address: string) => void;
  readonly enter: (address: string, text: string, isComposing: boolean) => void;
  readonly leave: () => void;
  readonly key: (event: KeyboardEvent, address: string) => void;
  readonly copy: (event: ClipboardEvent) => void;
  readonly paste: (event: ClipboardEvent, address: string) => void;
}

interface RowProps {
  readonly cells: readonly SheetCell[];
  /** The marks of the cells, in their order. */
  readonly marks: readonly (CellMark | undefined)[];
  readonly canEdit: boolean;
  /** Set where the selected cell is in this row, with what it is called. */
  readonly selected: { readonly address: string; readonly label: string } | null;
  readonly entry: Entry | null;
  /** Addresses of this row in the selected block, and the cell where others are. */
  readonly block: string;
  readonly others: string;
  /** The cell to come to by Tab while none is selected. */
  readonly door: string | null;
  readonly acts: CellActs;
}

/** One row of the sheet. Drawn again only where something of it changed: a form may have hundreds of rows. */
export const SheetRow = memo(function SheetRow(props: RowProps) {
  const { cells, marks, canEdit, selected, entry, block, others, door, acts } = props;
  return (
    <tr>
      {cells.map(({ key, cell, address }, index) => {
        const span = { colSpan: cell.columnSpan, rowSpan: cell.rowSpan };
        if (address === null)
          return (
            <td key={key} {...span} className={`role-${cell.role}${cell.vertical ? " upright" : ""}`}>
              {cell.text}
            </td>
          );
        const mark = marks[index];
        const isSelected = selected?.address === address;
        const isEntering = entry?.address === address;
        const classes = [`role-${cell.role}`, "cell", mark?.force ?? ""];
        if (!canEdit) classes.push("fixed");
        if (isSelected) classes.push("selected");
        if (block.includes(`|${address}|`)) classes.push("in-block");
        if (others.includes(`|${address}|`)) classes.push("elsewhere");
        return (
          <td
            key={key}
            {...span}
            data-at={address}
            data-asks={
              mark?.asks !== undefined && cell.text === "" && !isEntering ? t("须写原因") : undefined
            }
            tabIndex={isSelected && !canEdit ? 0 : address === door ? 0 : -1}
            title={mark?.says}
            className={classes.join(" ")}
            onFocus={({ target, currentTarget }) => {
              if (target === currentTarget) acts.select(address, false);
            }}
            onMouseDown={(event: MouseEvent) => {
              if (isEntering || event.button !== 0) return;
              event.preventDefault();
              acts.select(address, event.shiftKey);
            }}
            onMouseEnter={({ buttons }) => {
              if (buttons === 1 && !isEntering) acts.select(address, true);
            }}
            onDoubleClick={() => acts.open(address)}
            onKeyDown={(event) => acts.key(event, address)}
            onCopy={acts.copy}
            onCut={acts.copy}
            onPaste={(event) => acts.paste(event, address)}
          >
            {isSelected && canEdit ? (
              <div className="entry">
                <span aria-hidden={true} className={isEntering ? "ghost" : ""}>
                  {isEntering ? `${entry.text}\u200b` : cell.text}
                </span>
                {/* One field for the whole stay in a cell: an input method that begins in it must find it again. */}
                <textarea
                  aria-label={`${selected.label}：${cell.text}`}
                  className={isEntering ? "" : "waiting"}
                  rows={1}
                  spellCheck={false}
                  value={isEntering ? entry.text : ""}
                  onChange={({ target, nativeEvent }) =>
                    acts.enter(address, target.value, (nativeEvent as InputEvent).isComposing)
                  }
                  onCompositionEnd={({ currentTarget }) => acts.enter(address, currentTarget.value, false)}
                  onBlur={acts.leave}
                />
              </div>
            ) : (
              cell.text
            )}
          </td>
        );
      })}
    </tr>
  );
}, isSameRow);

function isSameRow(a: RowProps, b: RowProps): boolean {
  return (
    a.canEdit === b.canEdit &&
    a.selected?.address === b.selected?.address &&
    a.selected?.label === b.selected?.label &&
    a.entry === b.entry &&
    a.block === b.block &&
    a.others === b.others &&
    a.door === b.door &&
    a.acts === b.acts &&
    a.cells.length === b.cells.length &&
    a.cells.every((cell, index) => isSameCell(cell, b.cells[index])) &&
    a.marks.every(
      (mark, index) =>
        mark?.force === b.marks[index]?.force &&
        mark?.says === b.marks[index]?.says &&
        mark?.asks === b.marks[index]?.asks,
    )
  );
}

function isSameCell(a: SheetCell, b: SheetCell | undefined): boolean {
  return (
    b !== undefined &&
    a.address === b.address &&
    a.cell.text === b.cell.text &&
    a.cell.columnSpan === b.cell.columnSpan &&
    a.cell.rowSpan === b.cell.rowSpan &&
    a.cell.role === b.cell.role &&
    a.cell.vertical === b.cell.vertical
  );
}
