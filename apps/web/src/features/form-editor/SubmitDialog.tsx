import { Alert, Button, Descriptions, Flex, Input, Modal, Spin, Typography } from "antd";
import { useState } from "react";
import { call, Refused } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useReturns } from "../../ui/ReturnRounds.tsx";
import { answeredOf } from "../../ui/returns.ts";

type Submission = Answered<"getForm">["submission"];
interface Blocking {
  readonly at: string;
  readonly says: string;
  readonly fingerprint: string;
}

const BLOCKED = ["blocked-by-findings", "stale-justification", "funds-differ"];
const SHORTEST = 4;

/** Hands a form in: the server reviews it in full; what stands in the way is corrected, or explained in one's own name, here. */
export function SubmitDialog({
  submission,
  flush,
  onClose,
  onMoved,
  onGo,
}: {
  readonly submission: Submission;
  readonly flush: () => Promise<number | null>;
  readonly onClose: () => void;
  readonly onMoved: (submission: Submission) => void;
  readonly onGo: (address: string) => void;
}) {
  const [blocking, setBlocking] = useState<readonly Blocking[]>([]);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { id, projectName, year, totalScore, grade, must, should } = submission;
  const { data: returns } = useReturns(id, submission.revision, submission.returnReason !== null);
  const last = returns?.[0];
  const { opinions, open } = answeredOf(last ?? { opinions: [] });
  const isExplained = blocking.every(
    ({ fingerprint }) => (reasons[fingerprint] ?? "").trim().length >= SHORTEST,
  );

  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const params = { submission: id };
      const revision = await flush();
      if (revision === null) return setRefusal(t("还有内容没有保存，请先解决保存的问题。"));
      for (const { fingerprint } of blocking)
        await explained(id, fingerprint, (reasons[fingerprint] ?? "").trim());
      const { body } = await call("submitSubmission", { params, ifMatch: revision, body: {} });
      onMoved(body.submission);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error.message);
      if (BLOCKED.includes(error.code))
        setBlocking(
          error.errors.flatMap(({ at, says, fingerprint }) =>
            fingerprint === undefined ? [] : [{ at, says, fingerprint }],
          ),
        );
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      width={blocking.length > 0 ? 760 : 520}
      title={t("送审")}
      okText={t(blocking.length > 0 ? "提交说明并送审" : "送审")}
      cancelText={t("取消")}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: !isExplained }}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <Descriptions
          size="small"
          column={1}
          items={[
            {
              key: "project",
              label: t("项目"),
              children: t("{{projectName}}（{{year}}年）", { projectName, year }),
            },
            ...(submission.kind === "self-evaluation"
              ? [
                  { key: "total", label: t("总分"), children: totalScore ?? "—" },
                  { key: "grade", label: t("等级"), children: grade ?? "—" },
                ]
              : []),
          ]}
        />
        {must > 0 && blocking.length === 0 && (
          <Alert
            type="error"
            showIcon
            title={t("还有{{must}}个“必须更正”的问题：送审时要逐个更正，或由您说明理由。", { must })}
          />
        )}
        {should > 0 && blocking.length === 0 && (
          <Alert
            type="warning"
            showIcon
            title={t("还有{{should}}个“应当说明”的问题。可以送审，审核人会看到它们。", { should })}
          />
        )}
        {last && open > 0 && blocking.length === 0 && (
          <Alert
            type="warning"
            showIcon
            title={t(
              "上次退回的{{opinions}}条意见里还有{{open}}条没有答复。可以送审，审核人会看到哪几条没有答复。",
              {
                opinions,
                open,
              },
            )}
          />
        )}
        {isBusy && <Spin description={t("正在作完整审核")} />}
        {refusal !== null && <Alert type="error" role="alert" showIcon title={refusal} />}
        {blocking.length > 0 && (
          <ol style={{ margin: 0, paddingInlineStart: 20, maxHeight: "50vh", overflow: "auto" }}>
            {blocking.map(({ at, says, fingerprint }) => (
              <li key={fingerprint} style={{ marginBottom: 12 }}>
                <Typography.Paragraph style={{ marginBottom: 4 }}>{says}</Typography.Paragraph>
                <Flex gap="small">
                  <Input.TextArea
                    aria-label={t("说明这个问题为什么可以保留")}
                    placeholder={t("更正它，或在此说明为什么可以保留（以您的名义记录，数据变了须重新说明）")}
                    autoSize={{ minRows: 1, maxRows: 6 }}
                    maxLength={2000}
                    value={reasons[fingerprint] ?? ""}
                    onChange={({ target }) => setReasons({ ...reasons, [fingerprint]: target.value })}
                  />
                  {at !== "" && (
                    <Button
                      onClick={() => {
                        onClose();
                        onGo(at);
                      }}
                    >
                      {t("去更正")}
                    </Button>
                  )}
                </Flex>
              </li>
            ))}
          </ol>
        )}
      </Flex>
    </Modal>
  );
}

/** Explains a finding; one that is explained already in the same words is no fault of a second try. */
async function explained(submission: string, fingerprint: string, reason: string): Promise<void> {
  try {
    await call("justifyFinding", { params: { submission }, body: { fingerprint, reason } });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "already-exists") throw error;
  }
}
