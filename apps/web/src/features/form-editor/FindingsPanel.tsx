import { Button, Empty, Flex, Tag, Typography } from "antd";
import { memo, type ReactNode, useDeferredValue, useState } from "react";
import { t } from "../../i18n/words.ts";
import { changedPart } from "./changed-part.ts";

/** A finding as the panel shows it. */
export interface Shown {
  readonly fingerprint: string;
  readonly code: string;
  readonly force: "must" | "should" | "hint";
  readonly message: string;
  readonly remedy: string;
  readonly basis: readonly string[];
  readonly addresses: readonly string[];
  /** Cells whose notation can be put right as it stands here; figures stay what they are. */
  readonly fixes?: readonly CellFix[];
  /** Whether it makes the reason of a deviation compulsory. */
  readonly asksReason?: boolean;
}

/** The text of a cell now, and with its notation put right. */
export interface CellFix {
  readonly address: string;
  readonly from: string;
  readonly to: string;
}

const FORCES = {
  must: { color: "error", title: t("必须更正") },
  should: { color: "warning", title: t("应当说明") },
  hint: { color: "default", title: t("提示") },
} as const;

/** Findings that are drawn before somebody asks for more: a large form half filled in has hundreds. */
const SHOWN_FIRST = 30;

/** The findings, the gravest first; each leads to its cell. */
export const FindingsPanel = memo(function FindingsPanel({
  findings: latest,
  onGo,
  onFix,
  extra,
}: {
  readonly findings: readonly Shown[];
  readonly onGo: (address: string) => void;
  /** Puts cells right as one step; left out where nothing can be changed. */
  readonly onFix?: ((fixes: readonly CellFix[]) => void) | undefined;
  /** What stands beneath a finding; the same function for as long as it says the same. */
  readonly extra?: (finding: Shown) => ReactNode;
}) {
  const [shown, setShown] = useState(SHOWN_FIRST);
  const [force, setForce] = useState<Shown["force"] | "all">("all");
  // The score and the marks at the cells are painted first.
  const all = useDeferredValue(latest);
  const chosen = all.filter((finding) => finding.force === force);
  // Where the last of a kind has been put right, the others are shown again.
  const findings = chosen.length > 0 ? chosen : all;
  if (all.length === 0) return <Empty description={t("没有发现问题")} image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  const more = findings.length - shown;
  return (
    <>
      <Flex gap={4} wrap role="group" aria-label={t("只看一类问题")}>
        {(["must", "should", "hint"] as const).map((value) => {
          const count = all.filter((finding) => finding.force === value).length;
          return (
            <Button
              key={value}
              size="small"
              disabled={count === 0}
              aria-pressed={force === value}
              className="only-force"
              onClick={() => setForce(force === value ? "all" : value)}
            >
              {FORCES[value].title} {count}
            </Button>
          );
        })}
      </Flex>
      <ul className="findings">
        {findings.slice(0, shown).map((finding) => (
          <Finding key={finding.fingerprint} finding={finding} onGo={onGo} onFix={onFix} extra={extra} />
        ))}
        {more > 0 && (
          <li>
            <Button type="link" onClick={() => setShown(shown + 100)}>
              {t("还有{{more}}个问题，再看一些", { more })}
            </Button>
          </li>
        )}
      </ul>
    </>
  );
});

interface FindingProps {
  readonly finding: Shown;
  readonly onGo: (address: string) => void;
  readonly onFix: ((fixes: readonly CellFix[]) => void) | undefined;
  readonly extra: ((finding: Shown) => ReactNode) | undefined;
}

/** Drawn again only where it says something else: the engine says all of them anew at every key. */
const Finding = memo(function Finding({ finding, onGo, onFix, extra }: FindingProps) {
  const { code, force, message, remedy, basis, addresses, fixes = [] } = finding;
  const [first] = addresses;
  return (
    <li>
      <Flex gap="small" align="baseline" justify="space-between">
        <span>
          <Tag color={FORCES[force].color}>{FORCES[force].title}</Tag>
          <Typography.Text type="secondary">{code}</Typography.Text>
        </span>
        {first !== undefined && (
          <Button size="small" type="link" onClick={() => onGo(first)}>
            {t("到这一格")}
          </Button>
        )}
      </Flex>
      <div>{message}</div>
      <Typography.Text type="secondary">{remedy}</Typography.Text>
      {basis.length > 0 && (
        <details className="basis">
          <summary>{t("依据")}</summary>
          {basis.join("；")}
        </details>
      )}
      {onFix && fixes.length > 0 && <FixButton fixes={fixes} onFix={onFix} />}
      {extra?.(finding)}
    </li>
  );
}, isSameFinding);

/** Cells whose change is shown on the button's line before it is made. */
const FIXES_SHOWN = 3;

function FixButton({
  fixes,
  onFix,
}: {
  readonly fixes: readonly CellFix[];
  readonly onFix: (fixes: readonly CellFix[]) => void;
}) {
  return (
    <div className="fix">
      <ul className="fix-list">
        {fixes.slice(0, FIXES_SHOWN).map(({ address, from, to }) => {
          const { before, after } = changedPart(from, to);
          return (
            <li key={address}>
              <del>{before}</del> → <ins>{after}</ins>
            </li>
          );
        })}
        {fixes.length > FIXES_SHOWN && <li>{t("另有{{more}}格", { more: fixes.length - FIXES_SHOWN })}</li>}
      </ul>
      <Button size="small" onClick={() => onFix(fixes)}>
        {t("改写法（{{cells}}格）", { cells: fixes.length })}
      </Button>
    </div>
  );
}

function isSameFinding(a: FindingProps, b: FindingProps): boolean {
  const said = ({
    finding: { fingerprint, force, message, remedy, basis, addresses, fixes },
  }: FindingProps) => JSON.stringify([fingerprint, force, message, remedy, basis, addresses, fixes]);
  return a.onGo === b.onGo && a.onFix === b.onFix && a.extra === b.extra && said(a) === said(b);
}
