import { Typography } from "antd";
import { t } from "../../i18n/words.ts";
import { placesOf, type Usage } from "./usage.ts";
import "./indicators.css";

const WIDTH = 150;
const HEIGHT = 16;
const EDGE = 4;

/** A distribution as a box of its quartiles with whiskers to its ends, its five figures as text beneath. */
export function QuantileBox({
  label,
  quantiles,
  scale,
  kind,
}: {
  readonly label: string;
  readonly quantiles: Usage["targets"];
  readonly scale: readonly [number, number];
  readonly kind: "target" | "actual";
}) {
  if (quantiles === null)
    return (
      <div>
        {label} <Typography.Text type="secondary">{t("没有数值")}</Typography.Text>
      </div>
    );
  const { low, quarter, middle, threeQuarters, high } = quantiles;
  const [a, b, c, d, e] = placesOf(quantiles, scale).map((at) => EDGE + at * (WIDTH - 2 * EDGE)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const mid = HEIGHT / 2;
  return (
    <div className={`quantiles ${kind}`}>
      <span className="quantiles-label">{label}</span>
      <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
        <line x1={a} x2={e} y1={mid} y2={mid} />
        <line x1={a} x2={a} y1={mid - 4} y2={mid + 4} />
        <line x1={e} x2={e} y1={mid - 4} y2={mid + 4} />
        <rect x={b} width={Math.max(2, d - b)} y={2} height={HEIGHT - 4} />
        <line className="middle" x1={c} x2={c} y1={1} y2={HEIGHT - 1} />
      </svg>
      <span className="quantiles-figures">
        {t("{{low}} 至 {{high}}，一半在 {{quarter}} 至 {{threeQuarters}}，中位 {{middle}}", {
          low: plain(low),
          high: plain(high),
          quarter: plain(quarter),
          threeQuarters: plain(threeQuarters),
          middle: plain(middle),
        })}
      </span>
    </div>
  );
}

/** A figure without the zeros that say nothing. */
const plain = (figure: string): string => (figure.includes(".") ? figure.replace(/\.?0+$/, "") : figure);
