import { describePlace, type Form } from "@jiheng/domain";
import { layOut, layoutFor } from "@jiheng/exporters/layouts";
import { useMemo } from "react";
import { t } from "../../i18n/words.ts";
import "./rollups.css";

/** The roll-up as the official form prints it; every figure that has a history is a button to it. */
export function RollUpSheet({
  form,
  hasHistory,
  picked,
  onPick,
}: {
  readonly form: Form;
  readonly hasHistory: (at: string, text: string) => boolean;
  readonly picked: string | null;
  readonly onPick: (at: string) => void;
}) {
  const model = useMemo(() => layOut(form, layoutFor(form.template)), [form]);
  return (
    <div className="rollup-paper">
      {model.caption.map((line, index) =>
        index === model.titleLine ? (
          <div key={line} className="rollup-title">
            {line}
          </div>
        ) : (
          <div key={line} className="rollup-line">
            {line}
          </div>
        ),
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="rollup-scroll" tabIndex={0} aria-label={t("汇总表")}>
        <table className="rollup-sheet">
          <colgroup>
            {model.widths.map((width, index) => (
              <col key={index} style={{ width: `${width}%` }} />
            ))}
          </colgroup>
          <tbody>
            {model.rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, column) => {
                  const { place } = cell;
                  const isOpen = place !== undefined && hasHistory(place, cell.text);
                  return (
                    <td
                      key={column}
                      colSpan={cell.columnSpan}
                      rowSpan={cell.rowSpan}
                      className={`role-${cell.role}${isOpen && place === picked ? " picked" : ""}`}
                    >
                      {isOpen ? (
                        <button
                          type="button"
                          className="history"
                          data-at={place}
                          aria-label={`${describePlace(form, place)} ${cell.text || t("未汇总")}`}
                          onClick={() => onPick(place)}
                        >
                          {cell.text || t("未汇总")}
                        </button>
                      ) : (
                        <span className={cell.vertical ? "upright" : undefined}>{cell.text}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
