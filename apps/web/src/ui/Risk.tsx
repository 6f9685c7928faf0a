import { Button, Popover, Typography } from "antd";
import { useState } from "react";
import { t } from "../i18n/words.ts";
import { type RiskPart, riskLines, riskSays } from "./risk-words.ts";
import "./risk.css";

/** A risk figure that says what it is made of, when the pointer is on it and when the keyboard is. */
export function RiskFigure({
  risk,
  parts,
}: {
  readonly risk: number;
  readonly parts: readonly RiskPart[] | null;
}) {
  const [isOpen, setOpen] = useState(false);
  if (parts === null)
    return (
      <Typography.Text type="secondary" title={t("还没有填，或按以前的算法算的，没有分项。")}>
        {risk}
      </Typography.Text>
    );
  const lines = riskLines(parts);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger={["hover", "focus"]}
      placement="left"
      title={t("风险{{risk}}", { risk })}
      content={
        <ul className="risk-parts">
          {lines.map(({ says, points }) => (
            <li key={says}>
              <span>{says}</span> <span>{points}</span>
            </li>
          ))}
        </ul>
      }
    >
      <Button
        type="text"
        size="small"
        className="risk-figure"
        aria-label={riskSays(risk, parts)}
        onKeyDown={({ key }) => {
          if (key === "Escape") setOpen(false);
        }}
      >
        {risk}
      </Button>
    </Popover>
  );
}

/** How the risk is reckoned, folded beneath its heading. */
export function RiskLegend() {
  return (
    <details className="risk-legend">
      <summary>{t("风险怎么算")}</summary>
      <p>{t("风险是0到300的一个数，只用来排先后，不评判项目。由六部分相加：")}</p>
      <ul>
        <li>{t("必须更正的问题：每个30，最多120")}</li>
        <li>{t("应当说明的问题：每个12，最多60")}</li>
        <li>{t("表上总分超出重算范围：每分8（不足一分按一分），最多40")}</li>
        <li>{t("失分（不到100的部分）：每分1，最多30")}</li>
        <li>{t("调整后预算：达到100万元、1000万元、1亿元各10，最多30；没有填的5")}</li>
        <li>{t("要人来判断的地方：每处2，最多20")}</li>
      </ul>
      <p>{t("指到或用Tab键移到风险数上，可以看这张表的各部分。")}</p>
    </details>
  );
}
