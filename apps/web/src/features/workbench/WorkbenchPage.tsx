import { KIND_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Col, Empty, Flex, Row, Table, Tag, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { dueIn } from "../../ui/due-in.ts";
import { Failed } from "../../ui/Failed.tsx";
import { count } from "../../ui/figures.ts";
import { LogDigest } from "../../ui/LogDigest.tsx";
import { MyReviews } from "../../ui/MyReviews.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useSession } from "../session/index.ts";
import { GuideCard, RemindersCard, ReturnsCard } from "./NotesCards.tsx";
import { ProgressCard } from "./ProgressCard.tsx";
import { PublishingCard } from "./PublishingCard.tsx";
import { RoleCard } from "./RoleCard.tsx";
import "./workbench.css";

type Item = Answered<"getWorkbench">["items"][number];

/** What waits, the nearest deadline first, with one click to continue; beside it what the person answers for. */
export function WorkbenchPage() {
  const { profile } = useSession();
  const roles = profile?.grants.map(({ role }) => role) ?? [];
  const is = (...wanted: readonly (typeof roles)[number][]) => roles.some((role) => wanted.includes(role));
  const hasForms = is("clerk", "unit-head", "department-reviewer", "finance-officer");
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("工作台")} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={15}>
          <Flex vertical gap="middle">
            {!hasForms && <RoleCard roles={roles} actions={profile?.actions ?? []} />}
            {is("third-party", "finance-officer") && <MyReviews isShownEmpty={!is("finance-officer")} />}
            {hasForms && <Waiting />}
            {is("publication-officer") && !hasForms && <PublishingCard />}
            {is("auditor") && (
              <Card size="small" title={t("操作日志")}>
                <LogDigest />
              </Card>
            )}
          </Flex>
        </Col>
        <Col xs={24} xl={9}>
          <Flex vertical gap="middle">
            {is("clerk") && <GuideCard />}
            {is("department-reviewer", "finance-officer") && <ProgressCard />}
            {hasForms && (
              <>
                <RemindersCard />
                <ReturnsCard />
              </>
            )}
          </Flex>
        </Col>
      </Row>
    </Flex>
  );
}

function Waiting() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["workbench"],
    queryFn: async () => (await call("getWorkbench", { query: { limit: "100" } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  const items = data?.items ?? [];
  const all = data?.counts.reduce((sum, { forms }) => sum + forms, 0) ?? 0;
  const returned = data?.counts.reduce(
    (sum, { state, forms }) => sum + (state === "returned" ? forms : 0),
    0,
  );
  const overdue = items.filter(({ due }) => due !== null && Date.parse(due) < Date.now()).length;
  const next = items[0];
  return (
    <Card
      size="small"
      title={t("待办")}
      extra={
        next && (
          <Link to={`/forms/${next.id}`}>
            <Button type="primary">{t("办理最急的一张")}</Button>
          </Link>
        )
      }
      styles={{ body: { padding: 0 } }}
    >
      <Typography.Paragraph style={{ margin: "8px 12px" }} aria-live="polite">
        {data
          ? t("等您办理{{all}}张，其中退回待更正{{returned}}张，已经逾期{{overdue}}张。", {
              all: count(all),
              returned: count(returned ?? 0),
              overdue: data.next === null ? count(overdue) : t("至少{{n}}", { n: overdue }),
            })
          : t("正在打开")}
      </Typography.Paragraph>
      <Table<Item>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={items}
        pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Empty description={t("没有等您办理的表。新的工作布置后会出现在这里。")} /> }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "projectName",
            render: (name: string, { id }) => <Link to={`/forms/${id}`}>{name}</Link>,
          },
          { title: t("年度"), dataIndex: "year", width: 64 },
          {
            title: t("种类"),
            dataIndex: "kind",
            width: 110,
            render: (kind: Item["kind"]) => t(KIND_TITLES[kind]),
          },
          { title: t("状态"), dataIndex: "standing", width: 140, render: (standing: string) => t(standing) },
          {
            title: t("必须更正"),
            dataIndex: "must",
            width: 84,
            align: "right",
            render: (must: number) => (must > 0 ? <Tag color="error">{must}</Tag> : "—"),
          },
          {
            title: t("截止"),
            dataIndex: "due",
            width: 84,
            render: (due: string | null) => <Due due={due} />,
          },
        ]}
      />
      {data && data.next !== null && (
        <Typography.Paragraph type="secondary" style={{ margin: "4px 12px 8px" }}>
          {t("列出最急的{{n}}张，办完后其余的会补上来。", { n: items.length })}
        </Typography.Paragraph>
      )}
    </Card>
  );
}

function Due({ due }: { readonly due: string | null }) {
  if (due === null) return <>—</>;
  const { says, isOver } = dueIn(due, Date.now());
  return <Typography.Text {...(isOver ? { type: "danger" as const } : {})}>{says}</Typography.Text>;
}
