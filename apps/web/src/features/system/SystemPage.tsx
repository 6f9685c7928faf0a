import { useQuery } from "@tanstack/react-query";
import {
  Alert,
  Button,
  Card,
  Empty,
  Flex,
  Input,
  Popconfirm,
  Select,
  Space,
  Switch,
  Table,
  Tag,
  Typography,
} from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { count, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useCommand } from "../../ui/use-command.ts";

type Backup = Answered<"listBackups">["items"][number];
type Webhook = Answered<"listWebhooks">["items"][number];

const DAY = 86_400_000;
/** Groups of events another system may ask for. */
const EVENTS: readonly { readonly value: string; readonly label: string }[] = [
  { value: "submission", label: t("表格的每一步") },
  { value: "submission.approved", label: t("审核通过") },
  { value: "submission.published", label: t("公开") },
  { value: "call", label: t("布置工作") },
  { value: "budget", label: t("预算数据") },
  { value: "rectification", label: t("整改") },
  { value: "result", label: t("结果应用") },
];

/** Backups: when the last ones were made and how; and other systems. */
export function SystemPage() {
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("备份和对接")}
        says={t("备份在服务器上用命令做，这里看得到做没做、内容的摘要是什么。")}
      />
      <Backups />
      <Webhooks />
    </Flex>
  );
}

function Backups() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["backups"],
    queryFn: async () => (await call("listBackups")).body.items,
  });
  const last = data?.find(({ kind }) => kind === "made");
  const isOld = !last || Date.now() - Date.parse(last.at) > 2 * DAY;
  return (
    <Card size="small" title={<SectionTitle>{t("备份")}</SectionTitle>}>
      <Flex vertical gap="small">
        {error && <Failed error={error} again={refetch} />}
        {data && (
          <Alert
            showIcon
            type={isOld ? "warning" : "success"}
            title={
              last
                ? t("最近一次备份：{{at}}", { at: moment(last.at) })
                : t("还没有备份过。请系统管理员在服务器上设置每天备份。")
            }
          />
        )}
        <Typography.Text>
          {t("备份（服务开着也可以）：")}
          <Typography.Text code>npx jiheng backup -o FILE --data DIR</Typography.Text>
        </Typography.Text>
        <Typography.Text>
          {t("恢复（只到空目录）：")}
          <Typography.Text code>npx jiheng restore FILE --data DIR</Typography.Text>
        </Typography.Text>
        <Table<Backup>
          size="small"
          rowKey="at"
          loading={isPending}
          pagination={false}
          dataSource={data ?? []}
          scroll={{ x: 700 }}
          locale={{ emptyText: <Empty description={t("没有备份记录。")} /> }}
          columns={[
            { title: t("时间"), dataIndex: "at", width: 200, render: moment },
            {
              title: t("事项"),
              dataIndex: "kind",
              width: 100,
              render: (kind: Backup["kind"]) => t(kind === "made" ? "备份" : "恢复"),
            },
            { title: t("行数"), dataIndex: "rows", width: 120, align: "right", render: count },
            { title: t("文件摘要（SHA-256）"), dataIndex: "sha256" },
          ]}
        />
      </Flex>
    </Card>
  );
}

function Webhooks() {
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<string[]>(["submission"]);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["webhooks"],
    queryFn: async () => (await call("listWebhooks", { query: { limit: "100" } })).body.items,
  });
  const make = useCommand(
    async () => (await call("createWebhook", { body: { url: url.trim(), events } })).body,
    {
      refreshes: ["webhooks"],
    },
  );
  const turn = useCommand(
    ({ id, isOn }: { readonly id: string; readonly isOn: boolean }) =>
      call("switchWebhook", { params: { webhook: id }, body: { enabled: isOn } }),
    { refreshes: ["webhooks"] },
  );
  const remove = useCommand((id: string) => call("removeWebhook", { params: { webhook: id } }), {
    said: () => t("已删除。"),
    refreshes: ["webhooks"],
  });
  return (
    <Card size="small" title={<SectionTitle>{t("通知其他系统")}</SectionTitle>}>
      <Flex vertical gap="small">
        {error && <Failed error={error} again={refetch} />}
        <Table<Webhook>
          size="small"
          rowKey="id"
          loading={isPending}
          pagination={false}
          dataSource={data ?? []}
          scroll={{ x: 700 }}
          locale={{
            emptyText: <Empty description={t("没有对接地址。登记后，所选的事件会带签名推送过去。")} />,
          }}
          columns={[
            { title: t("地址"), dataIndex: "url" },
            {
              title: t("事件"),
              dataIndex: "events",
              width: 260,
              render: (of: string[]) => of.map((each) => <Tag key={each}>{each}</Tag>),
            },
            {
              title: t("启用"),
              key: "enabled",
              width: 90,
              render: (_, { id, disabled, url: to }) => (
                <Switch
                  aria-label={t("启用 {{url}}", { url: to })}
                  checked={disabled === null}
                  onChange={(isOn) => turn.mutate({ id, isOn })}
                />
              ),
            },
            {
              title: t("操作"),
              key: "acts",
              width: 100,
              render: (_, { id }) => (
                <Popconfirm
                  title={t("删除这个地址和它的推送记录？")}
                  okText={t("删除")}
                  cancelText={t("取消")}
                  onConfirm={() => remove.mutate(id)}
                >
                  <Button size="small">{t("删除")}</Button>
                </Popconfirm>
              ),
            },
          ]}
        />
        {make.data && (
          <Alert
            type="success"
            showIcon
            title={t("签名密钥（只显示这一次，填到对方系统里）")}
            description={
              <Typography.Text code copyable style={{ overflowWrap: "anywhere" }}>
                {make.data.secret}
              </Typography.Text>
            }
          />
        )}
        <Space wrap>
          <Input
            aria-label={t("对接地址")}
            placeholder="https://…"
            style={{ width: 320 }}
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
          <Select
            mode="multiple"
            aria-label={t("要推送的事件")}
            style={{ minWidth: 260 }}
            options={[...EVENTS]}
            value={events}
            onChange={setEvents}
          />
          <Button
            type="primary"
            loading={make.isPending}
            disabled={!/^https?:\/\/\S+$/.test(url.trim()) || events.length === 0}
            onClick={() => make.mutate(undefined, { onSuccess: () => setUrl("") })}
          >
            {t("登记地址")}
          </Button>
        </Space>
      </Flex>
    </Card>
  );
}
