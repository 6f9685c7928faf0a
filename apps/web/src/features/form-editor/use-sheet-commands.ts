import type { Form, Indicator } from "@jiheng/domain";
import { applyEdits, type Edit } from "@jiheng/workflow";
import { App } from "antd";
import { useCallback, useRef } from "react";
import { t } from "../../i18n/words.ts";
import { rowOf } from "./EvidencePanel.tsx";
import type { RowCommand } from "./RowMenu.tsx";
import { aboveRow, copiedRow, movedRow, newRow, releveled } from "./row-edits.ts";
import type { Entry } from "./SheetRow.tsx";
import type { Typed } from "./sheet-view.ts";
import { typedText } from "./typed-text.ts";

/** The form as it would be if what is being typed were entered; the form itself while that cannot be. */
export function withEntry(form: Form, entry: Entry | null): Form {
  if (!entry) return form;
  const { address: at, text } = entry;
  const applied = applyEdits(form, [{ op: "set", at, to: typedText(at, text, form.moneyUnit) }]);
  return applied.kind === "applied" ? applied.form : form;
}

/** What could not be written, in one sentence: the first reasons and how many there are. */
export function notWritten(refusals: readonly string[]): string {
  const some = refusals.slice(0, 3).join("");
  return refusals.length > 3
    ? t("{{some}}等，共{{cells}}格没有写入。", { some, cells: refusals.length })
    : t("没有写入：{{some}}", { some });
}

/** What is typed and done in a sheet, as edits of its form. The functions stay the same for the life of the page. */
export function useSheetCommands(
  form: Form,
  edit: (edits: readonly Edit[]) => void,
  onSelect: (address: string) => void,
) {
  const { message } = App.useApp();
  const latest = useRef(form);
  latest.current = form;

  const type = useCallback(
    (typed: readonly Typed[], rows: readonly Edit[]) => {
      const { moneyUnit } = latest.current;
      edit([
        ...rows,
        ...typed.map(({ at, text }): Edit => ({ op: "set", at, to: typedText(at, text, moneyUnit) })),
      ]);
    },
    [edit],
  );

  const onRow = useCallback(
    (command: RowCommand, address: string) => {
      const now = latest.current;
      const id = rowOf(address);
      const row = now.indicators.find((each) => each.id === id) ?? null;
      const made = crypto.randomUUID();
      if (command === "insert") {
        edit([newRow(now, row?.id ?? now.indicators.at(-1)?.id ?? null, made)]);
        onSelect(`indicators[${made}].name`);
      } else if (row === null) message.info(t("请先选中一行指标。"));
      else if (command === "above") {
        edit([aboveRow(now, row, made)]);
        onSelect(`indicators[${made}].name`);
      } else if (command === "copy") {
        edit([copiedRow(row, made)]);
        onSelect(`indicators[${made}].name`);
      } else if (command === "remove") {
        const index = now.indicators.indexOf(row);
        const next = now.indicators[index + 1] ?? now.indicators[index - 1];
        edit([{ op: "remove-row", row: row.id }]);
        if (next) onSelect(`indicators[${next.id}].name`);
        message.info(t("已删除“{{name}}”，可以撤销。", { name: row.name ?? "" }));
      } else {
        const moved = movedRow(now, row.id, command === "up" ? -1 : 1);
        if (moved) edit([moved]);
      }
    },
    [edit, message, onSelect],
  );

  const relevel = useCallback(
    (row: Indicator, level1: string, level2: string) => {
      const edits = releveled(row, level1, level2);
      if (edits.length > 0) edit(edits);
    },
    [edit],
  );

  const leftOut = useCallback(
    (left: readonly string[]) =>
      message.warning(
        t("粘贴的内容里有{{cells}}格在表上没有位置，没有写入：{{some}}", {
          cells: left.length,
          some: left.slice(0, 5).join("、"),
        }),
        10,
      ),
    [message],
  );

  return { type, onRow, relevel, leftOut };
}
