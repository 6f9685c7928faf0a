import { useQuery } from "@tanstack/react-query";
import { Flex, Spin, Table, Tag, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { inOrder, isApart, isJudged, MISSES, plainPercent, sideOf } from "./misses.ts";
import "./samples.css";

type Compared = Answered<"compareReviews">;
type Miss = Compared["misses"][number];
type Example = Miss["examples"][number];
type Unlike = Compared["unlike"][number];

/** Whether like cases were marked alike: what differs first and how much, then by whom, then everything that was marked. */
export function Consistency({ year, sample }: { readonly year: string; readonly sample: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["samples", "consistency", sample],
    queryFn: async () => {
      const { body } = await call("compareReviews", { params: { year, sample } });
      return { ...body, misses: inOrder(body.misses) };
    },
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin />;
  if (data.kinds.length === 0)
    return (
      <Typography.Text>{t("还没有复核得分。复核人填了复核得分，这里就能看出扣得是否一致。")}</Typography.Text>
    );
  return (
    <Flex vertical gap="small">
      <Headline data={data} />
      {data.unlike.length > 0 && <Same unlike={data.unlike} />}
      <Misses data={data} />
      <Totals data={data} />
    </Flex>
  );
}

/** What to know in one breath. */
function Headline({ data: { misses, unlike } }: { readonly data: Compared }) {
  const apart = misses.filter(isApart);
  const [worst] = apart;
  return (
    <Typography.Paragraph style={{ margin: 0 }}>
      {unlike.length > 0 ? (
        <strong>{t("有{{n}}组行写得一模一样，复核得分却不同。", { n: unlike.length })}</strong>
      ) : (
        t("没有写得一模一样、复核得分却不同的行。")
      )}
      {worst ? (
        <strong>
          {t("按完成情况归类，{{n}}种里扣得不一样。", { n: apart.length })}
          {saysOf(worst)}
        </strong>
      ) : (
        t("按完成情况归类，每一种里扣的比例都一样。")
      )}
    </Typography.Paragraph>
  );
}

/** Of the kind that was marked most unlike. */
function saysOf({ kind, rows, lowest, highest, examples }: Miss): string {
  const sides = examples.map(({ beyond }) => sideOf(beyond));
  const count = (side: -1 | 0 | 1) => sides.filter((each) => each === side).length;
  if (rows === examples.length && examples.every(({ beyond }) => beyond !== null) && count(0) > 0)
    return t("“{{kind}}”的{{rows}}行：{{even}}行差多少扣多少，{{more}}行扣得更多，{{less}}行扣得更少。", {
      kind: MISSES[kind],
      rows,
      even: count(0),
      more: count(1),
      less: count(-1),
    });
  return t("“{{kind}}”的{{rows}}行：少的扣{{low}}%，多的扣{{high}}%。", {
    kind: MISSES[kind],
    rows,
    low: plainPercent(lowest),
    high: plainPercent(highest),
  });
}

function Same({ unlike }: { readonly unlike: readonly Unlike[] }) {
  return (
    <>
      <SectionTitle>{t("写得一模一样，复核得分不同")}</SectionTitle>
      <Table<Unlike["rows"][number] & { readonly key: string; readonly name: string; readonly span: number }>
        size="small"
        pagination={false}
        bordered
        scroll={{ x: 860 }}
        dataSource={unlike.flatMap(({ name, rows }, group) =>
          rows.map((row, index) => ({
            ...row,
            key: `${group} ${index}`,
            name,
            span: index === 0 ? rows.length : 0,
          })),
        )}
        columns={[
          {
            title: t("指标"),
            dataIndex: "name",
            onCell: ({ span }) => ({ rowSpan: span }),
            render: (name: string, { target, actual }) => (
              <>
                {name}
                <br />
                <Typography.Text type="secondary">
                  {t("指标值{{target}}，完成值{{actual}}", { target: target ?? "—", actual: actual ?? "—" })}
                </Typography.Text>
              </>
            ),
          },
          {
            title: t("项目"),
            dataIndex: "project",
            render: (project: string, { review }) => <Link to={`/reviews/${review}`}>{project}</Link>,
          },
          { title: t("复核人"), dataIndex: "reviewer", width: 110 },
          ...MARKS,
        ]}
      />
    </>
  );
}

const dash = (text: string | null) => text ?? "—";
const MARKS = [
  {
    title: t("分值"),
    dataIndex: "points",
    width: 70,
    align: "right" as const,
    className: "tabular",
    render: dash,
  },
  {
    title: t("自评"),
    dataIndex: "self",
    width: 70,
    align: "right" as const,
    className: "tabular",
    render: dash,
  },
  {
    title: t("复核"),
    dataIndex: "reviewed",
    width: 70,
    align: "right" as const,
    className: "tabular",
    render: dash,
  },
];

function Misses({ data: { misses, left } }: { readonly data: Compared }) {
  const most = Math.max(100, ...misses.map(({ highest }) => Number(highest)));
  return (
    <>
      <SectionTitle>{t("同一种完成情况，扣得是否一样")}</SectionTitle>
      <Table<Miss>
        size="small"
        rowKey="kind"
        pagination={false}
        scroll={{ x: 860 }}
        dataSource={misses}
        expandable={{
          columnTitle: <span className="heard">{t("展开")}</span>,
          defaultExpandedRowKeys: misses
            .filter(isApart)
            .slice(0, 1)
            .map(({ kind }) => kind),
          expandedRowRender: (miss) => <Examples miss={miss} />,
        }}
        columns={[
          {
            title: t("完成情况"),
            dataIndex: "kind",
            render: (kind: Miss["kind"]) => (
              <>
                {MISSES[kind]}
                {isJudged(kind) && (
                  <Typography.Text type="secondary"> {t("（由人判断，不同不一定不对）")}</Typography.Text>
                )}
              </>
            ),
          },
          { title: t("行数"), dataIndex: "rows", width: 70, align: "right", className: "tabular" },
          {
            title: t("扣去分值的%，最少到最多"),
            key: "range",
            width: 250,
            render: (_, miss) => <Range miss={miss} most={most} />,
          },
          {
            title: t("相差"),
            dataIndex: "apart",
            width: 130,
            render: (_, miss) =>
              isApart(miss) ? (
                <Tag color={isJudged(miss.kind) ? "default" : "warning"}>
                  {t("{{n}}个百分点", { n: plainPercent(miss.apart) })}
                </Tag>
              ) : miss.rows === 1 ? (
                t("只有一行")
              ) : (
                t("一样")
              ),
          },
          {
            title: t("各复核人共扣"),
            key: "by",
            width: 260,
            render: (_, { reviewers }) =>
              reviewers.map(({ account, name, together, rows }) => (
                <div key={account}>
                  {t("{{name}} {{share}}%（{{rows}}行）", { name, share: plainPercent(together), rows })}
                </div>
              )),
          },
        ]}
      />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {t(
          "扣去分值的%＝（分值－复核得分）÷分值，自评时已经扣的也在内；完成情况由系统按指标值和完成值读出。扣的比例都一样，或者都是差多少扣多少，算一样；1个百分点以内是得分取整所致。",
        )}
        {left > 0 && t("{{n}}行没有分值，没有计入。", { n: left })}
      </Typography.Text>
    </>
  );
}

/** From the least to the most that was taken off, on a line of all points. */
function Range({ miss: { lowest, highest }, most }: { readonly miss: Miss; readonly most: number }) {
  const at = (percent: string) => (Math.max(0, Number(percent)) / most) * 100;
  return (
    <Flex gap="small" align="center">
      <span className="range" aria-hidden>
        <span
          style={{
            insetInlineStart: `${at(lowest)}%`,
            width: `max(4px, ${at(highest) - at(lowest)}%)`,
          }}
        />
      </span>
      <span className="tabular">
        {lowest === highest
          ? t("{{low}}%", { low: plainPercent(lowest) })
          : t("{{low}}%～{{high}}%", { low: plainPercent(lowest), high: plainPercent(highest) })}
      </span>
    </Flex>
  );
}

function Examples({ miss: { kind, rows, examples } }: { readonly miss: Miss }) {
  return (
    <>
      <Table<Example>
        size="small"
        rowKey={(row) => `${row.review} ${row.name} ${row.target} ${row.actual} ${row.points} ${row.off}`}
        pagination={false}
        bordered
        scroll={{ x: 1080 }}
        aria-label={t("“{{kind}}”的行，扣的与差的相去远的在前", { kind: MISSES[kind] })}
        dataSource={examples}
        columns={[
          {
            title: t("扣去%"),
            dataIndex: "off",
            width: 80,
            align: "right",
            className: "tabular",
            render: (off: string) => <strong>{plainPercent(off)}</strong>,
          },
          ...(examples.some(({ short }) => short !== null)
            ? [
                {
                  title: t("比指标值差%"),
                  dataIndex: "short",
                  width: 110,
                  align: "right" as const,
                  className: "tabular",
                  render: (short: string | null) => (short === null ? "—" : plainPercent(short)),
                },
                { title: t("扣的比差的"), dataIndex: "beyond", width: 120, render: beyondSays },
              ]
            : []),
          {
            title: t("项目"),
            dataIndex: "project",
            width: 170,
            render: (project: string, { review }) => <Link to={`/reviews/${review}`}>{project}</Link>,
          },
          { title: t("指标"), dataIndex: "name", width: 150 },
          { title: t("指标值"), dataIndex: "target", width: 120, render: dash },
          { title: t("完成值"), dataIndex: "actual", width: 120, render: dash },
          ...MARKS,
          { title: t("复核人"), dataIndex: "reviewer", width: 110 },
        ]}
      />
      {rows > examples.length && (
        <Typography.Text type="secondary">
          {t("共{{rows}}行，列出{{listed}}行。", { rows, listed: examples.length })}
        </Typography.Text>
      )}
    </>
  );
}

function beyondSays(beyond: string | null) {
  const side = sideOf(beyond);
  if (beyond === null) return "—";
  if (side === 0) return t("相当");
  const n = plainPercent(beyond.replace("-", ""));
  return <Tag color="warning">{side > 0 ? t("多{{n}}", { n }) : t("少{{n}}", { n })}</Tag>;
}

function Totals({ data: { reviewers, kinds } }: { readonly data: Compared }) {
  const figures = [
    { title: t("复核过的行"), dataIndex: "rows", width: 110, align: "right" as const },
    { title: t("扣分的行"), dataIndex: "deducted", width: 100, align: "right" as const },
    { title: t("自评得分"), dataIndex: "points", width: 100, align: "right" as const },
    { title: t("扣去的分"), dataIndex: "taken", width: 100, align: "right" as const },
    {
      title: t("扣分占比"),
      dataIndex: "rate",
      width: 100,
      align: "right" as const,
      render: (rate: string | null) => (rate === null ? "—" : `${rate}%`),
    },
  ];
  return (
    <>
      <SectionTitle>{t("各复核人比自评多扣了多少")}</SectionTitle>
      <Table<Compared["reviewers"][number]>
        size="small"
        rowKey="account"
        pagination={false}
        scroll={{ x: 680 }}
        dataSource={reviewers}
        columns={[
          { title: t("复核人"), dataIndex: "name" },
          { title: t("表"), dataIndex: "forms", width: 70, align: "right" },
          ...figures,
        ]}
      />
      <SectionTitle>{t("各类指标比自评多扣了多少")}</SectionTitle>
      <Table<Compared["kinds"][number]>
        size="small"
        rowKey="level2"
        pagination={false}
        scroll={{ x: 680 }}
        dataSource={kinds}
        columns={[{ title: t("二级指标"), dataIndex: "level2" }, ...figures]}
      />
    </>
  );
}
