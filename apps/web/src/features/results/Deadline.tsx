import { Badge, Flex, Input, Modal, Radio, Tag, Typography } from "antd";
import { useId, useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { chinaDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { moment } from "../../ui/figures.ts";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { type DeadlineLamp, lampOf } from "./lamp.ts";

type Entry = Answered<"listRectifications">["items"][number];

const LIGHTS: Readonly<
  Record<
    DeadlineLamp["light"],
    { readonly status: "error" | "warning" | "success" | "default"; readonly says: string }
  >
> = {
  overdue: { status: "error", says: t("逾期") },
  soon: { status: "warning", says: t("七天内到期") },
  "in-time": { status: "success", says: t("期内") },
  done: { status: "default", says: t("已了结") },
};
const SHORTEST = 4;

/** The deadline of an entry with its lamp, and every time it was put off: by whom, why, and who allowed it. */
export function Deadline({ entry }: { readonly entry: Entry }) {
  const { light, isAsked, original } = lampOf(entry, chinaDay(new Date()));
  const { status, says } = LIGHTS[light];
  return (
    <>
      <Flex wrap gap={4} align="center">
        <span>{entry.due}</span>
        <Badge status={status} text={says} />
        {isAsked && <Tag color="processing">{t("申请延期，待审批")}</Tag>}
        {original !== null && <Tag color="warning">{t("已延期，原定{{original}}", { original })}</Tag>}
      </Flex>
      {entry.extensions.length > 0 && (
        <details>
          <summary>{t("延期{{n}}次", { n: entry.extensions.length })}</summary>
          {entry.extensions.map((extension) => (
            <div key={extension.id}>
              <div>{t("{{from}} → {{to}}：{{reason}}", wordsOf(extension))}</div>
              <Typography.Text type="secondary">
                {t("{{askedBy}}{{at}}申请", { askedBy: extension.askedBy, at: moment(extension.askedAt) })}
                {extension.granted !== null &&
                  `；${t(extension.granted ? "{{name}}{{at}}同意" : "{{name}}{{at}}不同意", {
                    name: extension.decidedBy ?? "",
                    at: moment(extension.decidedAt ?? extension.askedAt),
                  })}`}
                {extension.note !== null && `：${extension.note}`}
              </Typography.Text>
            </div>
          ))}
        </details>
      )}
    </>
  );
}

function wordsOf({ from, to, reason, askedBy }: Entry["extensions"][number]) {
  return { from, to, reason, askedBy };
}

/** Asks for a later deadline with a reason; `isReviewer`: it is put off at once. */
export function ExtendDialog({
  entry,
  isReviewer,
  onClose,
}: {
  readonly entry: Entry;
  readonly isReviewer: boolean;
  readonly onClose: () => void;
}) {
  const id = useId();
  const [due, setDue] = useState("");
  const [reason, setReason] = useState("");
  const ask = useCommand(
    () =>
      call("extendRectification", {
        params: { year: String(entry.year), id: entry.id },
        body: { due, reason: reason.trim() },
      }),
    {
      said: () =>
        isReviewer ? t("已延期，记入日志。") : t("延期申请已提交，等主管部门审核人或财政人员审批。"),
      refreshes: ["rectifications"],
    },
  );
  return (
    <Modal
      open
      title={isReviewer ? t("延长整改期限") : t("申请整改延期")}
      okText={isReviewer ? t("延期") : t("提交")}
      cancelText={t("取消")}
      confirmLoading={ask.isPending}
      okButtonProps={{ disabled: due <= entry.due || reason.trim().length < SHORTEST }}
      onOk={() => ask.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <Typography.Text>{entry.found ?? entry.problem}</Typography.Text>
        <Typography.Text type="secondary">{t("现在的期限：{{due}}", { due: entry.due })}</Typography.Text>
        <label htmlFor={id}>{t("延到哪天（晚于现在的期限）")}</label>
        <DayField id={id} min={entry.due} value={due} onChange={setDue} />
        <ReasonField label={t("延期的理由（至少4个字）")} value={reason} onChange={setReason} />
      </Flex>
    </Modal>
  );
}

/** Grants or refuses the deadline that was asked for. */
export function DecideDialog({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const [isGranted, setGranted] = useState(true);
  const [note, setNote] = useState("");
  const id = useId();
  const asked = entry.extensions.find(({ granted }) => granted === null);
  const decide = useCommand(
    () =>
      call("decideExtension", {
        params: { year: String(entry.year), id: entry.id, extension: asked?.id ?? "" },
        body: { granted: isGranted, note: note.trim() || null },
      }),
    { said: () => t("已办理，记入日志。"), refreshes: ["rectifications"] },
  );
  if (!asked) return null;
  const written = note.trim().length;
  return (
    <Modal
      open
      title={t("审批延期")}
      okText={t("提交")}
      cancelText={t("取消")}
      confirmLoading={decide.isPending}
      okButtonProps={{ disabled: (!isGranted || written > 0) && written < SHORTEST }}
      onOk={() => decide.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <Typography.Text>
          {t("{{askedBy}}申请从{{from}}延到{{to}}：{{reason}}", wordsOf(asked))}
        </Typography.Text>
        <Radio.Group
          aria-label={t("审批延期")}
          value={isGranted}
          onChange={({ target }) => setGranted(target.value as boolean)}
          options={[
            { value: true, label: t("同意") },
            { value: false, label: t("不同意") },
          ]}
        />
        <label htmlFor={id}>{isGranted ? t("意见（可以不填）") : t("不同意的理由（至少4个字）")}</label>
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Flex>
    </Modal>
  );
}
