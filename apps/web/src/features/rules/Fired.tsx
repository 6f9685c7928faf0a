import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Table, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { count } from "../../ui/figures.ts";
import { useSession } from "../session/index.ts";

type Found = Answered<"getRuleFindings">["items"][number];

const LAST_YEAR = new Date().getFullYear() - 1;

/** How often a rule found something in the forms of last year, and in which, as far as the person may see figures of them. */
export function Fired({ rule }: { readonly rule: string }) {
  const { profile } = useSession();
  const home = profile?.grants[0];
  const isTold = (profile?.actions.includes("view-statistics") ?? false) && home !== undefined;
  const query = { year: String(LAST_YEAR), organisation: home?.organisation ?? "", limit: "20" };
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["rule-findings", rule, query],
    enabled: isTold,
    retry: false,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("getRuleFindings", {
          params: { rule },
          query: { ...query, ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const whole = data?.pages[0];
  if (!isTold) return <Typography.Text type="secondary">{t("您的角色不能看统计。")}</Typography.Text>;
  if (error && !whole) return <Typography.Text type="danger">{error.message}</Typography.Text>;
  if (!whole) return <Typography.Text type="secondary">{t("正在统计…")}</Typography.Text>;
  const words = {
    body: whole.organisation.name,
    year: LAST_YEAR,
    examined: count(whole.examined),
    forms: count(whole.forms),
    findings: count(whole.findings),
  };
  if (whole.findings === 0)
    return <>{t("{{body}}{{year}}年的{{examined}}张自评表上没有提出过这条规则。", words)}</>;
  return (
    <>
      <Typography.Paragraph>
        {t("{{body}}{{year}}年的{{examined}}张自评表中，有{{forms}}张提出过，共{{findings}}处：", words)}
      </Typography.Paragraph>
      <Table<Found>
        size="small"
        rowKey="submission"
        pagination={false}
        dataSource={data.pages.flatMap(({ items }) => items)}
        columns={[
          {
            title: t("项目"),
            dataIndex: "project",
            render: (name: string, { submission }) => <Link to={`/forms/${submission}`}>{name}</Link>,
          },
          { title: t("单位"), dataIndex: "unit" },
          { title: t("处数"), dataIndex: "findings", width: 70, align: "right" },
        ]}
      />
      {hasNextPage && (
        <Button
          size="small"
          style={{ marginTop: 8 }}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("再列一页")}
        </Button>
      )}
    </>
  );
}
