import { Alert, Button, Card, Flex, Radio, Select, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { moment } from "../../ui/figures.ts";
import { useCommand } from "../../ui/use-command.ts";

type Submission = Answered<"getForm">["submission"];
type From = "blank" | "approved-targets" | "previous-year";

/** Layouts a self-evaluation may be written in; the national one is the usual. */
const TEMPLATES: readonly { readonly value: string; readonly label: string }[] = [
  { value: "national", label: t("全国通用表样") },
  { value: "shanghai-bureau-a", label: t("上海表样（一）") },
  { value: "shanghai-bureau-b", label: t("上海表样（二）") },
  { value: "anhui", label: t("安徽表样") },
  { value: "yunnan", label: t("云南表样") },
  { value: "sichuan-0013zp", label: t("四川表样") },
  { value: "hubei", label: t("湖北表样") },
];

/** What stands where nobody has begun yet: what one may begin with. */
export function StartCard({ submission }: { readonly submission: Submission }) {
  const { id, kind, projectName, year, standing, due, basis, previous, buttons } = submission;
  const [from, setFrom] = useState<From>(
    kind === "self-evaluation" || kind === "monitoring" || basis !== null
      ? "approved-targets"
      : "previous-year",
  );
  const [template, setTemplate] = useState("national");
  const refused = buttons.find(({ command }) => command === "start")?.refused;
  const start = useCommand(
    async () => {
      if (kind === "review") await call("beginReview", { params: { submission: id }, body: {} });
      else
        await call("startSubmission", {
          params: { submission: id },
          body: { from, ...(kind === "self-evaluation" && template !== "national" ? { template } : {}) },
        });
    },
    { refreshes: ["form", "workbench", "submissions"] },
  );
  const mayStart = buttons.some(({ command }) => command === "start") && !refused;
  return (
    <Card style={{ maxWidth: "46rem", margin: "24px auto" }}>
      <Typography.Title level={1} style={{ fontSize: 20, marginTop: 0 }}>
        {t("{{projectName}}（{{year}}年）", { projectName, year })}
      </Typography.Title>
      <Typography.Paragraph>
        {t("{{standing}}，还没有开始填报。", { standing: t(standing) })}
        {due !== null && t("截止时间：{{due}}。", { due: moment(due) })}
      </Typography.Paragraph>
      {mayStart ? (
        <Flex vertical gap="middle">
          {kind === "review" ? (
            <Typography.Text>
              {t("复核表带入单位报送的数据，复核得分留空；自评表本身不会被改动。")}
            </Typography.Text>
          ) : (
            <Radio.Group
              aria-label={t("从什么开始")}
              value={from}
              onChange={({ target }) => setFrom(target.value as From)}
              options={[
                {
                  value: "approved-targets",
                  label: t(
                    "从已批复的绩效目标带入指标和目标值（目标表有分值的一并带入），再填完成情况（推荐）",
                  ),
                },
                { value: "previous-year", label: t("从上年的表带入指标，目标值和完成情况重新填") },
                { value: "blank", label: t("从空表开始") },
              ]}
              style={{ display: "flex", flexDirection: "column", gap: 8 }}
            />
          )}
          {kind === "self-evaluation" && (
            <Flex gap="small" align="center">
              <label htmlFor="template">{t("表样")}</label>
              <Select
                id="template"
                style={{ width: 220 }}
                options={[...TEMPLATES]}
                value={template}
                onChange={setTemplate}
              />
            </Flex>
          )}
          {kind !== "review" && previous === null && basis === null && (
            <Typography.Text type="secondary">
              {t("没有已批复的目标或上年的表时，系统会说明，再改选空表即可。")}
            </Typography.Text>
          )}
          {start.error && <Alert type="error" role="alert" showIcon title={start.error.message} />}
          <Button
            type="primary"
            loading={start.isPending}
            onClick={() => start.mutate()}
            style={{ alignSelf: "start" }}
          >
            {kind === "review" ? t("开始复核") : t("开始填报")}
          </Button>
        </Flex>
      ) : (
        <Alert
          type="info"
          showIcon
          title={refused?.says ?? t("由填报单位的经办人开始填报，您可以在这里查看进度。")}
        />
      )}
    </Card>
  );
}
