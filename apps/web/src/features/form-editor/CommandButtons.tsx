import { DownOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Modal, Space, Typography } from "antd";
import { useState } from "react";
import { call, Refused } from "../../api/client.ts";
import type { Answered, OperationId } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import type { Quoted } from "../../ui/opinion.ts";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { ReturnDialog } from "../../ui/ReturnDialog.tsx";
import { SubmitDialog } from "./SubmitDialog.tsx";

type Submission = Answered<"getForm">["submission"];
type Button_ = Submission["buttons"][number];
type Command = Button_["command"];

/** The operation behind each command that is a button here; beginning and saving have their own places. */
const OPERATIONS = {
  submit: "submitSubmission",
  withdraw: "withdrawSubmission",
  receive: "receiveSubmission",
  return: "returnSubmission",
  approve: "approveSubmission",
  "cancel-review": "cancelReview",
  unlock: "unlockSubmission",
  publish: "publishSubmission",
  withhold: "withholdSubmission",
  archive: "archiveSubmission",
} as const satisfies Partial<Record<Command, OperationId>>;
type Shown = keyof typeof OPERATIONS;

/** Which of several possible commands is the next step. */
const NEXT: readonly Shown[] = ["submit", "receive", "approve", "publish"];

const isShown = (button: Button_): button is Button_ & { readonly command: Shown } =>
  button.command in OPERATIONS;

/** What can be done with the form now: the next step as the one button, the rest below it, and of what cannot be done why. */
export function CommandButtons({
  submission,
  flush,
  onMoved,
  onGo,
  findings,
}: {
  readonly submission: Submission;
  /** What a return is made from. */
  readonly findings: readonly Quoted[];
  /** Saves what is not saved; the revision then, or null where it could not be saved. */
  readonly flush: () => Promise<number | null>;
  readonly onMoved: (submission: Submission) => void;
  readonly onGo: (address: string) => void;
}) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<(Button_ & { readonly command: Shown }) | null>(null);
  const shown = submission.buttons.filter(isShown);
  const possible = shown.filter(({ refused }) => refused === null);
  const next = NEXT.flatMap((command) => possible.filter((button) => button.command === command))[0];
  // What does not belong to this state at all is left out; what is only held up says why.
  const others = shown.filter((button) => button !== next && button.refused?.code !== "wrong-state");

  const moved = async (now: Submission) => {
    setAsked(null);
    message.success(t("已办理：{{standing}}", { standing: t(now.standing) }));
    onMoved(now);
    for (const key of ["form", "workbench", "submissions", "history"])
      await queries.invalidateQueries({ queryKey: [key], refetchType: key === "form" ? "none" : "active" });
  };

  if (shown.length === 0) return null;
  return (
    <Space.Compact>
      {next && (
        <Button type="primary" onClick={() => setAsked(next)}>
          {t(next.title)}
        </Button>
      )}
      {others.length > 0 && (
        <Dropdown
          menu={{
            items: others.map((button) => ({
              key: button.command,
              disabled: button.refused !== null,
              label: (
                <>
                  {t(button.title)}
                  {button.refused && <div className="menu-why">{button.refused.says}</div>}
                </>
              ),
            })),
            onClick: ({ key }) => setAsked(others.find(({ command }) => command === key) ?? null),
          }}
        >
          <Button type={next ? "primary" : "default"} icon={<DownOutlined />} aria-label={t("更多操作")} />
        </Dropdown>
      )}
      {asked?.command === "submit" && (
        <SubmitDialog
          submission={submission}
          flush={flush}
          onClose={() => setAsked(null)}
          onMoved={(now) => void moved(now)}
          onGo={onGo}
        />
      )}
      {asked?.command === "return" && (
        <ReturnDialog
          submission={submission.id}
          project={submission.projectName}
          findings={findings}
          onClose={() => setAsked(null)}
          onReturned={(now) => void moved(now)}
        />
      )}
      {asked && asked.command !== "submit" && asked.command !== "return" && (
        <ReasonDialog
          key={asked.command}
          button={asked}
          submission={submission}
          flush={flush}
          onClose={() => setAsked(null)}
          onMoved={(now) => void moved(now)}
        />
      )}
    </Space.Compact>
  );
}

function ReasonDialog({
  button,
  submission,
  flush,
  onClose,
  onMoved,
}: {
  readonly button: Button_ & { readonly command: Shown };
  readonly submission: Submission;
  readonly flush: () => Promise<number | null>;
  readonly onClose: () => void;
  readonly onMoved: (submission: Submission) => void;
}) {
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { command, title } = button;
  const isOpinion = command === "approve";
  const needs = button.reason === "required";
  const asks = isOpinion || button.reason !== "none";
  const carryOut = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      if ((await flush()) === null) return setRefusal(t("还有内容没有保存，请先解决保存的问题。"));
      const text = reason.trim();
      const body = isOpinion
        ? { opinion: text || null }
        : needs || (asks && text)
          ? { reason: text }
          : command === "withdraw"
            ? { reason: null }
            : {};
      const { body: answer } = await call(OPERATIONS[command], {
        params: { submission: submission.id },
        body: body as never,
      });
      onMoved(answer.submission);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal([error.message, ...error.errors.map(({ says }) => says)].join("\n"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(title)}
      okText={t(title)}
      cancelText={t("取消")}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: needs && reason.trim() === "" }}
      onOk={() => void carryOut()}
      onCancel={onClose}
    >
      <Typography.Paragraph>
        {t("{{projectName}}（{{year}}年）", { projectName: submission.projectName, year: submission.year })}
      </Typography.Paragraph>
      {asks && (
        <ReasonField
          autoFocus
          label={t(
            isOpinion ? "审核意见（可以不填）" : needs ? "理由（必填，填报人会看到）" : "理由（可以不填）",
          )}
          value={reason}
          onChange={setReason}
        />
      )}
      {refusal !== null && (
        <Typography.Paragraph type="danger" role="alert" style={{ whiteSpace: "pre-line", marginTop: 8 }}>
          {refusal}
        </Typography.Paragraph>
      )}
    </Modal>
  );
}
