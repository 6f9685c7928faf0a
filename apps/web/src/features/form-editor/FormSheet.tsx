import type { Form } from "@jiheng/domain";
import { describeAddress, type Edit } from "@jiheng/workflow";
import { type ClipboardEvent, type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { t } from "../../i18n/words.ts";
import { blockOfText } from "../../ui/block-of-text.ts";
import { blockOfHtml, placeBlock, textOfBlock } from "./clipboard.ts";
import { textAt } from "./draft.ts";
import { type RowCommand, RowMenu, type RowMenuAt } from "./RowMenu.tsx";
import { type CellActs, type CellMark, type Entry, SheetRow } from "./SheetRow.tsx";
import {
  blockBetween,
  nearest,
  neighbour,
  type SheetView,
  type Spot,
  type Typed,
  viewOf,
  withSharedLevels,
} from "./sheet-view.ts";
import "../../ui/form-paper.css";
import "./form-sheet.css";

interface SheetProps {
  readonly form: Form;
  readonly canEdit: boolean;
  readonly marks: ReadonlyMap<string, CellMark>;
  /** Cells where others are at work. */
  readonly others?: readonly string[];
  readonly selected: string | null;
  readonly onSelect: (address: string | null) => void;
  /** What was typed, with rows that must be made for it first; one step that can be undone. */
  readonly onType: (typed: readonly Typed[], rows: readonly Edit[]) => void;
  /** What is being typed and not yet entered; null when nothing is. */
  readonly onEntry: (entry: Entry | null) => void;
  /** A command to the row of a cell by keyboard. */
  readonly onRow: (command: RowCommand, address: string) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  /** Text that was pasted and found no place. */
  readonly onLeftOut: (left: readonly string[]) => void;
}

const ROW_KEYS: Readonly<Record<string, RowCommand>> = {
  Insert: "insert",
  Delete: "remove",
  ArrowUp: "up",
  ArrowDown: "down",
  d: "copy",
};
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The official form as a table that is written in: every cell by keyboard or input method, blocks copied and pasted with Excel and Word. */
export const FormSheet = memo(function FormSheet(props: SheetProps) {
  const { form, canEdit, marks, others, selected, onSelect } = props;
  const view = useMemo(() => viewOf(form), [form]);
  const [entry, setEntry] = useState<Entry | null>(null);
  // The block from the anchor to the selected cell; no longer one when the selection has gone elsewhere.
  const [anchor, setAnchor] = useState<{ readonly from: string; readonly to: string } | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const [menu, setMenu] = useState<RowMenuAt | null>(null);
  const isBlock = anchor !== null && anchor.to === selected && anchor.from !== anchor.to;
  const block = useMemo(
    () => (isBlock && anchor ? blockBetween(view, anchor.from, anchor.to) : []),
    [view, anchor, isBlock],
  );

  useEffect(() => {
    if (selected !== null) focusCell(table.current, selected);
  }, [selected]);

  // A row that was moved, made or taken away by a key takes the focus with it: the keyboard must stay in the sheet.
  const isMoving = useRef(false);
  const lastSpot = useRef<Spot | null>(null);
  useEffect(() => {
    const spot = selected === null ? null : view.spotOf.get(selected);
    if (spot) lastSpot.current = spot;
    if (!isMoving.current) return;
    isMoving.current = false;
    if (spot) focusCell(table.current, spot.address);
    else {
      const next = lastSpot.current && nearest(view, lastSpot.current);
      if (next) onSelect(next);
    }
  }, [view, selected, onSelect]);
  const moving = (act: () => void) => {
    isMoving.current = true;
    act();
  };

  const change = (next: Entry | null) => {
    setEntry(next);
    props.onEntry(next);
  };
  const enter = () => {
    if (!entry) return;
    change(null);
    if (entry.text !== textAt(form, entry.address))
      props.onType(withSharedLevels(form, [{ at: entry.address, text: entry.text }]), []);
  };
  const select = (address: string | null, extend: boolean) => {
    if (address === null) return;
    enter();
    // Already selected, the cell has lost the focus to something else.
    if (address === selected) focusCell(table.current, address);
    setAnchor(
      extend && selected !== null ? { from: isBlock && anchor ? anchor.from : selected, to: address } : null,
    );
    onSelect(address);
  };
  const open = (address: string, text?: string) => {
    if (!canEdit) return;
    change({ address, text: text ?? textAt(form, address) });
    requestAnimationFrame(() => {
      const field = table.current?.querySelector<HTMLTextAreaElement>(".selected textarea");
      field?.focus({ preventScroll: true });
      field?.setSelectionRange(field.value.length, field.value.length);
    });
  };
  const clear = (address: string) => {
    const cells = isBlock ? block.flat().map((spot) => spot.address) : [address];
    const filled = cells.filter((at) => textAt(form, at) !== "");
    if (filled.length > 0)
      props.onType(
        withSharedLevels(
          form,
          filled.map((at) => ({ at, text: "" })),
        ),
        [],
      );
  };
  const step = (from: string, by: 1 | -1): string | null => {
    const index = view.spots.findIndex(({ address }) => address === from);
    return view.spots[index + by]?.address ?? null;
  };
  const edge = (key: string, from: string, isWhole: boolean): string | null => {
    const row = view.spotOf.get(from)?.row;
    const among = isWhole ? view.spots : view.spots.filter((spot) => spot.row === row);
    return (key === "Home" ? among[0] : among.at(-1))?.address ?? null;
  };

  const keyInEntry = (event: KeyboardEvent, address: string) => {
    const { key, shiftKey, altKey } = event;
    if (event.nativeEvent.isComposing || key === "Process") return;
    if (key === "Escape") change(null);
    else if (key === "Enter" && !altKey)
      select(neighbour(view, address, shiftKey ? -1 : 1, 0) ?? address, false);
    else if (key === "Tab") select(step(address, shiftKey ? -1 : 1) ?? address, false);
    else return;
    event.preventDefault();
  };
  const keyOnCell = (event: KeyboardEvent, address: string) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (event.nativeEvent.isComposing || key === "Process") return;
    const isCommand = ctrlKey || metaKey;
    const arrow = ARROWS[key];
    const ofRow = altKey ? ROW_KEYS[key] : undefined;
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) {
      if (!canEdit || !address.startsWith("indicators[")) return;
      const { left, bottom } = event.currentTarget.getBoundingClientRect();
      setMenu({ address, x: left, y: bottom });
    } else if (ofRow && canEdit) moving(() => props.onRow(ofRow, address));
    else if (altKey) return;
    else if (arrow) select(neighbour(view, address, arrow[0], arrow[1]), shiftKey);
    else if (key === "Home" || key === "End") select(edge(key, address, isCommand), shiftKey);
    else if (key === "Tab") {
      const next = step(address, shiftKey ? -1 : 1);
      // At the edge the focus leaves the sheet.
      if (next === null) return;
      select(next, false);
    } else if (isCommand && key.toLowerCase() === "z") moving(shiftKey ? props.onRedo : props.onUndo);
    else if (isCommand && key.toLowerCase() === "y") moving(props.onRedo);
    else if (isCommand) return;
    else if (key === "Enter" || key === "F2") open(address);
    else if (canEdit && (key === "Delete" || key === "Backspace")) clear(address);
    else if (key === "Escape") setAnchor(null);
    else return;
    event.preventDefault();
  };
  const copy = (event: ClipboardEvent) => {
    if (entry !== null || selected === null) return;
    const cells = isBlock ? block.map((line) => line.map(({ text }) => text)) : [[textAt(form, selected)]];
    event.clipboardData.setData("text/plain", textOfBlock(cells));
    event.clipboardData.setData("text/html", htmlOf(cells));
    event.preventDefault();
    if (event.type === "cut" && canEdit) clear(selected);
  };
  const paste = (event: ClipboardEvent, address: string) => {
    if (entry !== null || !canEdit) return;
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const pasted =
      (html === "" ? null : blockOfHtml(html)) ?? blockOfText(event.clipboardData.getData("text/plain"));
    const start = isBlock ? (block[0]?.[0]?.address ?? address) : address;
    const placed = placeBlock(form, view, start, pasted, () => crypto.randomUUID());
    if (placed.typed.length > 0) props.onType(placed.typed, placed.rows);
    if (placed.left.length > 0) props.onLeftOut(placed.left);
  };

  const acts = useStable<CellActs>({
    select,
    open: (address) => open(address),
    enter: (address, text) => {
      if (canEdit) change({ address, text });
    },
    leave: enter,
    key: (event, address) => (entry === null ? keyOnCell : keyInEntry)(event, address),
    copy,
    paste,
  });

  const { model, rows, spots } = view;
  const width = model.widths.reduce((a, b) => a + b, 0);
  const door = selected === null ? (spots[0]?.address ?? null) : null;
  const inBlock = isBlock
    ? `|${block
        .flat()
        .map(({ address }) => address)
        .join("|")}|`
    : "";
  const elsewhere = others && others.length > 0 ? `|${others.join("|")}|` : "";
  return (
    <div className="form-paper">
      {model.caption.map((line, index) => (
        <div key={line} className={index === model.titleLine ? "form-title" : "form-line"}>
          {line}
        </div>
      ))}
      <table
        ref={table}
        className={form.template === "review" ? "form-sheet whole-numbers" : "form-sheet"}
        role={canEdit ? "grid" : undefined}
        aria-label={model.caption[model.titleLine] ?? t("表")}
      >
        <colgroup>
          {model.widths.map((each, index) => (
            <col key={index} style={{ width: `${(each / width) * 100}%` }} />
          ))}
        </colgroup>
        <tbody>
          {rows.map((cells, index) => {
            const has = (address: string | undefined) =>
              address !== undefined && cells.some((cell) => cell.address === address);
            const isHere = has(selected ?? undefined);
            return (
              <SheetRow
                key={index}
                cells={cells}
                marks={cells.map(({ address }) => (address === null ? undefined : marks.get(address)))}
                canEdit={canEdit}
                selected={
                  isHere && selected !== null
                    ? { address: selected, label: describeAddress(form, selected) }
                    : null
                }
                entry={has(entry?.address) ? entry : null}
                block={touches(cells, inBlock)}
                others={touches(cells, elsewhere)}
                door={has(door ?? undefined) ? door : null}
                acts={acts}
              />
            );
          })}
        </tbody>
      </table>
      {menu && (
        <RowMenu
          at={menu}
          onRow={(command, address) => moving(() => props.onRow(command, address))}
          onClose={() => {
            setMenu(null);
            focusCell(table.current, menu.address);
          }}
        />
      )}
      {model.foot.map((line) => (
        <div key={line} className="form-line">
          {line}
        </div>
      ))}
    </div>
  );
});

