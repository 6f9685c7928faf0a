import type { Form } from "@jiheng/domain";
import { Button, Card, Flex, Progress, Result, Steps, Typography } from "antd";
import { useCallback, useMemo, useState } from "react";
import { Link } from "react-router";
import { t } from "../../i18n/words.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { PracticeEditor, type Practised, textAt } from "../form-editor/index.ts";
import { practiceForm } from "./practice-form.ts";
import { type Known, STEPS, type Step } from "./steps.ts";

/** Two minutes with a form of one's own: six steps, each done on the real sheet under the real engine. */
export function GuidePage() {
  const first = useMemo(() => practiceForm(new Date().getFullYear() - 1), []);
  const [step, setStep] = useState(0);
  const [selected, setSelected] = useState<string | null>(null);
  const [total, setTotal] = useState<string | null>(null);
  const [form, setForm] = useState(first);
  /** To the first cell of the step that is not filled in; left and entered again where one is there already. */
  const lead = ({ at }: Step) => {
    const next = at.find((cell) => textAt(form, cell) === "") ?? at[0] ?? null;
    setSelected(null);
    requestAnimationFrame(() => setSelected(next));
  };
  const onLooked = useCallback((now: Form, looked: Practised) => {
    const known = knownOf(now, looked);
    setForm(now);
    setTotal(known.total);
    setStep((before) => {
      let at = before;
      while (STEPS[at]?.isDone(now, known)) at += 1;
      return at;
    });
  }, []);
  const current = STEPS[step];
  return (
    <Flex vertical gap="small">
      <PageHead
        title={t("两分钟学会填自评表")}
        says={t("这是一张练习用的表，项目和数字都是虚构的，写了什么都不会保存。")}
      >
        <Link to="/">
          <Button>{t("结束练习")}</Button>
        </Link>
      </PageHead>
      <PracticeEditor
        first={first}
        selected={selected}
        onSelect={setSelected}
        onLooked={onLooked}
        beside={
          <Card size="small" aria-live="polite">
            <Progress
              aria-label={t("练习进度")}
              percent={Math.round((step / STEPS.length) * 100)}
              size="small"
            />
            {current ? (
              <>
                <Typography.Title level={2} style={{ fontSize: 16 }}>
                  {t("第{{step}}步：{{title}}", { step: step + 1, title: current.title })}
                </Typography.Title>
                <Typography.Paragraph>{current.says}</Typography.Paragraph>
                <Typography.Paragraph type="secondary">
                  {t("按办法重算的总分：{{total}}", { total: total ?? "—" })}
                </Typography.Paragraph>
                <Button type="primary" onClick={() => lead(current)}>
                  {t("带我到这一格")}
                </Button>
              </>
            ) : (
              <Result
                status="success"
                title={t("会了！")}
                subTitle={t("真正的表就是这样填：自动保存，断网也不丢，填完点“送审”。")}
                extra={
                  <Link to="/">
                    <Button type="primary">{t("去工作台")}</Button>
                  </Link>
                }
              />
            )}
            <Steps
              orientation="vertical"
              size="small"
              current={step}
              items={STEPS.map(({ title }) => ({ title }))}
              style={{ marginTop: 12 }}
            />
          </Card>
        }
      />
    </Flex>
  );
}

function knownOf(form: Form, { marks, recomputed, findings }: Practised): Known {
  const awarded = new Map<string, string>();
  for (const { at, mark } of marks.indicators) {
    const row = form.indicators[Number(/\d+/.exec(at)?.[0])];
    if (row && mark.kind === "scored") awarded.set(row.id, mark.awarded);
  }
  const { mark } = marks.execution;
  return {
    awarded,
    execution: mark.kind === "scored" ? mark.awarded : null,
    total: recomputed?.underPolicy?.totalScore ?? null,
    must: findings.filter(({ force }) => force === "must").length,
  };
}
