import { Button, Empty, Flex, Tag, Typography } from "antd";
import type { ReactNode } from "react";
import { t } from "../../i18n/words.ts";

/** A finding as the panel shows it. */
export interface Shown {
  readonly fingerprint: string;
  readonly code: string;
  readonly force: "must" | "should" | "hint";
  readonly message: string;
  readonly remedy: string;
  readonly basis: readonly string[];
  readonly addresses: readonly string[];
}

const FORCES = {
  must: { color: "error", title: t("必须更正") },
  should: { color: "warning", title: t("应当说明") },
  hint: { color: "default", title: t("提示") },
} as const;

/** The findings, the gravest first; each leads to its cell. */
export function FindingsPanel({
  findings,
  onGo,
  extra,
}: {
  readonly findings: readonly Shown[];
  readonly onGo: (address: string) => void;
  /** What stands beneath a finding. */
  readonly extra?: (finding: Shown) => ReactNode;
}) {
  if (findings.length === 0)
    return <Empty description={t("没有发现问题")} image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  return (
    <ul className="findings" style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {findings.map((finding) => (
        <li
          key={finding.fingerprint}
          style={{
            padding: "8px 0",
            borderBottom: "1px solid color-mix(in srgb, currentColor 15%, transparent)",
          }}
        >
          <Finding finding={finding} onGo={onGo} />
          {extra?.(finding)}
        </li>
      ))}
    </ul>
  );
}

function Finding({
  finding: {
    code,
    force,
    message,
    remedy,
    basis,
    addresses: [first],
  },
  onGo,
}: {
  readonly finding: Shown;
  readonly onGo: (address: string) => void;
}) {
  return (
    <>
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
      <Typography.Text type="secondary">
        {remedy}
        {basis.length > 0 && `（${basis.join("；")}）`}
      </Typography.Text>
    </>
  );
}
