import { useQuery } from "@tanstack/react-query";
import { Button, Modal, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { moment } from "../../ui/figures.ts";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import type { Shown } from "./FindingsPanel.tsx";

const SHORTEST = 4;

/** Beneath a finding: who explained it and why, or the way to explain it in one's own name. */
export function JustifyControl({
  submission,
  finding: { fingerprint, force, message },
  canJustify,
}: {
  readonly submission: string;
  readonly finding: Shown;
  readonly canJustify: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { data } = useQuery({
    queryKey: ["justifications", submission],
    queryFn: async () => (await call("listJustifications", { params: { submission } })).body.justifications,
  });
  const refreshes = ["justifications", "history"];
  const justify = useCommand(
    () => call("justifyFinding", { params: { submission }, body: { fingerprint, reason: reason.trim() } }),
    { said: () => t("说明已记录，数据变了须重新说明。"), refreshes },
  );
  const retract = useCommand(() => call("retractJustification", { params: { submission, fingerprint } }), {
    refreshes,
  });
  const given = data?.find((each) => each.fingerprint === fingerprint && each.retractedAt === null);
  const stale = data?.find(
    (each) => each.fingerprint === fingerprint && each.retractedWhy === "figures-changed",
  );
  if (given)
    return (
      <Typography.Paragraph style={{ margin: "4px 0 0" }}>
        {t("{{name}}于{{at}}说明：{{reason}}", {
          name: given.byName,
          at: moment(given.at),
          reason: given.reason,
        })}
        {canJustify && (
          <Button size="small" type="link" loading={retract.isPending} onClick={() => retract.mutate()}>
            {t("撤回说明")}
          </Button>
        )}
      </Typography.Paragraph>
    );
  if (force !== "must") return null;
  return (
    <>
      {stale && (
        <Typography.Paragraph type="warning" style={{ margin: "4px 0 0" }}>
          {t("说明之后数据有变，原说明不再有效：{{reason}}", { reason: stale.reason })}
        </Typography.Paragraph>
      )}
      {canJustify && (
        <Button size="small" style={{ marginTop: 4 }} onClick={() => setOpen(true)}>
          {t("说明理由")}
        </Button>
      )}
      <Modal
        open={isOpen}
        title={t("说明为什么可以保留")}
        okText={t("记录说明")}
        cancelText={t("取消")}
        confirmLoading={justify.isPending}
        okButtonProps={{ disabled: reason.trim().length < SHORTEST }}
        onOk={() => justify.mutate(undefined, { onSuccess: () => setOpen(false) })}
        onCancel={() => setOpen(false)}
      >
        <Typography.Paragraph>{message}</Typography.Paragraph>
        <ReasonField
          autoFocus
          label={t("理由（以您的名义记录，随表送审；数据变了须重新说明）")}
          value={reason}
          onChange={setReason}
        />
      </Modal>
    </>
  );
}
