import { Dropdown } from "antd";
import { t } from "../../i18n/words.ts";

/** What can be done with a row of indicators. */
export type RowCommand = "insert" | "above" | "copy" | "remove" | "up" | "down";

const ITEMS: readonly { readonly key: RowCommand; readonly label: string; readonly isGrave?: boolean }[] = [
  { key: "insert", label: t("在下方插入一行") },
  { key: "above", label: t("在上方插入一行") },
  { key: "copy", label: t("复制这一行") },
  { key: "up", label: t("上移") },
  { key: "down", label: t("下移") },
  { key: "remove", label: t("删除这一行"), isGrave: true },
];

/** Where the menu of a row is open: the cell, and its place in the window. */
export interface RowMenuAt {
  readonly address: string;
  readonly x: number;
  readonly y: number;
}

/** The menu of a row, opened by the keyboard at its cell and gone through by the arrow keys. */
export function RowMenu({
  at,
  onRow,
  onClose,
}: {
  readonly at: RowMenuAt;
  readonly onRow: (command: RowCommand, address: string) => void;
  readonly onClose: () => void;
}) {
  return (
    <Dropdown
      open
      autoFocus
      trigger={["click"]}
      getPopupContainer={(place) => place.parentElement ?? document.body}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      menu={{
        items: ITEMS.map(({ key, label, isGrave }) => ({
          key,
          label,
          ...(isGrave ? { danger: true } : {}),
        })),
        onClick: ({ key, domEvent }) => {
          // Enter must not reach the cell that has the focus next.
          domEvent.preventDefault();
          onClose();
          onRow(key as RowCommand, at.address);
        },
        onKeyDown: ({ key }) => {
          if (key === "Escape" || key === "Tab") onClose();
        },
      }}
    >
      <span className="row-menu-place" style={{ left: at.x, top: at.y }} />
    </Dropdown>
  );
}
