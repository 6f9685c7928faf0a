import { Button, Flex, Input, Modal } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import type { Shown } from "./FindingsPanel.tsx";

const SHORTEST = 4;

/** Puts a finding of a decided form into the rectification ledger, with its deadline. */
export function RectifyControl({
  submission,
  finding: { fingerprint, message },
}: {
  readonly submission: string;
  readonly finding: Shown;
}) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState(message);
  const [due, setDue] = useState("");
  const open = useCommand(
    () =>
      call("openRectification", { body: { submission, finding: fingerprint, problem: problem.trim(), due } }),
    { said: () => t("已下达整改，列入台账。"), refreshes: ["rectifications", "history"] },
  );
  return (
    <>
      <Button size="small" style={{ marginTop: 4 }} onClick={() => setOpen(true)}>
        {t("下达整改")}
      </Button>
      <Modal
        open={isOpen}
        title={t("下达整改")}
        okText={t("下达")}
        cancelText={t("取消")}
        confirmLoading={open.isPending}
        okButtonProps={{ disabled: due === "" || problem.trim().length < SHORTEST }}
        onOk={() => open.mutate(undefined, { onSuccess: () => setOpen(false) })}
        onCancel={() => setOpen(false)}
      >
        <Flex vertical gap="small">
          <ReasonField label={t("要整改的问题")} value={problem} onChange={setProblem} />
          <Flex gap="small" align="center">
            <label htmlFor={`due-${fingerprint}`}>{t("整改期限")}</label>
            <Input
              id={`due-${fingerprint}`}
              type="date"
              style={{ width: 160 }}
              value={due}
              onChange={({ target }) => setDue(target.value)}
            />
          </Flex>
        </Flex>
      </Modal>
    </>
  );
}
