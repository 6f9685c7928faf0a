import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Table, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { day } from "../../ui/figures.ts";
import { ProjectField } from "../../ui/ProjectField.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { inYuan, NATURES, sourceTitle } from "./titles.ts";

type Entry = Answered<"listBudget">["items"][number];

/** Every entry, as it was imported. */
export function LedgerTab({ year, organisation }: { readonly year: number; readonly organisation: string }) {
  const { filter, setFilter } = useFilters<"project">();
  const project = filter("project");
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["budget", "ledger", year, organisation, project],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (
          await call("listBudget", {
            query: {
              ...{ year: String(year), organisation, limit: "100" },
              ...(project ? { project } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          })
        ).body,
      getNextPageParam: ({ next }) => next,
    });
  return (
    <Flex vertical gap="small">
      <ProjectField label={t("只看一个项目")} value={project} onChange={setFilter("project")} />
      {error ? (
        <Failed error={error} again={refetch} />
      ) : (
        <Table<Entry>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          scroll={{ x: 980 }}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={t("这一年还没有财政数据。财政部门导入以后，填报时可以带入，审核时自动对账。")}
              />
            ),
          }}
          columns={[
            {
              title: t("项目"),
              dataIndex: "projectName",
              render: (name: string, { project: id }) => <Link to={`/projects/${id}`}>{name}</Link>,
            },
            {
              title: t("类型"),
              dataIndex: "nature",
              width: 90,
              render: (nature: Entry["nature"]) => NATURES[nature],
            },
            { title: t("资金来源"), dataIndex: "source", width: 120, render: sourceTitle },
            { title: t("金额（元）"), dataIndex: "amount", width: 150, align: "right", render: inYuan },
            { title: t("日期"), dataIndex: "date", width: 110, render: (date: string | null) => date ?? "—" },
            { title: t("凭证或文号"), dataIndex: "document", width: 190, ellipsis: true },
            {
              title: t("导入"),
              key: "imported",
              width: 180,
              render: (_, { importedAt, importedBy }) => (
                <Typography.Text type="secondary">
                  {day(importedAt)} {importedBy}
                </Typography.Text>
              ),
            },
          ]}
        />
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("再列100笔")}
        </Button>
      )}
    </Flex>
  );
}
