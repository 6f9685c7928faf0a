import { STATE_TITLES, type State } from "@jiheng/workflow";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Flex, Table } from "antd";
import type { SortOrder } from "antd/es/table/interface";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { inWan } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { fileName, saveAs } from "../../ui/save-as.ts";
import { CAUSES, type Cause } from "./causes.ts";
import { wholeList } from "./whole-list.ts";

type Item = Answered<"listFormsBehind">["items"][number];
type Query = NonNullable<Sent<"listFormsBehind">["query"]>;

type Sort = NonNullable<Query["sort"]>;
type Order = NonNullable<Query["order"]>;
const DIRECTIONS: Readonly<Record<Order, SortOrder>> = { desc: "descend", asc: "ascend" };

const MONEY: Readonly<Record<string, string>> = {
  counted: t("计入资金合计"),
  negative: t("有一项金额是负数"),
  zero: t("三项金额都是0"),
  increased: t("年中调增了预算"),
  decreased: t("年中调减了预算"),
  unspent: t("有钱没有花"),
  overspent: t("花的超出全年预算"),
};
const SIGNS: Readonly<Record<string, string>> = {
  boilerplate: t("有套话完成值"),
  exact: t("有分毫不差的数量指标"),
  unmeasured: t("有没有量化的分值"),
  above: t("总分高于按办法重算"),
};
const WITHOUT: Readonly<Record<string, string>> = {
  score: t("没有总分"),
  grade: t("没有填等级"),
  money: t("缺金额"),
};

function lostIn(category: string, title: string | null): string {
  if (category === "execution") return t("预算执行失分");
  if (category === "any") return t("在指标上失分");
  return title === null ? t("在这一类指标上失分") : t("在{{category}}上失分", { category: title });
}

/** What picked these forms, in words. */
function pickedBy(search: URLSearchParams, category: string | null): string[] {
  const get = (name: string) => search.get(name);
  const [from, below, grade, over] = [get("from"), get("below"), get("grade"), get("over")];
  const completion = get("completion");
  const said: (string | null | undefined)[] = [
    from !== null && below === null && Number(from) === 0 && t("有总分"),
    (below !== null || Number(from ?? 0) > 0) &&
      t("总分{{from}}–{{below}}", { from: from ?? 0, below: Math.min(100, Number(below ?? 100)) }),
    grade !== null && t("等级{{grade}}", { grade: t(grade) }),
    WITHOUT[get("without") ?? ""],
    MONEY[get("money") ?? ""],
    SIGNS[get("sign") ?? ""],
    get("suspect") !== null && t("金额相差百倍以上"),
    get("corner") !== null && t("总分高而执行率低"),
    get("category") !== null && lostIn(get("category") ?? "", category),
    get("cause") !== null && t("失分原因：{{cause}}", { cause: CAUSES[get("cause") as Cause] ?? "" }),
    get("indicator") !== null && t("指标“{{name}}”", { name: get("indicator") ?? "" }),
    completion !== null &&
      (Number(completion) >= 200
        ? t("有完成值达到指标值200%以上的行")
        : t("有完成值占指标值{{from}}%到{{to}}%的行", { from: completion, to: Number(completion) + 10 })),
    over !== null && t("达到指标值的{{over}}%以上", { over }),
  ].map((each) => (each === false ? null : each));
  return said.filter((each): each is string => Boolean(each));
}

/** The forms behind a figure of the analysis, as many as the figure says. */
export function FormsBehindPage() {
  const [search, setSearch] = useSearchParams();
  const { message } = App.useApp();
  const [isSaving, setSaving] = useState(false);
  const query = Object.fromEntries(search) as unknown as Query;
  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
    refetch,
  } = useInfiniteQuery({
    queryKey: ["analysis", "behind", query],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam }) =>
      (
        await call("listFormsBehind", {
          query: { ...query, limit: "50", ...(pageParam === null ? {} : { after: pageParam }) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (error) return <Failed error={error} again={refetch} />;
  const first = data?.pages[0];
  const why = pickedBy(search, first?.category ?? null);
  const subject = [
    t("{{year}}年", { year: search.get("year") ?? "" }),
    ...(first ? [first.organisation] : []),
    ...why,
  ];
  const save = async () => {
    setSaving(true);
    try {
      const csv = await wholeList(query);
      saveAs(
        `${fileName([t("数字背后的表"), ...subject])}.csv`,
        new Blob([csv], { type: "text/csv;charset=utf-8" }),
      );
    } catch {
      message.error(t("没有取到全部的表，文件没有生成。请稍后再试。"));
    } finally {
      setSaving(false);
    }
  };
  /** A heading that sorts, by the server: what is not listed yet counts too. */
  const sorted = (by: Sort) => ({
    key: by,
    align: "right" as const,
    className: "tabular",
    sorter: true,
    sortDirections: ["descend", "ascend", "descend"] as SortOrder[],
    sortOrder: (query.sort ?? "budget") === by ? DIRECTIONS[query.order ?? "desc"] : null,
    showSorterTooltip: false,
  });
  return (
    <Flex vertical gap="small">
      <PageHead
        title={t("数字背后的表")}
        says={[
          ...subject,
          ...(first ? [t("共{{n}}张", { n: first.forms })] : []),
          ...(first && first.hidden > 0 ? [t("其中{{n}}张您不能查看，没有列出", { n: first.hidden })] : []),
        ].join("，")}
      >
        <Button
          loading={isSaving}
          disabled={!first || first.forms === first.hidden}
          onClick={() => void save()}
        >
          {t("把所列的导出为表格（CSV）")}
        </Button>
      </PageHead>
      <Table<Item>
        size="small"
        rowKey="submission"
        loading={isPending || isPlaceholderData}
        onChange={(_, __, sorter) => {
          if (Array.isArray(sorter)) return;
          setSearch(
            (before) => {
              const after = new URLSearchParams(before);
              after.set("sort", String(sorter.columnKey));
              after.set("order", sorter.order === "ascend" ? "asc" : "desc");
              return after;
            },
            { replace: true },
          );
        }}
        pagination={false}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: t("没有这样的表。") }}
        dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
        columns={[
          {
            title: t("项目"),
            dataIndex: "project",
            render: (name: string, { submission }) => <Link to={`/forms/${submission}`}>{name}</Link>,
          },
          { title: t("单位"), dataIndex: "unit" },
          { title: t("状态"), dataIndex: "state", render: (state: State) => t(STATE_TITLES[state]) },
          { title: t("总分"), dataIndex: "totalScore", ...sorted("score"), render: dash },
          { title: t("按办法重算"), dataIndex: "recomputed", ...sorted("recomputed"), render: dash },
          {
            title: t("等级"),
            dataIndex: "grade",
            render: (grade: string | null) => (grade === null ? "—" : t(grade)),
          },
          {
            title: t("全年预算（万元）"),
            dataIndex: "adjustedBudget",
            ...sorted("budget"),
            render: inWan,
          },
          {
            title: t("执行（万元）"),
            dataIndex: "expenditure",
            ...sorted("expenditure"),
            render: inWan,
          },
          { title: t("执行率%"), dataIndex: "rate", ...sorted("rate"), render: dash },
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

function dash(text: string | null): string {
  return text ?? "—";
}
