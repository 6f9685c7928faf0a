import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  PlusOutlined,
  QuestionCircleOutlined,
  TagsOutlined,
} from "@ant-design/icons";
import type { Form, Indicator } from "@jiheng/domain";
import { describeAddress, type Edit } from "@jiheng/workflow";
import { AutoComplete, Button, Flex, Popover, Space, Tooltip, Typography } from "antd";
import { memo, useState } from "react";
import { t } from "../../i18n/words.ts";
import { textAt } from "./draft.ts";
import { rowOf } from "./EvidencePanel.tsx";
import type { RowCommand } from "./RowMenu.tsx";
import type { CellMark, Entry } from "./SheetRow.tsx";
import type { Typed } from "./sheet-view.ts";
import { type Compared, comparedSays, understood } from "./understood.ts";

const MEASURE = /\.(?:target|initialTarget|actual)$/;
const COMMANDS: readonly {
  readonly command: RowCommand;
  readonly title: string;
  readonly icon: React.ReactNode;
}[] = [
  { command: "insert", title: t("在下方插入一行（Alt+Insert）"), icon: <PlusOutlined /> },
  { command: "copy", title: t("复制这一行（Alt+D）"), icon: <CopyOutlined /> },
  { command: "up", title: t("上移（Alt+↑）"), icon: <ArrowUpOutlined /> },
  { command: "down", title: t("下移（Alt+↓）"), icon: <ArrowDownOutlined /> },
  { command: "remove", title: t("删除这一行（Alt+Delete），可以撤销"), icon: <DeleteOutlined /> },
];
const KEYS: readonly (readonly [string, string])[] = [
  ["↑ ↓ ← →", t("移到相邻的格；按住 Shift 选一块")],
  ["Tab / Shift+Tab", t("下一格 / 上一格")],
  ["Enter / F2", t("修改这一格；改完按 Enter 到下一行，Esc 放弃")],
  ["Delete", t("清空选中的格")],
  ["Ctrl+C / X / V", t("与 Excel、Word、WPS 互相复制粘贴一块")],
  ["Ctrl+Z / Y", t("撤销 / 重做")],
  ["Home / End", t("行首 / 行尾；加 Ctrl 到表首 / 表尾")],
  ["Alt+Insert / D", t("插入一行 / 复制这一行")],
  ["Alt+↑ / ↓ / Delete", t("上移 / 下移 / 删除这一行")],
  ["Shift+F10", t("这一行的菜单")],
];

interface CellBarProps {
  readonly form: Form;
  readonly canEdit: boolean;
  readonly selected: string | null;
  readonly entry: Entry | null;
  readonly mark: CellMark | null;
  readonly compared: readonly Compared[];
  readonly onWrite: (typed: readonly Typed[], rows: readonly Edit[]) => void;
  readonly onRow: (command: RowCommand, address: string) => void;
  readonly onRelevel: (row: Indicator, level1: string, level2: string) => void;
}

/** Where one is, what is understood of what stands there, what is found about it, and what can be done with the row. Its height never changes. */
export function CellBar(props: CellBarProps) {
  const { form, canEdit, selected, entry, mark, compared, onWrite, onRow, onRelevel } = props;
  const text = selected === null ? "" : entry?.address === selected ? entry.text : textAt(form, selected);
  const measure =
    selected !== null && MEASURE.test(selected)
      ? understood(text, selected.endsWith(".actual") ? "actual" : "target")
      : null;
  const row = rowOf(selected);
  const outcome = measure && row !== null ? comparedSays(compared.find((each) => each.row === row)) : "";
  const says =
    selected === null
      ? t(canEdit ? "点一格就能写，或用方向键移动" : "这张表现在不能修改，点一格看它的得分和问题")
      : measure
        ? [measure.says, outcome].filter(Boolean).join("；")
        : mark?.asks !== undefined
          ? t("须写原因。{{asks}}", { asks: mark.asks })
          : (mark?.says ?? "");
  const plain = canEdit && entry === null ? (measure?.plain ?? null) : null;
  return (
    <Flex gap="small" align="center" className="cell-bar no-print">
      <Typography.Text strong ellipsis className="cell-bar-name">
        {selected === null ? t("未选中") : describeAddress(form, selected)}
      </Typography.Text>
      <div className="cell-bar-says" role="status">
        {text !== "" && <span className="cell-bar-text">{text}</span>}
        {says}
      </div>
      {plain !== null && selected !== null && (
        <Button size="small" onClick={() => onWrite([{ at: selected, text: plain }], [])}>
          {t("改写为 {{plain}}", { plain })}
        </Button>
      )}
      <CellTools form={form} canEdit={canEdit} selected={selected} onRow={onRow} onRelevel={onRelevel} />
    </Flex>
  );
}

/** The buttons of the bar: not drawn again while somebody types. */
const CellTools = memo(function CellTools({
  form,
  canEdit,
  selected,
  onRow,
  onRelevel,
}: Pick<CellBarProps, "form" | "canEdit" | "selected" | "onRow" | "onRelevel">) {
  const row = form.indicators.find(({ id }) => id === rowOf(selected)) ?? null;
  return (
    <>
      {canEdit && (
        <Space.Compact>
          {COMMANDS.map(({ command, title, icon }) => (
            <Tooltip key={command} title={title}>
              <Button
                aria-label={title}
                icon={icon}
                // The first row of an empty table has nothing to stand beside.
                disabled={row === null && !(command === "insert")}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onRow(command, selected ?? "")}
              />
            </Tooltip>
          ))}
          <Levels row={row} form={form} onRelevel={onRelevel} />
        </Space.Compact>
      )}
      <Popover
        trigger="click"
        title={t("键盘")}
        content={
          <dl className="keys">
            {KEYS.map(([keys, what]) => (
              <div key={keys}>
                <dt>{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        }
      >
        <Button type="text" aria-label={t("键盘操作说明")} icon={<QuestionCircleOutlined />} />
      </Popover>
    </>
  );
});

function Levels({
  row,
  form,
  onRelevel,
}: {
  readonly row: Indicator | null;
  readonly form: Form;
  readonly onRelevel: (row: Indicator, level1: string, level2: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState({ level1: "", level2: "" });
  const options = (key: "level1" | "level2") =>
    [...new Set(form.indicators.map((each) => each[key]))].flatMap((value) => (value ? [{ value }] : []));
  return (
    <Popover
      trigger="click"
      open={isOpen && row !== null}
      onOpenChange={(opens) => {
        if (opens && row) setTyped({ level1: row.level1 ?? "", level2: row.level2 ?? "" });
        setOpen(opens);
      }}
      title={t("这一行属于哪类指标")}
      content={
        <Flex vertical gap="small" style={{ width: 240 }}>
          {(["level1", "level2"] as const).map((key) => (
            <AutoComplete
              key={key}
              aria-label={t(key === "level1" ? "一级指标" : "二级指标")}
              options={options(key)}
              value={typed[key]}
              onChange={(value: string) => setTyped({ ...typed, [key]: value })}
            />
          ))}
          <Button
            type="primary"
            onClick={() => {
              if (row) onRelevel(row, typed.level1, typed.level2);
              setOpen(false);
            }}
          >
            {t("改到这类")}
          </Button>
        </Flex>
      }
    >
      <Button aria-label={t("改变这一行的指标类别")} icon={<TagsOutlined />} disabled={row === null} />
    </Popover>
  );
}
