import { useQuery } from "@tanstack/react-query";
import { Card, Empty, Spin, Table, Tag, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { count } from "../../ui/figures.ts";
import { SectionTitle } from "../../ui/SectionTitle.tsx";

type Problem = Answered<"listProblems">["problems"][number];

const FORCES = {
  must: { color: "error", title: t("必须更正") },
  should: { color: "warning", title: t("应当说明") },
  hint: { color: "default", title: t("提示") },
} as const;

/** What the forms of the report have in common that is wrong: by kind, in how many forms, and which. */
export function Problems({
  scope,
}: {
  readonly scope: {
    readonly organisation: string;
    readonly year: string;
    readonly only: "approved" | "begun";
  };
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ["problems", scope],
    queryFn: async () => (await call("listProblems", { query: scope })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin />;
  return (
    <Card
      size="small"
      className="no-print"
      style={{ marginTop: 16 }}
      title={<SectionTitle>{t("这些表的问题，按种类")}</SectionTitle>}
      styles={{ body: { padding: 0 } }}
    >
      <Typography.Paragraph style={{ margin: "8px 12px" }}>
        {t(
          "看了{{forms}}张表，{{clean}}张没有必须更正和应当说明的问题。按各表最近一次保存时的审核；各表之间的问题见报告。",
          { forms: count(data.forms), clean: count(data.clean) },
        )}
      </Typography.Paragraph>
      <Table<Problem>
        size="small"
        rowKey={({ rule, force }) => `${rule} ${force}`}
        aria-label={t("这些表的问题，按种类")}
        pagination={data.problems.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: 900 }}
        dataSource={data.problems}
        locale={{ emptyText: <Empty description={t("已检查的事项没有发现问题。")} /> }}
        columns={[
          { title: t("编号"), dataIndex: "code", width: 80 },
          {
            title: t("问题"),
            dataIndex: "title",
            width: 260,
            render: (title: string, { force }) => (
              <>
                <Tag color={FORCES[force].color}>{FORCES[force].title}</Tag>
                {title}
              </>
            ),
          },
          { title: t("表数"), dataIndex: "forms", width: 70, align: "right", render: count },
          { title: t("处数"), dataIndex: "findings", width: 70, align: "right", render: count },
          {
            title: t("例子"),
            key: "examples",
            render: (_, { examples, forms }) => (
              <>
                {examples.slice(0, SHOWN).map((example) => (
                  <Example key={example.submission} {...example} />
                ))}
                {examples.length > SHOWN && (
                  <details>
                    <summary>{t("再看{{n}}张", { n: examples.length - SHOWN })}</summary>
                    {examples.slice(SHOWN).map((example) => (
                      <Example key={example.submission} {...example} />
                    ))}
                  </details>
                )}
                {forms > examples.length && (
                  <Typography.Text type="secondary">
                    {t("共{{forms}}张，其余见逐表审核意见。", { forms: count(forms) })}
                  </Typography.Text>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

const SHOWN = 2;

function Example({ submission, project, unit, message }: Problem["examples"][number]) {
  return (
    <div>
      <Link to={`/forms/${submission}`}>{project}</Link>{" "}
      <Typography.Text type="secondary">{unit}</Typography.Text>
      {message !== "" && <div>{message}</div>}
    </div>
  );
}
