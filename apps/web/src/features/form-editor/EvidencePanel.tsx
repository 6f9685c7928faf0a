import { DeleteOutlined, InboxOutlined } from "@ant-design/icons";
import type { Form } from "@jiheng/domain";
import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Input, Popconfirm, Typography } from "antd";
import { useRef, useState } from "react";
import { addressOf, call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { useCommand } from "../../ui/use-command.ts";

/** The row an address lies in; null where it lies in none. */
export function rowOf(address: string | null): string | null {
  return address === null ? null : (/^indicators\[([^\]]+)\]/.exec(address)?.[1] ?? null);
}

/** Attaches files to a row, or to the whole form where none is named, one after another; what failed is said and does not hold up the rest. */
export function useAttach(submission: string) {
  return useCommand(
    async ({ files, row }: { readonly files: readonly File[]; readonly row: string | null }) => {
      const failed: string[] = [];
      for (const file of files)
        try {
          await call("attachEvidence", { params: { submission }, body: { indicator: row }, files: [file] });
        } catch (error) {
          failed.push(`${file.name}：${error instanceof Error ? error.message : String(error)}`);
        }
      if (failed.length > 0) throw new Error(failed.join("；"));
      return files.length;
    },
    {
      said: (files) => t("已附上{{files}}份佐证材料。", { files }),
      refreshes: ["evidence"],
    },
  );
}

/** Files that prove what the rows say: dropped on a row of the form, or here. */
export function EvidencePanel({
  submission,
  form,
  selected,
  canAttach,
}: {
  readonly submission: string;
  readonly form: Form;
  readonly selected: string | null;
  readonly canAttach: boolean;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["evidence", submission],
    queryFn: async () => (await call("listEvidence", { params: { submission } })).body.items,
  });
  const attach = useAttach(submission);
  const row = form.indicators.find(({ id }) => id === rowOf(selected)) ?? null;
  const nameOf = (id: string | null) =>
    id === null ? t("整张表") : (form.indicators.find((each) => each.id === id)?.name ?? t("已删除的指标"));
  if (error) return <Failed error={error} again={refetch} />;
  const files = (data ?? []).filter(({ removedAt }) => removedAt === null);
  return (
    <Flex vertical gap="small">
      {canAttach && (
        <>
          <button
            type="button"
            className="drop-place"
            onClick={() => chooser.current?.click()}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              attach.mutate({ files: [...event.dataTransfer.files], row: row?.id ?? null });
            }}
          >
            <InboxOutlined style={{ fontSize: 22 }} />
            <span>
              {row
                ? t("把文件拖到这里或点此选择，附在“{{name}}”下", { name: row.name ?? "" })
                : t("把文件拖到表的某一行，或拖到这里附在整张表下")}
            </span>
          </button>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-label={t("选择佐证材料")}
            onChange={({ target }) => {
              attach.mutate({ files: [...(target.files ?? [])], row: row?.id ?? null });
              target.value = "";
            }}
          />
          {attach.isPending && <Typography.Text role="status">{t("正在上传")}</Typography.Text>}
        </>
      )}
      {files.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("还没有佐证材料。")} />
      ) : (
        <ul className="plain-list">
          {files.map(({ id, name, indicator, bytes, at, byName }) => (
            <li key={id}>
              <Flex justify="space-between" gap="small" align="baseline">
                <a href={addressOf("downloadEvidence", { params: { submission, evidence: id } })}>{name}</a>
                {canAttach && <Remove submission={submission} evidence={id} name={name} />}
              </Flex>
              <Typography.Text type="secondary">
                {t("{{row}}　{{size}} KB　{{byName}}　{{at}}", {
                  row: nameOf(indicator),
                  size: Math.ceil(bytes / 1024),
                  byName,
                  at: moment(at),
                })}
              </Typography.Text>
            </li>
          ))}
        </ul>
      )}
    </Flex>
  );
}

function Remove({
  submission,
  evidence,
  name,
}: {
  readonly submission: string;
  readonly evidence: string;
  readonly name: string;
}) {
  const [reason, setReason] = useState("");
  const remove = useCommand(
    () => call("removeEvidence", { params: { submission, evidence }, body: { reason: reason.trim() } }),
    { said: () => t("已移除，原件留在记录里。"), refreshes: ["evidence"] },
  );
  return (
    <Popconfirm
      title={t("移除“{{name}}”", { name })}
      description={
        <Input
          aria-label={t("移除的理由")}
          placeholder={t("移除的理由")}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      }
      okText={t("移除")}
      cancelText={t("取消")}
      okButtonProps={{ disabled: reason.trim() === "" }}
      onConfirm={() => remove.mutate()}
    >
      <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("移除“{{name}}”", { name })} />
    </Popconfirm>
  );
}
