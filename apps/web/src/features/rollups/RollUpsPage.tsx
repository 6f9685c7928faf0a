import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Table } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { inWan, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { YEARS } from "./years.ts";

type Item = Answered<"listSubmissions">["items"][number];

/** The roll-ups within reach. */
export function RollUpsPage() {
  const { filter, setFilter } = useFilters<"year">();
  const year = filter("year");
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["submissions", "rollups", year],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (
          await call("listSubmissions", {
            query: {
              only: "rollups",
              limit: "50",
              ...(year ? { year } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          })
        ).body,
      getNextPageParam: ({ next }) => next,
    });
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("汇总")}
        says={t("把二级项目的自评表汇总成类别或部门的一张表；每个数都能查到来自哪张表的哪一格。")}
      >
        <Link to="/rollups/new">
          <Button type="primary" tabIndex={-1}>
            {t("新的汇总")}
          </Button>
        </Link>
      </PageHead>
      <Flex gap="small">
        <Pick label={t("年度")} value={year} onChange={setFilter("year")} options={YEARS} />
      </Flex>
      {error && <Failed error={error} again={refetch} />}
      <Table<Item>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{
          emptyText: (
            <Empty
              description={t(
                "还没有汇总表。项目的自评表审核通过后，点“新的汇总”，选几张试一试：不生成就什么也不会留下。",
              )}
            />
          ),
        }}
        columns={[
          {
            title: t("汇总表"),
            dataIndex: "projectName",
            render: (name: string, { id }) => <Link to={`/rollups/${id}`}>{name}</Link>,
          },
          { title: t("年度"), dataIndex: "year", width: 72 },
          { title: t("状态"), dataIndex: "standing", width: 170 },
          {
            title: t("全年预算（万元）"),
            dataIndex: "adjustedBudget",
            width: 150,
            align: "right",
            render: inWan,
          },
          {
            title: t("全年执行（万元）"),
            dataIndex: "expenditure",
            width: 150,
            align: "right",
            render: inWan,
          },
          { title: t("总分"), dataIndex: "totalScore", width: 80, align: "right" },
          { title: t("更新时间"), dataIndex: "updatedAt", width: 170, render: moment },
        ]}
      />
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("再列50张")}
        </Button>
      )}
    </Flex>
  );
}
