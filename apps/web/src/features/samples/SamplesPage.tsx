import { SAMPLE_METHOD_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { useOwnBody } from "../../ui/use-own-body.ts";
import { DrawDialog } from "./DrawDialog.tsx";

type Sample = Answered<"listSamples">["items"][number];
type Method = Sample["method"];

/** The samples that were drawn, and drawing another. */
export function SamplesPage() {
  const { body, setBody, known } = useOwnBody();
  const [isDrawing, setDrawing] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ["samples", body],
    enabled: body !== "",
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSamples", {
          query: { organisation: body, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("抽样复核")}
        says={t("样本按公布的方法和种子抽取，任何人都能用同一份清单重新抽出同一个样本。")}
      >
        <Button type="primary" onClick={() => setDrawing(true)}>
          {t("抽取样本")}
        </Button>
      </PageHead>
      <BodyField label={t("机构")} known={known} value={body} onChange={setBody} />
      {list.error && <Failed error={list.error} again={list.refetch} />}
      <Table<Sample>
        size="small"
        rowKey="id"
        loading={list.isPending && body !== ""}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty description={t("还没有抽过样本。点“抽取样本”，选方法和份数。")} /> }}
        columns={[
          {
            title: t("名称"),
            dataIndex: "name",
            render: (name: string, { id, year, cancelled, narrowedTo }) => (
              <>
                <Link to={`/samples/${year}/${id}`}>{name}</Link>
                {cancelled && <Tag style={{ marginInlineStart: 8 }}>{t("已作废")}</Tag>}
                {narrowedTo.length > 0 && (
                  <div>
                    <Typography.Text type="secondary">{narrowedTo.join("；")}</Typography.Text>
                  </div>
                )}
                {cancelled && (
                  <Typography.Text type="secondary">
                    {t("作废：{{reason}}", { reason: cancelled.reason })}
                  </Typography.Text>
                )}
              </>
            ),
          },
          { title: t("年度"), dataIndex: "year", width: 80 },
          {
            title: t("方法"),
            dataIndex: "method",
            width: 180,
            render: (method: Method) => t(SAMPLE_METHOD_TITLES[method]),
          },
          { title: t("份数"), dataIndex: "size", width: 80, align: "right" },
          { title: t("总体"), dataIndex: "population", width: 80, align: "right" },
          { title: t("种子"), dataIndex: "seed", width: 160, ellipsis: true },
          {
            title: t("抽取"),
            key: "drawn",
            width: 240,
            render: (_, { byName, at }) => `${byName}　${moment(at)}`,
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列50个")}
        </Button>
      )}
      {isDrawing && <DrawDialog body={body} onClose={() => setDrawing(false)} />}
    </Flex>
  );
}
