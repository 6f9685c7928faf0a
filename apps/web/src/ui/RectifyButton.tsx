import { Button, Flex, Modal } from "antd";
import { useId, useState } from "react";
import { call } from "../api/client.ts";
import { t } from "../i18n/words.ts";
import { DayField } from "./DayField.tsx";
import { ReasonField } from "./ReasonField.tsx";
import { useCommand } from "./use-command.ts";

const SHORTEST = 4;

/** Puts a problem of a form into the rectification ledger, with its deadline; `finding` where the review found it. */
export function RectifyButton({
  submission,
  finding,
  words,
}: {
  readonly submission: string;
  readonly finding: string | null;
  readonly words: string;
}) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState(words);
  const [due, setDue] = useState("");
  const open = useCommand(
    () => call("openRectification", { body: { submission, finding, problem: problem.trim(), due } }),
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
            <label htmlFor={id}>{t("整改期限")}</label>
            <DayField id={id} style={{ width: 160 }} value={due} onChange={setDue} />
          </Flex>
        </Flex>
      </Modal>
    </>
  );
}
