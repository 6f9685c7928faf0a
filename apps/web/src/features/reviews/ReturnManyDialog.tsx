import { useQueries } from "@tanstack/react-query";
import { Alert, Button, Flex, Input, Modal, Segmented, Skeleton, Tag, Typography } from "antd";
import { useId, useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { opinionFrom, type Quoted } from "../../ui/opinion.ts";
import { useCommand } from "../../ui/use-command.ts";
import { citedOf, type Depth, LONGEST, opinionOf } from "./return-many.ts";

type Item = Answered<"listSubmissions">["items"][number];

/** As many findings as a return may cite. */
const MOST_CITED = 200;
const NOTHING: readonly Quoted[] = [];
const DEPTHS: readonly { readonly value: Depth; readonly label: string }[] = [
  { value: "must", label: t("必须更正的") },
  { value: "should", label: t("加上应当说明的") },
  { value: "hint", label: t("全部问题") },
];

/**
 * Sends many back, each with an opinion made of its own findings, to be changed one by one before they go. What the server refuses
 * stays in the dialog with why and with its words; what it took is gone from it.
 */
export function ReturnManyDialog({
  items,
  onClose,
  onReturned,
}: {
  readonly items: readonly Item[];
  readonly onClose: () => void;
  /** Of those that were sent back, while others may still be in the dialog. */
  readonly onReturned: (submissions: readonly string[]) => void;
}) {
  // The list behind the dialog forgets a form once it is returned; the dialog keeps its own.
  const [left, setLeft] = useState(items);
  const [depth, setDepth] = useState<Depth>("must");
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [closing, setClosing] = useState("");
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [returned, setReturned] = useState(0);
  const closingId = useId();
  const forms = useQueries({
    queries: left.map(({ id }) => ({
      queryKey: ["form-reviewed", id],
      queryFn: async () => (await call("getForm", { params: { submission: id } })).body,
    })),
  });
  const entries = left.map((item, index) => {
    const form = forms[index];
    const findings = form?.data?.review?.findings ?? NOTHING;
    const own = typed[item.id];
    const opinion = opinionOf(findings, depth, own, closing);
    const said = opinionOf(findings, depth, own, "");
    return { item, form, findings, own, opinion, isReady: said !== "" && opinion.length <= LONGEST };
  });
  const isWaiting = entries.some(({ form, own }) => form?.isPending && own === undefined);
  const notReady = entries.filter(({ isReady }) => !isReady).length;
  const send = useCommand(
    async () =>
      (
        await call("decideInBulk", {
          body: {
            command: "return",
            submissions: entries.map(({ item }) => item.id),
            reason: null,
            opinions: entries.map(({ item, opinion, findings }) => ({
              submission: item.id,
              reason: opinion,
              findings: citedOf(findings, depth)
                .slice(0, MOST_CITED)
                .map(({ fingerprint }) => fingerprint),
            })),
          },
        })
      ).body,
    { refreshes: ["submissions", "workbench", "history"] },
  );
  const drop = (id: string) => {
    const rest = left.filter((each) => each.id !== id);
    setLeft(rest);
    if (rest.length === 0) onClose();
  };
  const go = () =>
    send.mutate(undefined, {
      onSuccess: ({ items: outcomes }) => {
        const done = outcomes.filter(({ outcome }) => outcome === "done").map(({ submission }) => submission);
        setRefused(
          Object.fromEntries(
            outcomes.flatMap(({ submission, outcome, says }) =>
              outcome === "refused" ? [[submission, says ?? ""]] : [],
            ),
          ),
        );
        setReturned((before) => before + done.length);
        setLeft((before) => before.filter(({ id }) => !done.includes(id)));
        onReturned(done);
        if (done.length === outcomes.length) onClose();
      },
    });
  const failed = Object.keys(refused).length;
  return (
    <Modal
      open
      width={880}
      title={t("退回{{n}}张表，每张用自己的意见", { n: left.length })}
      okText={t("退回{{n}}张", { n: left.length })}
      cancelText={t("取消")}
      // What was typed is not lost by a click beside it.
      mask={{ closable: false }}
      confirmLoading={send.isPending}
      okButtonProps={{ disabled: isWaiting || notReady > 0 }}
      onOk={go}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        {failed > 0 && (
          <Alert
            showIcon
            role="alert"
            type="warning"
            title={t("已退回{{done}}张，{{failed}}张没有退回，原因写在各张上；意见还在，改好可以再退。", {
              done: returned,
              failed,
            })}
          />
        )}
        <Flex gap="small" wrap align="center">
          <span id={`${closingId}-depth`}>{t("意见写入的问题：")}</span>
          <Segmented<Depth>
            aria-labelledby={`${closingId}-depth`}
            value={depth}
            onChange={setDepth}
            options={[...DEPTHS]}
          />
          <Typography.Text type="secondary">{t("已经改过的意见不会变。")}</Typography.Text>
        </Flex>
        <Flex
          vertical
          gap="middle"
          style={{ maxHeight: "52vh", overflow: "auto" }}
          tabIndex={0}
          role="group"
          aria-label={t("各张表的意见")}
        >
          {entries.map(({ item, form, findings, own, opinion, isReady }) => (
            <Entry
              key={item.id}
              item={item}
              isPending={form?.isPending ?? true}
              error={form?.error ?? null}
              again={() => void form?.refetch()}
              findings={findings}
              value={own ?? opinionFrom(citedOf(findings, depth))}
              isTyped={own !== undefined}
              length={opinion.length}
              isReady={isReady}
              refused={refused[item.id] ?? null}
              onType={(value) => setTyped({ ...typed, [item.id]: value })}
              onAgain={() => {
                const { [item.id]: _, ...rest } = typed;
                setTyped(rest);
              }}
              onDrop={() => drop(item.id)}
            />
          ))}
        </Flex>
        <div>
          <label htmlFor={closingId}>{t("每份意见末尾都加的一句（可以不填）")}</label>
          <Input
            id={closingId}
            maxLength={200}
            value={closing}
            onChange={({ target }) => setClosing(target.value)}
          />
        </div>
        {!isWaiting && notReady > 0 && (
          <Typography.Text type="secondary" role="status">
            {t("还有{{n}}张没有意见或意见过长，写好或移出后才能退回。", { n: notReady })}
          </Typography.Text>
        )}
      </Flex>
    </Modal>
  );
}

function Entry({
  item: { id, projectName },
  isPending,
  error,
  again,
  findings,
  value,
  isTyped,
  length,
  isReady,
  refused,
  onType,
  onAgain,
  onDrop,
}: {
  readonly item: Item;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly again: () => void;
  readonly findings: readonly Quoted[];
  readonly value: string;
  readonly isTyped: boolean;
  readonly length: number;
  readonly isReady: boolean;
  readonly refused: string | null;
  readonly onType: (value: string) => void;
  readonly onAgain: () => void;
  readonly onDrop: () => void;
}) {
  const field = useId();
  const count = (force: Quoted["force"]) => findings.filter((each) => each.force === force).length;
  const [must, should] = [count("must"), count("should")];
  return (
    <section aria-labelledby={`${field}-name`}>
      <Flex justify="space-between" gap="small" wrap align="center" style={{ marginBottom: 4 }}>
        <Flex gap="small" wrap align="center">
          <label htmlFor={field} id={`${field}-name`}>
            <strong>{projectName}</strong>
          </label>
          {must > 0 && <Tag color="error">{t("必须更正{{n}}个", { n: must })}</Tag>}
          {should > 0 && <Tag color="warning">{t("应当说明{{n}}个", { n: should })}</Tag>}
        </Flex>
        <Flex gap="small">
          {isTyped && (
            <Button size="small" onClick={onAgain}>
              {t("重新按问题生成")}
            </Button>
          )}
          <Button
            size="small"
            href={`/forms/${id}`}
            target="_blank"
            aria-label={t("在新页打开“{{projectName}}”", { projectName })}
          >
            {t("打开")}
          </Button>
          <Button size="small" aria-label={t("移出“{{projectName}}”", { projectName })} onClick={onDrop}>
            {t("移出")}
          </Button>
        </Flex>
      </Flex>
      {refused !== null && <Alert type="error" showIcon title={t("没有退回：{{why}}", { why: refused })} />}
      {error && <Failed error={error} again={again} />}
      {isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 3 }} />
      ) : (
        <Input.TextArea
          id={field}
          autoSize={{ minRows: 2, maxRows: 9 }}
          maxLength={LONGEST}
          value={value}
          status={isReady ? "" : "warning"}
          placeholder={t("没有选入的问题。请写明为什么退回，或移出这张。")}
          onChange={({ target }) => onType(target.value)}
        />
      )}
      {length > LONGEST && (
        <Typography.Text type="warning">
          {t("连同末尾一句有{{length}}字，超过{{longest}}字，请精简。", { length, longest: LONGEST })}
        </Typography.Text>
      )}
    </section>
  );
}
