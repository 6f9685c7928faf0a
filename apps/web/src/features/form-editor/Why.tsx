import type { Form } from "@jiheng/domain";
import { addressOf } from "@jiheng/workflow";
import { Card, Typography } from "antd";
import { t } from "../../i18n/words.ts";
import type { useEngine } from "./use-engine.ts";

/** Why the selected row has its mark: the steps of the computation, each with what it rests on. */
export function Why({
  looked,
  form,
  selected,
}: {
  readonly looked: ReturnType<typeof useEngine>;
  readonly form: Form;
  readonly selected: string | null;
}) {
  if (!looked || selected === null) return null;
  const row = /^(indicators\[[^\]]+\])/.exec(selected)?.[1];
  const mark = row
    ? looked.marks.indicators.find(({ at }) => addressOf(form, at).startsWith(row))
    : selected.startsWith("funds")
      ? { ...looked.marks.execution, name: t("预算执行率") }
      : undefined;
  if (!mark) return null;
  const { mark: given } = mark;
  const said =
    given.kind === "scored"
      ? t("按办法得{{awarded}}分（满分{{of}}分）", { awarded: given.awarded, of: given.of })
      : given.kind === "judgement"
        ? t("须人工判断，在{{v0}}至{{v1}}分之间", { v0: given.between[0], v1: given.between[1] })
        : given.kind === "missing"
          ? t("不能计分：{{what}}", { what: given.what })
          : given.why;
  const steps = given.kind === "notApplicable" ? [] : given.steps;
  return (
    <Card size="small" title={t("为什么是这个分：{{v0}}", { v0: mark.name ?? "" })}>
      <Typography.Paragraph strong>{said}</Typography.Paragraph>
      <ol style={{ margin: 0, paddingInlineStart: 20 }}>
        {steps.map(({ says, basis }) => (
          <li key={says}>
            {says}
            {basis.length > 0 && <Typography.Text type="secondary">（{basis.join("；")}）</Typography.Text>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
