import type { Form } from "@jiheng/domain";
import { addressOf } from "@jiheng/workflow";
import { Button, Popover, Typography } from "antd";
import { t } from "../../i18n/words.ts";
import type { Looked } from "./look.worker.ts";
import { waitsOf } from "./open-marks.ts";

/** The rows that keep the recomputed total from being one number: each with why, and the way to it. */
export function OpenRows({
  looked,
  form,
  onGo,
  children,
}: {
  readonly looked: Looked;
  readonly form: Form;
  readonly onGo: (address: string) => void;
  /** The bounds of the total: they are what is pressed. */
  readonly children: string;
}) {
  const waits = waitsOf(looked.marks);
  if (waits.length === 0) return children;
  return (
    <Popover
      trigger="click"
      title={t("这些行还不能算出一个分数")}
      content={
        <ul className="plain-list open-rows">
          {waits.map(({ at, name, says }) => (
            <li key={at}>
              <Button size="small" type="link" onClick={() => onGo(addressOf(form, at))}>
                {name === "" ? t("预算执行率") : name}
              </Button>
              <Typography.Text type="secondary">{says}</Typography.Text>
            </li>
          ))}
        </ul>
      }
    >
      <button
        type="button"
        className="plain-button"
        title={t("{{rows}}行待定", { rows: waits.length })}
        aria-label={t("{{total}}，{{rows}}行待定", { total: children, rows: waits.length })}
      >
        {children}
      </button>
    </Popover>
  );
}
