import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { App, Button, Drawer, Flex, Input, Table, Typography } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { count } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { InsertDialog } from "./InsertDialog.tsx";
import { QuantileBox } from "./QuantileBox.tsx";
import { type Doubt, doubtsOf, lineOf, scaleOf, type Usage, usualComparison } from "./usage.ts";

const LAST_YEAR = new Date().getFullYear() - 1;
const YEARS = Array.from({ length: 6 }, (_, index) => String(LAST_YEAR + 1 - index));

const DIRECTIONS: Readonly<Record<string, string>> = {
  "≥": t("不低于目标（≥），越大越好"),
  ">": t("高于目标（>），越大越好"),
  "≤": t("不高于目标（≤），越小越好"),
  "<": t("低于目标（<），越小越好"),
  "=": t("等于目标（=）"),
};
const DOUBTS: Readonly<Record<Doubt, string>> = {
  boilerplate: t("常被照抄：不少表没有写出量了多少，只写“已完成”或照抄目标。用它时要写清怎样量、量到多少。"),
  "always-exact": t("大多正好等于目标：可能是照目标填的，也可能目标本来就定在能做到的数上。请核对来源。"),
  "never-missed": t("从来没有扣过分：目标可能定得太松，分不出好坏。"),
  "often-missed": t("常常完不成：定目标前先看看往年实际。"),
  few: t("用得太少，看不出规律。"),
};

/** How indicators are set and reached across the region, and what is worth knowing before one is used again. */
export function IndicatorsPage() {
  const { filter, setFilter } = useFilters<"q" | "year" | "category">();
  const q = filter("q");
  const [inserted, setInserted] = useState<Usage | null>(null);
  const [looked, setLooked] = useState<Usage | null>(null);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["indicators", q, filter("year"), filter("category")],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await call("searchIndicators", {
          query: {
            limit: "30",
            ...(q === undefined ? {} : { q }),
            ...(filter("year") ? { year: filter("year") } : {}),
            ...(filter("category") ? { category: filter("category") } : {}),
          },
        })
      ).body,
  });
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("指标库")} says={t("别人怎样用这个指标：目标定多少、实际到多少、常不常完不成。")} />
      <Flex gap="small" wrap>
        <Input.Search
          aria-label={t("按名称或拼音首字母查找指标")}
          placeholder={t("名称或拼音首字母，如 满意度、myd")}
          style={{ width: 320 }}
          defaultValue={q ?? ""}
          loading={isFetching}
          onSearch={(typed) => setFilter("q")(typed.trim() || undefined)}
        />
        <Pick
          label={t("年度：最近一年")}
          width={150}
          value={filter("year")}
          onChange={setFilter("year")}
          options={YEARS.map((year) => ({ value: year, label: t("{{year}}年", { year }) }))}
        />
        <Pick
          label={t("类别")}
          width={190}
          value={filter("category")}
          onChange={setFilter("category")}
          options={(data?.categories ?? []).map(({ category, title, rows }) => ({
            value: category,
            label: t("{{title}}（{{rows}}行）", { title: t(title), rows: count(rows) }),
          }))}
        />
      </Flex>
      {error && <Failed error={error} again={refetch} />}
      {data && (
        <>
          <Typography.Text type="secondary" role="status">
            {data.year === null
              ? t("还没有填过的自评表，没有可以统计的。")
              : q === undefined
                ? t(
                    "{{year}}年的自评表里用得最多的{{n}}个。输入几个字找别的；合适的可以直接放进您正在填的表。",
                    {
                      year: data.year,
                      n: data.indicators.length,
                    },
                  )
                : t("{{year}}年的自评表，找到{{found}}个", {
                    year: data.year,
                    found: data.indicators.length,
                  })}
          </Typography.Text>
          <Table<Usage>
            size="small"
            rowKey={({ name, unit }) => `${name} ${unit}`}
            dataSource={data.indicators}
            pagination={false}
            scroll={{ x: 1080 }}
            locale={{
              emptyText: t("没有这样的指标。换几个字，换一个类别或年度。"),
            }}
            columns={[
              {
                title: t("指标"),
                key: "name",
                width: 250,
                onCell: () => ({ style: { verticalAlign: "top" } }),
                render: (_, usage) => <NameCell usage={usage} />,
              },
              {
                title: t("目标和实际"),
                key: "spread",
                onCell: () => ({ style: { verticalAlign: "top" } }),
                render: (_, usage) => <Spread usage={usage} />,
              },
              {
                title: t("质量"),
                key: "quality",
                width: 280,
                onCell: () => ({ style: { verticalAlign: "top" } }),
                render: (_, usage) => <Quality usage={usage} />,
              },
              {
                title: t("操作"),
                key: "act",
                width: 130,
                onCell: () => ({ style: { verticalAlign: "top" } }),
                render: (_, usage) => (
                  <Flex vertical gap={4} align="flex-start">
                    <Button onClick={() => setInserted(usage)}>{t("放进我的表")}</Button>
                    <CopyButton usage={usage} />
                    <Button type="link" onClick={() => setLooked(usage)}>
                      {t("用到的表")}
                    </Button>
                  </Flex>
                ),
              },
            ]}
          />
        </>
      )}
      {inserted && <InsertDialog usage={inserted} onClose={() => setInserted(null)} />}
      <Drawer open={looked !== null} title={looked?.name} size={760} onClose={() => setLooked(null)}>
        {looked && data?.year != null && <Uses usage={looked} year={data.year} />}
      </Drawer>
    </Flex>
  );
}

