import { KIND_TITLES, STATE_TITLES } from "@jiheng/workflow";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Input, Table, Tag, Tooltip, Typography } from "antd";
import type { SortOrder } from "antd/es/table/interface";
import { Link, useSearchParams } from "react-router";
import { addressOf, call } from "../../api/client.ts";
import type { Answered, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { day, inWan } from "../../ui/figures.ts";
import { gapOf } from "../../ui/gap.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { RiskFigure, RiskLegend } from "../../ui/Risk.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { FILTERS, queryOf, SORTS, type Sort, sortOf } from "./list-query.ts";

type Item = Answered<"listSubmissions">["items"][number];
type Kind = NonNullable<NonNullable<Sent<"listSubmissions">["query"]>["kind"]>;
type State = Item["state"];

const titles = <Value extends string>(of: Readonly<Record<Value, string>>) =>
  (Object.entries(of) as [Value, string][]).map(([value, label]) => ({ value, label: t(label) }));

/** All forms within reach, filtered and sorted by the address so that a list can be sent to somebody. */
export function SubmissionsPage() {
  const { filter, setFilter } = useFilters<(typeof FILTERS)[number] | "sort">();
  const [, setSearch] = useSearchParams();
  const sort = sortOf(filter("sort"));
  const query = queryOf(filter);
  const {
    data,
    error,
    isPending,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
    isPlaceholderData,
    refetch,
  } = useInfiniteQuery({
    queryKey: ["submissions", query],
    // The list stays in place until the next one is there.
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSubmissions", {
          query: { ...query, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (error) return <Failed error={error} again={refetch} />;
  const isWaiting = isPending || isPlaceholderData;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const bodies = Object.assign({}, ...(data?.pages.map((page) => page.bodies) ?? [])) as Record<
    string,
    string
  >;
  const isFiltered = FILTERS.some((name) => filter(name) !== undefined);
  const years = Array.from({ length: 6 }, (_, index) => String(new Date().getFullYear() + 1 - index));
  /** A heading that sorts: the server knows each order in one direction only. */
  const sorted = (by: Sort) => ({
    sorter: true,
    sortDirections: [SORTS[by], SORTS[by]] as SortOrder[],
    sortOrder: sort === by ? SORTS[by] : null,
    // Its tooltip would stand outside of the page's regions; the heading says its order by itself.
    showSorterTooltip: false,
  });
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("表格")} says={t("您可以看到的全部表。筛选和排序写在网址里，可以收藏或发给同事。")}>
        <ExportRows organisation={filter("unit") ?? filter("department")} filter={filter} />
      </PageHead>
      <Flex gap="small" wrap>
        <Input.Search
          key={filter("q") ?? ""}
          aria-label={t("按项目名称或拼音首字母查找")}
          placeholder={t("项目名称或拼音首字母")}
          allowClear
          maxLength={60}
          style={{ width: 220 }}
          defaultValue={filter("q") ?? ""}
          onSearch={(typed) => setFilter("q")(typed.trim() || undefined)}
        />
        <Pick
          label={t("年度")}
          width={110}
          value={filter("year")}
          onChange={setFilter("year")}
          options={years.map((year) => ({ value: year, label: t("{{year}}年", { year }) }))}
        />
        <Pick
          label={t("种类")}
          value={filter("kind") as Kind | undefined}
          onChange={setFilter("kind")}
          options={titles(KIND_TITLES)}
        />
        <Pick
          label={t("状态")}
          value={filter("state") as State | undefined}
          onChange={setFilter("state")}
          options={titles(STATE_TITLES)}
        />
        <BodyField
          allowClear
          width={200}
          label={t("主管部门")}
          kind="department"
          value={filter("department")}
          onChange={setFilter("department")}
        />
        <BodyField
          allowClear
          width={200}
          label={t("单位")}
          kind="unit"
          value={filter("unit")}
          onChange={setFilter("unit")}
        />
        {isFiltered && (
          <Button
            onClick={() =>
              setSearch(
                (before) => {
                  const after = new URLSearchParams(before);
                  for (const name of FILTERS) after.delete(name);
                  return after;
                },
                { replace: true },
              )
            }
          >
            {t("清除筛选")}
          </Button>
        )}
      </Flex>
      <Typography.Text type="secondary" role="status">
        {isWaiting
          ? t("正在列出…")
          : hasNextPage
            ? t("列出了{{forms}}张，后面还有。", { forms: items.length })
            : t("共{{forms}}张。", { forms: items.length })}
      </Typography.Text>
      <Table<Item>
        size="small"
        rowKey="id"
        loading={isWaiting}
        dataSource={items}
        pagination={false}
        scroll={{ x: 1340 }}
        onChange={(_, __, sorter) => {
          const key = Array.isArray(sorter) ? undefined : sorter.columnKey;
          if (key !== undefined) setFilter("sort")(String(key));
        }}
        locale={{
          // Nothing is said to be missing before the server said so.
          emptyText: isPending ? (
            " "
          ) : (
            <Empty
              description={
                isFiltered
                  ? t("没有符合筛选的表。放宽或清除筛选再看。")
                  : t("还没有表。项目建好后，由主管部门或财政部门下达，或由单位在项目页里开始填报。")
              }
            />
          ),
        }}
        columns={[
          {
            key: "project",
            title: t("项目"),
            dataIndex: "projectName",
            render: (name: string, { id }) => <Link to={`/forms/${id}`}>{name}</Link>,
            ...sorted("project"),
          },
          {
            key: "unit",
            title: t("单位"),
            dataIndex: "unit",
            width: 180,
            render: (unit: string) => bodies[unit] ?? "—",
          },
          { key: "year", title: t("年度"), dataIndex: "year", width: 60 },
          {
            key: "kind",
            title: t("种类"),
            dataIndex: "kind",
            width: 108,
            render: (kind: Item["kind"]) => t(KIND_TITLES[kind]),
          },
          {
            key: "state",
            title: t("状态"),
            dataIndex: "standing",
            width: 150,
            render: (standing: string) => t(standing),
          },
          {
            key: "money",
            title: t("预算（万元）"),
            dataIndex: "adjustedBudget",
            width: 104,
            align: "right",
            render: inWan,
          },
          {
            key: "total",
            title: t("总分"),
            dataIndex: "totalScore",
            width: 68,
            align: "right",
            render: (total: string | null) => total ?? "—",
          },
          {
            key: "gap",
            title: t("与重算相差"),
            width: 100,
            align: "right",
            render: (_, item) => <Gap item={item} />,
          },
          {
            key: "grade",
            title: t("等级"),
            dataIndex: "grade",
            width: 52,
            render: (grade: string | null) => grade ?? "—",
          },
          { key: "found", title: t("问题"), width: 150, render: (_, item) => <Found item={item} /> },
          {
            key: "risk",
            title: t("风险"),
            dataIndex: "risk",
            width: 68,
            align: "right",
            render: (risk: number, { riskParts }) => <RiskFigure risk={risk} parts={riskParts} />,
            ...sorted("risk"),
          },
          {
            key: "updated",
            title: t("更新"),
            dataIndex: "updatedAt",
            width: 122,
            render: (at: string) => day(at),
            ...sorted("updated"),
          },
        ]}
      />
      <RiskLegend />
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("再列50张")}
        </Button>
      )}
    </Flex>
  );
}

