import type { Form } from "@jiheng/domain";
import { KIND_TITLES } from "@jiheng/workflow";
import { useQueries } from "@tanstack/react-query";
import { Alert, Flex, Input, Modal, Select, Typography } from "antd";
import { useId, useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { placeFor, rowOf, type Usage, usualTarget } from "./usage.ts";

const OPEN_STATES = ["draft", "returned", "withdrawn"] as const;

/** Puts an indicator as a new row into a form that one is writing. */
export function InsertDialog({ usage, onClose }: { readonly usage: Usage; readonly onClose: () => void }) {
  const target = useId();
  const [submission, setSubmission] = useState<string | undefined>();
  const [typed, setTyped] = useState(usualTarget(usage) ?? "");
  const found = useQueries({
    queries: OPEN_STATES.map((state) => ({
      queryKey: ["submissions", "to-insert", state],
      queryFn: async () => (await call("listSubmissions", { query: { state, limit: "100" } })).body.items,
    })),
  });
  const failed = found.find(({ error }) => error)?.error;
  const forms = found
    .flatMap(({ data }) => data ?? [])
    .filter(({ kind, isRollup }) => kind !== "review" && !isRollup)
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const isLoading = found.some(({ isPending }) => isPending);
  const {
    mutate,
    isPending,
    data: done,
  } = useCommand(
    async (id: string) => {
      const { body, revision } = await call("getForm", { params: { submission: id } });
      const rows = ((body.form as Form | null) ?? { indicators: [] }).indicators;
      const values = rowOf(usage, rows, typed.trim() === "" ? null : typed);
      await call("editForm", {
        params: { submission: id },
        ifMatch: revision ?? 0,
        body: {
          edits: [{ op: "insert-row", row: crypto.randomUUID(), after: placeFor(rows, usage), values }],
        },
      });
      return { id, name: body.submission.projectName };
    },
    { refreshes: ["submissions", "form"] },
  );
  return (
    <Modal
      open
      title={t("把“{{name}}”放进我的表", { name: usage.name })}
      okText={done ? t("再放一张") : t("放进去")}
      cancelText={t("关闭")}
      okButtonProps={{ disabled: submission === undefined, loading: isPending }}
      onOk={() => submission !== undefined && mutate(submission)}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        {failed && <Failed error={failed} />}
        {!isLoading && forms.length === 0 ? (
          <Typography.Text>
            {t("您没有正在填的表。先在“表格”里打开一张已下达的表，或在项目页申报目标。")}
          </Typography.Text>
        ) : (
          <Select
            aria-label={t("放进哪张表")}
            placeholder={t("放进哪张表")}
            loading={isLoading}
            showSearch={{ optionFilterProp: "label" }}
            {...(submission === undefined ? {} : { value: submission })}
            onChange={(picked: string) => setSubmission(picked)}
            options={forms.map(({ id, projectName, year, kind, standing }) => ({
              value: id,
              label: `${projectName}（${year} ${t(KIND_TITLES[kind])} · ${standing}）`,
            }))}
          />
        )}
        <div>
          <label htmlFor={target}>{t("目标值")}</label>
          <Input id={target} value={typed} onChange={({ target: field }) => setTyped(field.value)} />
          <Typography.Text type="secondary">
            {t("先填了别人目标的中位数，请按自己的项目改；清空则留空格。分值和其他格留待填写。")}
          </Typography.Text>
        </div>
        {done && (
          <Alert
            type="success"
            showIcon
            title={t("已放进“{{name}}”", { name: done.name })}
            action={<Link to={`/forms/${done.id}`}>{t("打开表")}</Link>}
          />
        )}
      </Flex>
    </Modal>
  );
}