function NameCell({ usage }: { readonly usage: Usage }) {
  const { name, level1, level2, unit, rows, projects } = usage;
  const { comparison, rows: same, of } = usualComparison(usage);
  return (
    <>
      <strong>{name}</strong>
      <div>
        <Typography.Text type="secondary">
          {[level1, level2].filter(Boolean).join(" › ") || t("没有写层级")}
        </Typography.Text>
      </div>
      <div>{unit === null ? t("没有计量单位") : t("计量单位：{{unit}}", { unit })}</div>
      <div>
        {comparison === null ? t("多数没有比较号") : (DIRECTIONS[comparison] ?? comparison)}
        {same < of && t("（{{same}}/{{of}}行）", { same, of })}
      </div>
      <Typography.Text type="secondary">
        {t("{{projects}}个项目，同名共{{rows}}行", { projects: count(projects), rows: count(rows) })}
      </Typography.Text>
    </>
  );
}

function Spread({ usage }: { readonly usage: Usage }) {
  const { targets, actuals, measured, rows } = usage;
  const scale = scaleOf(usage);
  return (
    <Flex vertical gap={4}>
      <QuantileBox label={t("目标")} quantiles={targets} scale={scale} kind="target" />
      <QuantileBox label={t("实际")} quantiles={actuals} scale={scale} kind="actual" />
      {measured < rows && (
        <Typography.Text type="secondary">
          {t("这个单位的{{measured}}行；同名共{{rows}}行", { measured: count(measured), rows: count(rows) })}
        </Typography.Text>
      )}
    </Flex>
  );
}

function Quality({ usage }: { readonly usage: Usage }) {
  const { scored, missed, exact, boilerplate, measured } = usage;
  return (
    <>
      <div>
        {t("扣过分 {{missed}}/{{scored}} 行", { missed: count(missed), scored: count(scored) })}
        {" · "}
        {t("正好等于目标 {{exact}} 行", { exact: count(exact) })}
      </div>
      <div>
        {t("没有测量、照抄的 {{boilerplate}}/{{measured}} 行", {
          boilerplate: count(boilerplate),
          measured: count(measured),
        })}
      </div>
      <ul className="indicator-doubts">
        {doubtsOf(usage).map((doubt) => (
          <li key={doubt}>{DOUBTS[doubt]}</li>
        ))}
      </ul>
    </>
  );
}

function CopyButton({ usage }: { readonly usage: Usage }) {
  const { message, modal } = App.useApp();
  const copy = async () => {
    const line = lineOf(usage);
    try {
      await navigator.clipboard.writeText(line);
      void message.success(t("已复制一行：一级、二级、名称、目标值、单位。可以粘贴到表格软件或填报页。"));
    } catch {
      // Without HTTPS a browser has no clipboard for pages: then it is copied by hand.
      modal.info({
        title: t("请按 Ctrl+C 复制"),
        content: (
          <Input
            aria-label={t("一行")}
            readOnly
            defaultValue={line}
            autoFocus
            onFocus={({ target }) => target.select()}
          />
        ),
      });
    }
  };
  return (
    <Button type="link" onClick={() => void copy()}>
      {t("复制一行")}
    </Button>
  );
}

type Use = Answered<"listIndicatorUses">["items"][number];

function Uses({ usage: { name, unit }, year }: { readonly usage: Usage; readonly year: number }) {
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["indicator-uses", name, unit, year],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (
          await call("listIndicatorUses", {
            query: {
              ...{ name, unit: unit ?? "", year: String(year), limit: "50" },
              ...(pageParam ? { after: pageParam } : {}),
            },
          })
        ).body,
      getNextPageParam: ({ next }) => next,
    });
  if (error) return <Failed error={error} again={refetch} />;
  return (
    <Flex vertical gap="small">
      <Typography.Text type="secondary">{t("只列您能看的表；统计用的是全区的。")}</Typography.Text>
      <Table<Use>
        size="small"
        rowKey={({ submission, indicator }) => `${submission} ${indicator}`}
        loading={isPending}
        dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 640 }}
        locale={{ emptyText: t("在您能看的表里没有用到。") }}
        columns={[
          {
            title: t("项目"),
            key: "project",
            render: (_, { submission, projectName, unitName }) => (
              <>
                <Link to={`/forms/${submission}`}>{projectName}</Link>
                <div>
                  <Typography.Text type="secondary">{unitName}</Typography.Text>
                </div>
              </>
            ),
          },
          { title: t("状态"), dataIndex: "standing", width: 130 },
          { title: t("目标值"), dataIndex: "target", width: 110, render: dash },
          { title: t("实际值"), dataIndex: "actual", width: 110, render: dash },
          {
            title: t("得分"),
            key: "score",
            width: 80,
            align: "right",
            render: (_, { score, points }) => (score === null ? "—" : `${score}/${points ?? "—"}`),
          },
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

const dash = (value: string | null) => value ?? "—";
