import { Alert, Checkbox, Flex, Modal, Typography } from "antd";
import { useState } from "react";
import { call } from "../api/client.ts";
import type { Answered } from "../api/operations-of.ts";
import { t } from "../i18n/words.ts";
import { byForce, opinionChanged, opinionFrom, type Quoted } from "./opinion.ts";
import { ReasonField } from "./ReasonField.tsx";
import { useCommand } from "./use-command.ts";

type Submission = Answered<"returnSubmission">["submission"];

const LONGEST = 2_000;

/** Sends a form back: findings are picked, their words made into an opinion, and the opinion changed as the reviewer likes. */
export function ReturnDialog({
  submission,
  project,
  findings,
  onClose,
  onReturned,
}: {
  readonly submission: string;
  readonly project: string;
  readonly findings: readonly Quoted[];
  readonly onClose: () => void;
  readonly onReturned: (submission: Submission) => void;
}) {
  const sorted = byForce(findings);
  const [picked, setPicked] = useState<readonly string[]>(() =>
    sorted.filter(({ force }) => force === "must").map(({ fingerprint }) => fingerprint),
  );
  const chosen = sorted.filter(({ fingerprint }) => picked.includes(fingerprint));
  const [typed, setTyped] = useState<string | null>(null);
  // Until the reviewer writes, the words follow what is picked.
  const reason = typed ?? opinionFrom(chosen);
  const [kept, setKept] = useState<readonly Quoted[]>([]);
  const pick = (now: readonly string[]) => {
    if (typed !== null) {
      const changed = opinionChanged(
        typed,
        sorted.filter(({ fingerprint }) => now.includes(fingerprint) && !picked.includes(fingerprint)),
        sorted.filter(({ fingerprint }) => picked.includes(fingerprint) && !now.includes(fingerprint)),
      );
      setTyped(changed.text);
      setKept(changed.kept);
    }
    setPicked(now);
  };
  const send = useCommand(
    async () =>
      (
        await call("returnSubmission", {
          params: { submission },
          body: { reason: reason.trim(), findings: [...picked] },
        })
      ).body.submission,
    { said: () => t("已退回，填报人会看到意见。"), refreshes: ["workbench", "submissions", "history"] },
  );
  return (
    <Modal
      open
      width={820}
      title={t("退回“{{project}}”", { project })}
      okText={t("退回")}
      cancelText={t("取消")}
      confirmLoading={send.isPending}
      okButtonProps={{ disabled: reason.trim() === "" || reason.length > LONGEST }}
      onOk={() => send.mutate(undefined, { onSuccess: onReturned })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        {sorted.length > 0 && (
          <>
            <Typography.Text>{t("选入意见的问题：")}</Typography.Text>
            <Checkbox.Group
              value={[...picked]}
              onChange={(values) => pick(values.map(String))}
              style={{ display: "flex", flexDirection: "column", maxHeight: "28vh", overflow: "auto" }}
              options={sorted.map(({ fingerprint, message }) => ({ value: fingerprint, label: message }))}
            />
          </>
        )}
        <ReasonField label={t("意见（可以修改，填报人会看到）")} value={reason} onChange={setTyped} />
        {kept.length > 0 && (
          <Alert
            type="info"
            showIcon
            title={t("这一条在意见里已经改写，没有自动删去，请自己删：{{message}}", {
              message: kept[0]?.message ?? "",
            })}
          />
        )}
        {reason.length > LONGEST && (
          <Alert
            type="warning"
            showIcon
            title={t("意见有{{length}}字，超过{{longest}}字，请精简或少选几条。", {
              length: reason.length,
              longest: LONGEST,
            })}
          />
        )}
      </Flex>
    </Modal>
  );
}
