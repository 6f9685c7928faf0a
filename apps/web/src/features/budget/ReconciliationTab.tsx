import { KIND_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Segmented, Table, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { inYuan } from "./titles.ts";
import "./budget.css";

type Item = Answered<"listReconciliations">["items"][number];
type Only = "differing" | "unknown" | "all";

const COLUMNS: Readonly<Record<string, string>> = {
  initialBudget: t("年初预算数"),
  adjustedBudget: t("全年预算数"),
  expenditure: t("全年执行数"),
};
const EMPTY: Readonly<Record<Only, string>> = {
  differing: t("没有对不上的表。"),
  unknown: t("每张表的项目都有财政数据。"),
  all: t("这一年还没有填了内容的自评表和监控表。"),
};

/** The funds of the forms beside the finance system, as both are now. */
export function ReconciliationTab({
  year,
  organisation,
}: {
  readonly year: number;
  readonly organisation: string;
}) {
  const { filter, setFilter } = useFilters<"only">();
  const only = (filter("only") ?? "differing") as Only;
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["budget", "reconciliations", year, organisation, only],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (
          await call("listReconciliations", {
            query: {
              ...{ year: String(year), organisation, only, limit: "50" },
              ...(pageParam ? { after: pageParam } : {}),
            },
          })
        ).body,
      getNextPageParam: ({ next }) => next,
    });
  return (
    <Flex vertical gap="small">
      <Segmented<Only>
        aria-label={t("显示")}
        style={{ alignSelf: "flex-start" }}
        value={only}
        onChange={setFilter("only")}
        options={[
          { value: "differing", label: t("对不上的") },
          { value: "unknown", label: t("没有财政数据的") },
          { value: "all", label: t("全部") },
        ]}
      />
      {error ? (
        <Failed error={error} again={refetch} />
      ) : (
        <Table<Item>
          size="small"
          rowKey="submission"
          loading={isPending}
          dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          scroll={{ x: 980 }}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={EMPTY[only]} />,
          }}
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
            {
              title: t("表"),
              key: "kind",
              width: 190,
              render: (_, { kind, standing }) =>
                `${t((KIND_TITLES as Readonly<Record<string, string>>)[kind] ?? kind)} · ${standing}`,
            },
            { title: t("对账"), key: "cells", width: 560, render: (_, item) => <Cells item={item} /> },
          ]}
        />
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("往下再找")}
        </Button>
      )}
    </Flex>
  );
}

function Cells({ item: { submission, known, cells, moneyUnit } }: { readonly item: Item }) {
  if (!known)
    return <Typography.Text type="secondary">{t("财政数据里没有这个项目本年的记录")}</Typography.Text>;
  const differing = cells.filter(({ agrees }) => !agrees);
  if (differing.length === 0)
    return (
      <Typography.Text type="success">{t("{{cells}}格全部一致", { cells: cells.length })}</Typography.Text>
    );
  return (
    <>
      <table className="reconciliation">
        <thead>
          <tr>
            <th scope="col">{t("不一致的格")}</th>
            <th scope="col" className="number">
              {t("表上（{{unit}}）", { unit: moneyUnit ?? t("金额单位不明") })}
            </th>
            <th scope="col" className="number">
              {t("财政")}
            </th>
            <th scope="col" className="number">
              {t("相差（元）")}
            </th>
          </tr>
        </thead>
        <tbody>
          {differing.map(({ at, label, form, ledger, difference }) => (
            <tr key={at}>
              <td>
                {label} {COLUMNS[at.split(".").at(-1) ?? ""] ?? ""}
              </td>
              <td className="number">{form ?? t("未填")}</td>
              <td className="number">{ledger}</td>
              <td className="number">{difference === null ? "—" : inYuan(difference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Flex gap="small" align="center">
        {cells.length > differing.length && (
          <Typography.Text type="secondary">
            {t("其余{{cells}}格一致", { cells: cells.length - differing.length })}
          </Typography.Text>
        )}
        {differing.some(({ form }) => form === null) && <Prefill submission={submission} />}
      </Flex>
    </>
  );
}

/** Takes the figures of the finance system into the blank cells; whoever may not is told so by the server. */
function Prefill({ submission }: { readonly submission: string }) {
  const { profile } = useSession();
  const { mutate, isPending } = useCommand(
    async () => (await call("prefillFunds", { params: { submission }, body: {} })).body,
    { refreshes: ["budget", "form"], said: ({ filled }) => t("已带入{{cells}}格", { cells: filled.length }) },
  );
  if (!profile?.actions.includes("import-forms")) return null;
  return (
    <Button size="small" loading={isPending} onClick={() => mutate(undefined)}>
      {t("把财政数带入空白格")}
    </Button>
  );
}
