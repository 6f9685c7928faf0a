import { STATE_TITLES, type State } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Flex, Table, Tag, Typography } from "antd";
import { Link, useNavigate } from "react-router";
import { call } from "../api/client.ts";
import type { Answered } from "../api/operations-of.ts";
import { t } from "../i18n/words.ts";
import { dueIn } from "./due-in.ts";
import { Failed } from "./Failed.tsx";
import { day } from "./figures.ts";
import { SectionTitle } from "./SectionTitle.tsx";
import { useCommand } from "./use-command.ts";

type Sheet = Answered<"listMyReviews">["items"][number];

const WHY: Readonly<Record<Sheet["why"], string>> = {
  assigned: t("指派给我"),
  begun: t("我在写"),
  open: t("还没有人领"),
};

/** The review sheets somebody has to write, with one click to begin or to go on. `isShownEmpty`: says so where there are none. */
export function MyReviews({ isShownEmpty = false }: { readonly isShownEmpty?: boolean }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["samples", "mine"],
    queryFn: async () => (await call("listMyReviews", {})).body.items,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!isShownEmpty && (data ?? []).length === 0) return null;
  const open = data?.filter(({ why }) => why === "open").length ?? 0;
  return (
    <Card
      size="small"
      title={<SectionTitle>{t("我的抽查任务")}</SectionTitle>}
      extra={
        data && data.length > 0 ? (
          <Typography.Text type="secondary">
            {open > 0
              ? t("{{mine}}张在您手里，{{open}}张还没有人领", { mine: data.length - open, open })
              : t("{{mine}}张在您手里", { mine: data.length })}
          </Typography.Text>
        ) : undefined
      }
      styles={{ body: { padding: 0 } }}
    >
      <Table<Sheet>
        size="small"
        rowKey="review"
        loading={isPending}
        dataSource={data ?? []}
        pagination={(data?.length ?? 0) > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        scroll={{ x: 680 }}
        locale={{
          emptyText: <Empty description={t("现在没有要您复核的表。财政部门抽样并指派后会出现在这里。")} />,
        }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "project",
            render: (project: string, { review, unit, sampleName, returnReason }) => (
              <>
                <Link to={`/forms/${review}`}>{project}</Link>
                <br />
                <Typography.Text type="secondary">
                  {unit}　{sampleName}
                </Typography.Text>
                {returnReason !== null && (
                  <>
                    <br />
                    <Typography.Text type="warning">
                      {t("退回的理由")}：{returnReason}
                    </Typography.Text>
                  </>
                )}
              </>
            ),
          },
          {
            title: t("状态"),
            key: "state",
            width: 130,
            render: (_, { why, state, rows, marked }) => (
              <>
                <Tag>{WHY[why]}</Tag>
                <div className="one-line">
                  {state === "issued"
                    ? t(STATE_TITLES[state as State])
                    : t("已复核{{marked}}/{{rows}}行", { marked, rows })}
                </div>
              </>
            ),
          },
          {
            title: t("截止"),
            key: "due",
            width: 170,
            render: (_, { due, until }) => (
              <>
                <div>{due === null ? "—" : dueIn(due, Date.now()).says}</div>
                {until !== null && (
                  <Typography.Text type="secondary">
                    {t("权限到{{until}}", { until: day(until) })}
                  </Typography.Text>
                )}
              </>
            ),
          },
          {
            title: t("操作"),
            key: "act",
            width: 110,
            render: (_, { review, state, project }) => <Act {...{ review, state, project }} />,
          },
        ]}
      />
    </Card>
  );
}

function Act({ review, state, project }: Pick<Sheet, "review" | "state" | "project">) {
  const go = useNavigate();
  const begin = useCommand(() => call("beginReview", { params: { submission: review }, body: {} }), {
    refreshes: ["samples", "workbench"],
  });
  const isNew = state === "issued";
  const label = isNew ? t("开始复核") : t("接着复核");
  return (
    <Flex>
      <Button
        size="small"
        loading={begin.isPending}
        aria-label={t("{{label}}：{{project}}", { label, project })}
        onClick={() => {
          const open = () => void go(`/forms/${review}`);
          if (isNew) begin.mutate(undefined, { onSuccess: open });
          else open();
        }}
      >
        {label}
      </Button>
    </Flex>
  );
}