function focusCell(table: HTMLElement | null, address: string): void {
  const cell = table?.querySelector<HTMLElement>(`[data-at="${CSS.escape(address)}"]`);
  (cell?.querySelector("textarea") ?? cell)?.focus({ preventScroll: true });
  cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The list where one of the cells is in it; else nothing, so that the row need not be drawn again. */
function touches(cells: SheetView["rows"][number], list: string): string {
  return list !== "" && cells.some(({ address }) => list.includes(`|${address}|`)) ? list : "";
}

/** The same object for good, which does what was said last. */
function useStable<Acts extends object>(acts: Acts): Acts {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(
    () =>
      Object.fromEntries(
        Object.keys(latest.current).map((name) => [
          name,
          (...given: unknown[]) =>
            (latest.current as Readonly<Record<string, (...given: unknown[]) => unknown>>)[name]?.(...given),
        ]),
      ) as Acts,
    [],
  );
}

function htmlOf(cells: readonly (readonly string[])[]): string {
  const safe = (text: string) =>
    text.replace(/[&<>]/g, (letter) => `&#${letter.codePointAt(0)};`).replaceAll("\n", "<br>");
  return `<table>${cells.map((line) => `<tr>${line.map((text) => `<td>${safe(text)}</td>`).join("")}</tr>`).join("")}</table>`;
}
