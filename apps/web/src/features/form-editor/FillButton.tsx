import { CalculatorOutlined } from "@ant-design/icons";
import type { Form } from "@jiheng/domain";
import { App, Button, Dropdown } from "antd";
import { useRef } from "react";
import { t } from "../../i18n/words.ts";
import type { Typed } from "./sheet-view.ts";

/** Fills blank cells with what follows from the others, as one step that can be undone; what is filled in stays as it is. */
export function FillButton({
  form,
  policy,
  onFill,
  onGo,
}: {
  readonly form: Form;
  readonly policy: string | null;
  readonly onFill: (typed: readonly Typed[]) => void;
  readonly onGo: (address: string) => void;
}) {
  const { message } = App.useApp();
  const latest = useRef(form);
  latest.current = form;
  const fill = async (what: "computedCells" | "usualCells") => {
    const computed = await import("./computed-cells.ts");
    const { typed, left, refused } = computed[what](latest.current, policy);
    if (refused !== null) return message.info(t("没有填：{{why}}。", { why: refused }));
    if (typed.length > 0) onFill(typed);
    const [first] = left;
    if (first) onGo(first.at);
    const filled =
      typed.length > 0
        ? t("填了{{cells}}个空白格，可以撤销；原来填着的没有动。", { cells: typed.length })
        : t("没有可以算出的空白格。");
    const open = first
      ? t("还有{{rows}}格须由人判断或缺少数据：{{why}}", { rows: left.length, why: first.why })
      : "";
    return message.info(`${filled}${open}`, 6);
  };
  return (
    <Dropdown
      menu={{
        items: [
          {
            key: "computed",
            label: t("算出的执行率、得分和总分（只填空白格）"),
            onClick: () => void fill("computedCells"),
          },
          {
            key: "points",
            label: t("通行的分值（一行都没有分值时）"),
            onClick: () => void fill("usualCells"),
          },
        ],
      }}
    >
      <Button icon={<CalculatorOutlined />}>{t("代填")}</Button>
    </Dropdown>
  );
}
