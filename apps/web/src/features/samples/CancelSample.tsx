import { Alert, Button, Checkbox, Flex, Modal, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";

const SHORTEST = 4;

/** Withdraws a sample that was a mistake: with a reason and, where marks were given already, with the word that it is meant nevertheless. */
export function CancelSample({ sample }: { readonly sample: Answered<"getSample"> }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [isMeant, setMeant] = useState(false);
  const marked = sample.items.filter((item) => item.marked > 0).length;
  const cancel = useCommand(
    () =>
      call("cancelSample", {
        params: { year: String(sample.year), sample: sample.id },
        body: { reason: reason.trim(), evenMarked: isMeant },
      }),
    { said: () => t("样本已作废，种子、清单和理由留存在日志里。"), refreshes: ["samples", "workbench"] },
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("作废样本")}</Button>
      <Modal
        open={isOpen}
        title={t("作废样本：{{name}}", { name: sample.name })}
        okText={t("作废")}
        okButtonProps={{
          danger: true,
          disabled: reason.trim().length < SHORTEST || (marked > 0 && !isMeant),
        }}
        cancelText={t("取消")}
        confirmLoading={cancel.isPending}
        onOk={() => cancel.mutate(undefined, { onSuccess: () => setOpen(false) })}
        onCancel={() => setOpen(false)}
      >
        <Flex vertical gap="small">
          <Typography.Text>
            {t(
              "作废的样本不再安排、不再复核，清单、种子“{{seed}}”和作废的理由都留存，任何人仍能重新抽取核对。",
              { seed: sample.seed },
            )}
          </Typography.Text>
          <ReasonField autoFocus label={t("作废的理由（至少4个字）")} value={reason} onChange={setReason} />
          {marked > 0 && (
            <>
              <Alert
                type="warning"
                showIcon
                title={t("已有{{marked}}张复核表填了复核得分，作废后不再作为复核结果。", { marked })}
              />
              <Checkbox checked={isMeant} onChange={({ target }) => setMeant(target.checked)}>
                {t("已有得分，仍要作废")}
              </Checkbox>
            </>
          )}
        </Flex>
      </Modal>
    </>
  );
}
