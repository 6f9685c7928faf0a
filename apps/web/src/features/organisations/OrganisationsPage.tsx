import { ORGANISATION_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Form, Input, Modal, Select, Space, Table, Tag } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { day } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { RowsDialog } from "../../ui/RowsDialog.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { manyBodies } from "./many-bodies.ts";

type Body = Answered<"listOrganisations">["items"][number];
type Asked =
  | { readonly kind: "create" }
  | { readonly kind: "change" | "move" | "close"; readonly body: Body };

/** Bodies of the region: made, renamed, moved to another department, closed; each step with its reason in the log. */
export function OrganisationsPage() {
  const { filter, setFilter } = useFilters<"q" | "kind" | "closed">();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [many, setMany] = useState<ReturnType<typeof manyBodies> | null>(null);
  const query = {
    ...(filter("q") ? { search: filter("q") as string } : {}),
    ...(filter("kind") ? { kind: filter("kind") as Body["kind"] } : {}),
    closed: (filter("closed") ?? "no") as "yes" | "no",
  };
  const list = useInfiniteQuery({
    queryKey: ["organisations", "list", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listOrganisations", {
          query: { ...query, limit: "100", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("机构设置")} says={t("地区之下是主管部门，主管部门之下是单位；项目属于单位。")}>
        <Button onClick={() => setMany(manyBodies())}>{t("批量设立机构")}</Button>
        <Button type="primary" onClick={() => setAsked({ kind: "create" })}>
          {t("新设机构")}
        </Button>
      </PageHead>
      <Flex gap="small" wrap>
        <Input.Search
          allowClear
          aria-label={t("查找机构")}
          placeholder={t("名称、拼音首字母或代码")}
          style={{ width: 240 }}
          defaultValue={filter("q") ?? ""}
          onSearch={setFilter("q")}
        />
        <Pick
          label={t("级别")}
          value={filter("kind")}
          onChange={setFilter("kind")}
          options={Object.entries(ORGANISATION_TITLES).map(([value, label]) => ({ value, label: t(label) }))}
        />
        <Pick
          label={t("在用的")}
          value={filter("closed")}
          onChange={setFilter("closed")}
          options={[{ value: "yes", label: t("已撤销的") }]}
        />
      </Flex>
      <Table<Body>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={items}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{
          emptyText: <Empty description={t("没有符合条件的机构。先设主管部门，再在它下面设单位。")} />,
        }}
        columns={[
          { title: t("代码"), dataIndex: "code", width: 120, render: (code: string | null) => code ?? "—" },
          { title: t("名称"), dataIndex: "name" },
          {
            title: t("级别"),
            dataIndex: "kind",
            width: 110,
            render: (kind: Body["kind"]) => t(ORGANISATION_TITLES[kind]),
          },
          {
            title: t("上级"),
            dataIndex: "parent",
            width: 240,
            render: (parent: string | null) => (parent === null ? "—" : (names.get(parent) ?? t("不在本页"))),
          },
          {
            title: t("操作"),
            key: "acts",
            width: 220,
            render: (_, body) =>
              body.closed !== null ? (
                <Tag>{t("{{day}}撤销", { day: day(body.closed) })}</Tag>
              ) : (
                <Space size={4}>
                  <Button size="small" onClick={() => setAsked({ kind: "change", body })}>
                    {t("更名")}
                  </Button>
                  {body.kind === "unit" && (
                    <Button size="small" onClick={() => setAsked({ kind: "move", body })}>
                      {t("划转")}
                    </Button>
                  )}
                  {body.kind !== "region" && (
                    <Button size="small" onClick={() => setAsked({ kind: "close", body })}>
                      {t("撤销机构")}
                    </Button>
                  )}
                </Space>
              ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列一页")}
        </Button>
      )}
      {many && <RowsDialog of={many} onClose={() => setMany(null)} />}
      {asked && (asked.kind === "create" || asked.kind === "change") && (
        <BodyDialog asked={asked} onClose={() => setAsked(null)} />
      )}
      {asked && (asked.kind === "move" || asked.kind === "close") && (
        <ReasonedDialog kind={asked.kind} body={asked.body} onClose={() => setAsked(null)} />
      )}
    </Flex>
  );
}

interface TypedBody {
  readonly kind: "department" | "unit";
  readonly parent: string;
  readonly code?: string;
  readonly name: string;
}

function BodyDialog({
  asked,
  onClose,
}: {
  readonly asked: { readonly kind: "create" } | { readonly kind: string; readonly body: Body };
  readonly onClose: () => void;
}) {
  const [form] = Form.useForm<TypedBody>();
  const kind = Form.useWatch("kind", form);
  const body = "body" in asked ? asked.body : null;
  const save = useCommand(
    async ({ kind: made, parent, code, name }: TypedBody) => {
      const coded = { name, code: code?.trim() || null };
      if (body) await call("changeOrganisation", { params: { organisation: body.id }, body: coded });
      else await call("createOrganisation", { body: { kind: made, parent, ...coded } });
    },
    { said: () => t("已保存。"), refreshes: ["organisations"] },
  );
  return (
    <Modal
      open
      title={body ? t("更改“{{name}}”的名称、代码", { name: body.name }) : t("新设机构")}
      okText={t("保存")}
      cancelText={t("取消")}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={body ? { name: body.name, code: body.code } : { kind: "unit" }}
        onFinish={(typed) => save.mutate(typed, { onSuccess: onClose })}
      >
        {!body && (
          <>
            <Form.Item name="kind" label={t("级别")}>
              <Select
                options={(["department", "unit"] as const).map((value) => ({
                  value,
                  label: t(ORGANISATION_TITLES[value]),
                }))}
              />
            </Form.Item>
            <Form.Item name="parent" label={t("上级")} rules={[{ required: true, message: t("请选择上级") }]}>
              <ParentField kind={kind === "department" ? "region" : "department"} />
            </Form.Item>
          </>
        )}
        <Form.Item name="name" label={t("名称")} rules={[{ required: true, message: t("请填写名称") }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="code" label={t("代码")}>
          <Input maxLength={40} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function ParentField({
  kind,
  value,
  onChange,
}: {
  readonly kind: "region" | "department";
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
}) {
  return (
    <BodyField
      label={t("上级")}
      kind={kind}
      width="100%"
      value={value}
      onChange={(next) => onChange?.(next)}
    />
  );
}

function ReasonedDialog({
  kind,
  body,
  onClose,
}: {
  readonly kind: "move" | "close";
  readonly body: Body;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [parent, setParent] = useState<string | undefined>(undefined);
  const params = { organisation: body.id };
  const act = useCommand(
    () =>
      kind === "move"
        ? call("moveOrganisation", { params, body: { parent: parent ?? "", reason: reason.trim() } })
        : call("closeOrganisation", { params, body: { reason: reason.trim() } }),
    { said: () => t("已办理，记入日志。"), refreshes: ["organisations"] },
  );
  const title =
    kind === "move" ? t("把“{{name}}”划转到", { name: body.name }) : t("撤销“{{name}}”", { name: body.name });
  return (
    <Modal
      open
      title={title}
      okText={t("办理")}
      cancelText={t("取消")}
      confirmLoading={act.isPending}
      okButtonProps={{ disabled: reason.trim() === "" || (kind === "move" && parent === undefined) }}
      onOk={() => act.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        {kind === "move" && (
          <BodyField
            label={t("主管部门")}
            kind="department"
            width="100%"
            value={parent}
            onChange={setParent}
          />
        )}
        <ReasonField autoFocus label={t("理由")} value={reason} onChange={setReason} />
      </Flex>
    </Modal>
  );
}
