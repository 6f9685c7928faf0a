import type { Form } from "@jiheng/domain";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Spin, Table, Tag } from "antd";
import { Link, useParams } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { type ReviewedRow, reviewedRows } from "./two-sheets.ts";

/** The unit's marks beside the reviewer's, row by row, with what differs. */
export function TwoSheetsPage() {
  const { review = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ["form-reviewed", review],
    queryFn: async () => (await call("getForm", { params: { submission: review } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin className="page-waits" />;
  const form = data.form as Form | null;
  const rows = form ? reviewedRows(form) : [];
  const differing = rows.filter(({ taken }) => taken !== null).length;
  const open = rows.filter(({ reviewed }) => reviewed === null).length;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("自评与复核对照：{{project}}", { project: data.submission.projectName })}
        says={t("{{rows}}行中{{differing}}行复核得分与自评不同，{{open}}行还没有复核。", {
          rows: rows.length,
          differing,
          open,
        })}
      >
        {data.submission.basis !== null && (
          <Link to={`/forms/${data.submission.basis}`}>
            <Button>{t("看自评表")}</Button>
          </Link>
        )}
        <Link to={`/forms/${review}`}>
          <Button type="primary">{t("看复核表")}</Button>
        </Link>
      </PageHead>
      <Table<ReviewedRow>
        size="small"
        rowKey="key"
        bordered
        pagination={false}
        scroll={{ x: 900 }}
        dataSource={[...rows]}
        columns={[
          { title: t("指标"), dataIndex: "name" },
          { title: t("目标值"), dataIndex: "target", width: 130 },
          { title: t("实际值"), dataIndex: "actual", width: 130 },
          { title: t("分值"), dataIndex: "points", width: 70, align: "right" },
          {
            title: t("自评"),
            dataIndex: "self",
            width: 80,
            align: "right",
            render: (self: string | null) => self ?? "—",
          },
          {
            title: t("复核"),
            dataIndex: "reviewed",
            width: 150,
            align: "right",
            render: (reviewed: string | null, { taken }) => (
              <>
                {reviewed ?? t("未复核")}{" "}
                {taken !== null && <Tag color="warning">{t("相差{{taken}}", { taken })}</Tag>}
              </>
            ),
          },
          { title: t("说明"), dataIndex: "why", render: (why: string | null) => why ?? "—" },
        ]}
      />
    </Flex>
  );
}
