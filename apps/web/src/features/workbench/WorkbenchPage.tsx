import { useQuery } from "@tanstack/react-query";
import { Button, Card, Col, Empty, Flex, Row, Statistic, Table, Tag, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { dueIn } from "../../ui/due-in.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";

type Item = Answered<"getWorkbench">["items"][number];

/** What waits, the nearest deadline first, with one click to continue. */
export function WorkbenchPage() {
  const { data, error, isPending } = useQuery({
    queryKey: ["workbench"],
    queryFn: async () => (await call("getWorkbench", { query: { limit: "100" } })).body,
  });
  if (error) return <Failed error={error} />;
  const items = data?.items ?? [];
  const overdue = items.filter(({ due }) => due !== null && Date.parse(due) < Date.now()).length;
  const returned = items.filter(({ state }) => state === "returned").length;
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("工作台")} />
      <Row gutter={16}>
        <Figure title={t("等我办理")} value={data?.counts.reduce((sum, { forms }) => sum + forms, 0)} />
        <Figure title={t("退回待更正")} value={data ? returned : undefined} />
        <Figure title={t("已经逾期")} value={data ? overdue : undefined} />
      </Row>
      <Card size="small" title={t("待办")} styles={{ body: { padding: 0 } }}>
        <Table<Item>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={items}
          pagination={items.length > 20 ? { pageSize: 20 } : false}
          locale={{ emptyText: <Empty description={t("没有等您办理的表。新的工作布置后会出现在这里。")} /> }}
          columns={[
            {
              title: t("项目"),
              dataIndex: "projectName",
              render: (name: string, { id }) => <Link to={`/forms/${id}`}>{name}</Link>,
            },
            { title: t("年度"), dataIndex: "year", width: 72 },
            { title: t("状态"), dataIndex: "standing", width: 160 },
            {
              title: t("必须更正"),
              dataIndex: "must",
              width: 96,
              align: "right",
              render: (must: number) => (must > 0 ? <Tag color="error">{must}</Tag> : "—"),
            },
            {
              title: t("截止"),
              dataIndex: "due",
              width: 150,
              render: (due: string | null) => <Due due={due} />,
            },
            {
              title: "",
              key: "go",
              width: 88,
              render: (_, { id }) => (
                <Link to={`/forms/${id}`}>
                  <Button size="small" type="primary">
                    {t("继续")}
                  </Button>
                </Link>
              ),
            },
          ]}
        />
      </Card>
    </Flex>
  );
}

function Figure({ title, value }: { readonly title: string; readonly value: number | undefined }) {
  return (
    <Col xs={24} sm={8}>
      <Card size="small">
        <Statistic title={title} value={value ?? "…"} />
      </Card>
    </Col>
  );
}

function Due({ due }: { readonly due: string | null }) {
  if (due === null) return <>—</>;
  const { says, isOver } = dueIn(due, Date.now());
  return <Typography.Text {...(isOver ? { type: "danger" as const } : {})}>{says}</Typography.Text>;
}
