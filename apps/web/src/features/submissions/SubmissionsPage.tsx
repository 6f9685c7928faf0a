import { KIND_TITLES, STATE_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Flex, Select, Table, Tag, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useFilters } from "../../ui/use-filters.ts";

type Item = Answered<"listSubmissions">["items"][number];
type Query = NonNullable<Sent<"listSubmissions">["query"]>;

const titles = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([value, label]) => ({ value, label }));
const SORTS = [
  { value: "updated", label: t("最近更新在前") },
  { value: "risk", label: t("风险高的在前") },
  { value: "project", label: t("按项目名称") },
];

/** All forms within reach, filtered by the address so that a list can be sent to somebody. */
export function SubmissionsPage() {
  const { filter: picked, setFilter: set } = useFilters<"year" | "kind" | "state" | "sort">();
  const filter: Query = {
    ...(picked("year") ? { year: picked("year") } : {}),
    ...(picked("kind") ? { kind: picked("kind") as NonNullable<Query["kind"]> } : {}),
    ...(picked("state") ? { state: picked("state") as NonNullable<Query["state"]> } : {}),
    sort: (picked("sort") ?? "updated") as NonNullable<Query["sort"]>,
  };
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["submissions", filter],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSubmissions", {
          query: { ...filter, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (error) return <Failed error={error} />;
  const years = Array.from({ length: 6 }, (_, index) => String(new Date().getFullYear() + 1 - index));
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("表格")} />
      <Flex gap="small" wrap>
        <Pick
          label={t("年度")}
          value={picked("year")}
          onChange={set("year")}
          options={years.map((year) => ({ value: year, label: t("{{year}}年", { year }) }))}
        />
        <Pick label={t("种类")} value={picked("kind")} onChange={set("kind")} options={titles(KIND_TITLES)} />
        <Pick
          label={t("状态")}
          value={picked("state")}
          onChange={set("state")}
          options={titles(STATE_TITLES)}
        />
        <Select
          aria-label={t("排序")}
          style={{ width: 150 }}
          options={SORTS}
          value={filter.sort ?? "updated"}
          onChange={set("sort")}
        />
      </Flex>
      <Table<Item>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        columns={[
          {
            title: t("项目"),
            dataIndex: "projectName",
            render: (name: string, { id }) => <Link to={`/forms/${id}`}>{name}</Link>,
          },
          { title: t("年度"), dataIndex: "year", width: 72 },
          {
            title: t("种类"),
            dataIndex: "kind",
            width: 120,
            render: (kind: Item["kind"]) => KIND_TITLES[kind],
          },
          { title: t("状态"), dataIndex: "standing", width: 160 },
          { title: t("总分"), dataIndex: "totalScore", width: 80, align: "right" },
          { title: t("等级"), dataIndex: "grade", width: 64 },
          { title: t("问题"), key: "found", width: 150, render: (_, item) => <Found item={item} /> },
          { title: t("风险"), dataIndex: "risk", width: 72, align: "right" },
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

function Found({ item: { must, should, hint } }: { readonly item: Item }) {
  if (must + should + hint === 0) return <Typography.Text type="secondary">{t("无")}</Typography.Text>;
  return (
    <>
      {must > 0 && (
        <Tag color="error">
          {t("必须")} {must}
        </Tag>
      )}
      {should > 0 && (
        <Tag color="warning">
          {t("应当")} {should}
        </Tag>
      )}
      {hint > 0 && (
        <Tag>
          {t("提示")} {hint}
        </Tag>
      )}
    </>
  );
}
