import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Flex, Input, Spin, Statistic, Table, Tabs } from "antd";
import { Link, useParams } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { count, day, inWan } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { PortalFrame } from "./PortalFrame.tsx";

type Overview = Answered<"getPublicOverview">;
type Published = Answered<"listPublished">["items"][number];
type Withheld = Answered<"listWithheld">["items"][number];
type Grade = NonNullable<NonNullable<Sent<"listPublished">["query"]>["grade"]>;

/** What a region published, at a glance and form by form; what it withholds, with the reason. */
export function PortalPage() {
  const { region = "" } = useParams();
  const { filter, setFilter } = useFilters<"year" | "department" | "grade" | "q" | "tab">();
  const overview = useQuery({
    queryKey: ["public", region],
    queryFn: async () => (await call("getPublicOverview", { params: { region } })).body,
  });
  const { data } = overview;
  if (overview.error)
    return (
      <PortalFrame region={null} name={null}>
        <Failed error={overview.error} again={overview.refetch} />
      </PortalFrame>
    );
  if (!data) return <Spin className="page-waits" />;
  const year = filter("year") ?? (data.years[0] ? String(data.years[0].year) : undefined);
  const shown = data.years.find((each) => String(each.year) === year);
  return (
    <PortalFrame region={region} name={data.name}>
      <Flex vertical gap="middle">
        <PageHead
          title={t("{{name}}项目支出绩效自评公开", { name: data.name })}
          says={t("每一张表都可以看到原表、得分由来和下载文件；不予公开的列明理由。")}
        >
          <Pick
            label={t("年度")}
            value={year}
            onChange={setFilter("year")}
            options={data.years.map((each) => ({
              value: String(each.year),
              label: t("{{year}}年", { year: each.year }),
            }))}
          />
        </PageHead>
        {shown ? <YearFigures year={shown} /> : <Empty description={t("还没有公开的自评表。")} />}
        {shown && (
          <Tabs
            activeKey={filter("tab") ?? "forms"}
            onChange={(key) => setFilter("tab")(key === "forms" ? undefined : key)}
            items={[
              {
                key: "forms",
                label: t("已公开的表（{{forms}}）", { forms: count(shown.forms) }),
                children: <Forms region={region} shown={shown} departments={data.departments} />,
              },
              {
                key: "withheld",
                label: t("不予公开的（{{forms}}）", { forms: count(shown.withheld) }),
                children: <WithheldList region={region} year={String(shown.year)} />,
              },
            ]}
          />
        )}
      </Flex>
    </PortalFrame>
  );
}

function YearFigures({ year }: { readonly year: Overview["years"][number] }) {
  const graded = year.grades.filter(({ grade }) => grade !== null);
  const ungraded = year.grades.find(({ grade }) => grade === null);
  return (
    <Card size="small">
      <Flex gap={48} wrap>
        <Statistic title={t("公开的表")} value={year.forms} />
        <Statistic title={t("支出（万元）")} value={inWan(year.expenditure)} />
        {graded.map(({ grade, forms }) => (
          <Statistic key={grade} title={t("等级“{{grade}}”", { grade: t(grade ?? "") })} value={forms} />
        ))}
        {ungraded && <Statistic title={t("没有写等级")} value={ungraded.forms} />}
        <Statistic title={t("不予公开")} value={year.withheld} />
      </Flex>
    </Card>
  );
}

function Forms({
  region,
  shown,
  departments,
}: {
  readonly region: string;
  readonly shown: Overview["years"][number];
  readonly departments: Overview["departments"];
}) {
  const { filter, setFilter } = useFilters<"department" | "grade" | "q">();
  const query = {
    year: String(shown.year),
    ...(filter("department") ? { department: filter("department") as string } : {}),
    ...(filter("grade") ? { grade: filter("grade") as Grade } : {}),
    ...(filter("q") ? { q: filter("q") as string } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["public", region, "forms", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listPublished", {
          params: { region },
          query: { ...query, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        <Input.Search
          allowClear
          aria-label={t("查找项目")}
          placeholder={t("项目名称或拼音首字母")}
          style={{ width: 240 }}
          defaultValue={filter("q") ?? ""}
          onSearch={setFilter("q")}
        />
        <Pick
          label={t("主管部门")}
          width={220}
          value={filter("department")}
          onChange={setFilter("department")}
          options={departments.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Pick
          label={t("等级")}
          width={100}
          value={filter("grade") as Grade}
          onChange={setFilter("grade")}
          options={shown.grades.flatMap(({ grade }) =>
            grade === null ? [] : [{ value: grade as Grade, label: t(grade) }],
          )}
        />
      </Flex>
      {list.error && <Failed error={list.error} again={list.refetch} />}
      <Table<Published>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty description={t("没有符合条件的表。")} /> }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "project",
            render: (project: string, { id }) => <Link to={`/public/${region}/forms/${id}`}>{project}</Link>,
          },
          { title: t("主管部门"), dataIndex: "department", width: 180 },
          { title: t("单位"), dataIndex: "unit", width: 200 },
          { title: t("支出（万元）"), dataIndex: "expenditure", width: 120, align: "right", render: inWan },
          {
            title: t("总分"),
            dataIndex: "totalScore",
            width: 80,
            align: "right",
            render: (score: string | null) => score ?? "—",
          },
          {
            title: t("等级"),
            dataIndex: "grade",
            width: 70,
            render: (grade: string | null) => (grade ? t(grade) : "—"),
          },
          { title: t("公开日期"), dataIndex: "publishedAt", width: 130, render: day },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列50张")}
        </Button>
      )}
    </Flex>
  );
}

function WithheldList({ region, year }: { readonly region: string; readonly year: string }) {
  const list = useInfiniteQuery({
    queryKey: ["public", region, "withheld", year],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listWithheld", {
          params: { region },
          query: { year, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Flex vertical gap="small">
      {list.error && <Failed error={list.error} again={list.refetch} />}
      <Table<Withheld & { readonly key: number }>
        size="small"
        loading={list.isPending}
        dataSource={rows.map((row, key) => ({ ...row, key }))}
        pagination={false}
        locale={{ emptyText: <Empty description={t("本年没有不予公开的表。")} /> }}
        columns={[
          { title: t("主管部门"), dataIndex: "department", width: 220 },
          {
            title: t("项目"),
            dataIndex: "project",
            render: (project: string | null) => project ?? t("（涉密项目，不写名称）"),
          },
          { title: t("理由"), dataIndex: "reason" },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列50张")}
        </Button>
      )}
    </Flex>
  );
}