/** The rows of indicators of a year of one body: more than the list, and not narrowed by state or search, so it says so. */
function ExportRows({
  organisation,
  filter,
}: {
  readonly organisation: string | undefined;
  readonly filter: (name: "year" | "kind") => string | undefined;
}) {
  const year = filter("year");
  const isReady = organisation !== undefined && year !== undefined;
  const kind = (filter("kind") ?? "self-evaluation") as Kind;
  const says = isReady
    ? t("{{year}}年{{kind}}的全部指标行，不按状态和名称筛选。", { year, kind: t(KIND_TITLES[kind]) })
    : t("先选年度和主管部门或单位，再导出它的指标行。");
  return (
    <Tooltip title={says}>
      <Button
        disabled={!isReady}
        {...(isReady ? { href: addressOf("exportRows", { query: { organisation, year, kind } }) } : {})}
        aria-description={says}
      >
        {t("导出指标行（CSV）")}
      </Button>
    </Tooltip>
  );
}

/** How far the total is from what the rules give; a dash where one of the two is not known, not a nought. */
function Gap({ item: { totalScore, recomputed } }: { readonly item: Item }) {
  const gap = gapOf(totalScore, recomputed);
  if (gap === null) return <Typography.Text type="secondary">—</Typography.Text>;
  // Where a person has to judge, lying between the bounds is all that can be said.
  if (gap === "0") return recomputed[0] === recomputed[1] ? t("一致") : t("在范围内");
  return (
    <Typography.Text type="danger">
      {gap.startsWith("-") ? t("低{{gap}}", { gap: gap.slice(1) }) : t("高{{gap}}", { gap })}
    </Typography.Text>
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
