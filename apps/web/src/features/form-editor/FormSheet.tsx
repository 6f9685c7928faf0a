import type { Form } from "@jiheng/domain";
import { type FormModel, gridOf, layOut, layoutFor } from "@jiheng/exporters/layouts";
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { t } from "../../i18n/words.ts";
import { addressAt, textAt } from "./draft.ts";
import "./form-sheet.css";

/** What stands at a cell beside its text. */
export interface CellMark {
  readonly force: "must" | "should" | "hint";
  readonly says: string;
}

interface SheetProps {
  readonly form: Form;
  readonly canEdit: boolean;
  readonly marks: ReadonlyMap<string, CellMark>;
  readonly selected: string | null;
  readonly onSelect: (address: string | null) => void;
  readonly onType: (typed: readonly { readonly at: string; readonly text: string }[]) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

/** The head of the form comes from the project and is not typed; labels of money rows belong to the layout. */
const FIXED =
  /^(?:project|projectCode|department|departmentCode|unit|unitCode|jurisdiction|year|moneyUnit|funds\[\d+\]\.label)$/;

interface Spot {
  readonly address: string;
  readonly row: number;
  readonly column: number;
}

function spotsOf(form: Form, model: FormModel): Spot[] {
  const seen = new Set<string>();
  return gridOf(model).flatMap((cells, row) =>
    cells.flatMap(({ cell, anchorRow, anchorColumn }, column) => {
      if (!cell.place || anchorRow !== row || anchorColumn !== column || FIXED.test(cell.place)) return [];
      const address = addressAt(form, cell.place);
      if (seen.has(address)) return [];
      seen.add(address);
      return [{ address, row, column }];
    }),
  );
}

/** The official form as a table that is written in: every cell by keyboard, blocks pasted from Excel and Word. */
export const FormSheet = memo(function FormSheet(props: SheetProps) {
  const { form, canEdit, marks, selected, onSelect, onType, onUndo, onRedo } = props;
  const model = useMemo(() => layOut(form, layoutFor(form.template)), [form]);
  const spots = useMemo(() => spotsOf(form, model), [form, model]);
  const [editing, setEditing] = useState<{ readonly address: string; readonly text: string } | null>(null);
  const table = useRef<HTMLTableElement>(null);

  useEffect(() => {
    if (selected === null || editing !== null) return;
    const cell = table.current?.querySelector<HTMLElement>(`[data-at="${CSS.escape(selected)}"]`);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected, editing]);

  const move = useCallback(
    (from: string, down: number, right: number) => {
      const at = spots.find(({ address }) => address === from);
      if (!at) return;
      const ahead = spots.filter(({ row, column }) =>
        down !== 0 ? (row - at.row) * down > 0 : row === at.row && (column - at.column) * right > 0,
      );
      const nearest = ahead.toSorted((a, b) =>
        down !== 0
          ? Math.abs(a.row - at.row) - Math.abs(b.row - at.row) ||
            Math.abs(a.column - at.column) - Math.abs(b.column - at.column)
          : Math.abs(a.column - at.column) - Math.abs(b.column - at.column),
      )[0];
      if (nearest) onSelect(nearest.address);
    },
    [spots, onSelect],
  );

  const step = useCallback(
    (from: string, by: 1 | -1) => {
      const index = spots.findIndex(({ address }) => address === from);
      const next = spots[index + by];
      if (next) onSelect(next.address);
    },
    [spots, onSelect],
  );

  const commit = (address: string, text: string) => {
    setEditing(null);
    if (text !== textAt(form, address)) onType([{ at: address, text }]);
  };

  const onCellKey = (event: KeyboardEvent, address: string) => {
    const { key, ctrlKey, metaKey, shiftKey } = event;
    const isCommand = ctrlKey || metaKey;
    const arrows: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const arrow = arrows[key];
    if (arrow) move(address, arrow[0], arrow[1]);
    else if (key === "Tab") step(address, shiftKey ? -1 : 1);
    else if (isCommand && key.toLowerCase() === "z") (shiftKey ? onRedo : onUndo)();
    else if (isCommand && key.toLowerCase() === "y") onRedo();
    else if (isCommand) return;
    else if (canEdit && (key === "Enter" || key === "F2"))
      setEditing({ address, text: textAt(form, address) });
    else if (canEdit && (key === "Delete" || key === "Backspace")) onType([{ at: address, text: "" }]);
    else if (canEdit && key.length === 1) setEditing({ address, text: key });
    else return;
    event.preventDefault();
  };

  const paste = (address: string, text: string) => {
    const start = spots.find((spot) => spot.address === address);
    if (!start) return;
    const rows = [...new Set(spots.filter(({ row }) => row >= start.row).map(({ row }) => row))];
    const typed = text
      .replace(/\r?\n$/, "")
      .split(/\r?\n/)
      .flatMap((line, down) => {
        const row = rows[down];
        const cells = spots.filter((spot) => spot.row === row && spot.column >= start.column);
        return line.split("\t").flatMap((value, right) => {
          const cell = cells[right];
          return cell ? [{ at: cell.address, text: value.trim() }] : [];
        });
      });
    if (typed.length > 0) onType(typed);
  };

  return (
    <div className="form-paper">
      {model.caption.map((line, index) => (
        <div key={line} className={index === model.titleLine ? "form-title" : "form-line"}>
          {line}
        </div>
      ))}
      <table ref={table} className="form-sheet" aria-label={model.caption[model.titleLine] ?? t("表")}>
        <colgroup>
          {model.widths.map((width, index) => (
            <col
              key={index}
              style={{ width: `${(width / model.widths.reduce((a, b) => a + b, 0)) * 100}%` }}
            />
          ))}
        </colgroup>
        <tbody>
          {model.rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => {
                const address = cell.place && !FIXED.test(cell.place) ? addressAt(form, cell.place) : null;
                const key = address ?? `${row} ${column}`;
                const span = { colSpan: cell.columnSpan, rowSpan: cell.rowSpan };
                if (address === null)
                  return (
                    <td key={key} {...span} className={`role-${cell.role}${cell.vertical ? " upright" : ""}`}>
                      {cell.text}
                    </td>
                  );
                const mark = marks.get(address);
                const isSelected = selected === address;
                const isEditing = editing?.address === address;
                return (
                  <td
                    key={key}
                    {...span}
                    data-at={address}
                    tabIndex={isSelected || (selected === null && spots[0]?.address === address) ? 0 : -1}
                    title={mark?.says}
                    className={`role-${cell.role} cell${canEdit ? "" : " fixed"}${isSelected ? " selected" : ""}${mark ? ` ${mark.force}` : ""}`}
                    onFocus={() => onSelect(address)}
                    onClick={() => onSelect(address)}
                    onDoubleClick={() => canEdit && setEditing({ address, text: textAt(form, address) })}
                    onKeyDown={(event) => {
                      if (!isEditing) onCellKey(event, address);
                    }}
                    onPaste={(event) => {
                      if (isEditing || !canEdit) return;
                      event.preventDefault();
                      paste(address, event.clipboardData.getData("text/plain"));
                    }}
                  >
                    {isEditing ? (
                      <textarea
                        // biome-ignore lint/a11y/noAutofocus: the person has just begun to type into this cell
                        autoFocus
                        aria-label={t("填写")}
                        rows={1}
                        value={editing.text}
                        onFocus={({ target }) =>
                          target.setSelectionRange(target.value.length, target.value.length)
                        }
                        onChange={({ target }) => setEditing({ address, text: target.value })}
                        onBlur={() => commit(address, editing.text)}
                        onKeyDown={(event) => {
                          event.stopPropagation();
                          if (event.nativeEvent.isComposing) return;
                          if (event.key === "Escape") setEditing(null);
                          else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
                            commit(address, editing.text);
                            move(address, 1, 0);
                          } else if (event.key === "Tab") {
                            commit(address, editing.text);
                            step(address, event.shiftKey ? -1 : 1);
                          } else return;
                          event.preventDefault();
                        }}
                      />
                    ) : (
                      cell.text
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {model.foot.map((line) => (
        <div key={line} className="form-line">
          {line}
        </div>
      ))}
    </div>
  );
});
