import { AUTHOR_ROLES, KIND_TITLES } from "@jiheng/workflow";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Descriptions, Drawer, Empty, Flex, Skeleton, Table, Typography } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { day, inWan } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useSession } from "../session/index.ts";
import { CarryOverDialog, IssueDialog, OpenDialog, ProjectDialog } from "./ProjectDialogs.tsx";
import { type IndicatorLine, linesOf, type MoneyOfYear, moneyByYear, type YearRows } from "./years.ts";

type Detail = Answered<"getProject">;
type Submission = Detail["submissions"][number];

const titleOf = (kind: string): string => t((KIND_TITLES as Readonly<Record<string, string>>)[kind] ?? kind);

/** One project over its years: forms, money, and its indicators from target to publication. */
export function ProjectPage() {
  const { project = "" } = useParams();
  const go = useNavigate();
  const { profile } = useSession();
  const [asks, setAsks] = useState<"change" | "carry" | "open" | "issue" | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["project", project],
    queryFn: async () => (await call("getProject", { params: { project } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data)
    return (
      <Flex vertical gap="middle">
        <PageHead title={t("项目")} />
        <Skeleton active title={false} paragraph={{ rows: 10 }} />
      </Flex>
    );
  const { project: known, submissions, inForce, carriedOver } = data;
  const may = (action: string) => profile?.actions.includes(action) === true;
  const newest = submissions[0]?.year ?? new Date().getFullYear();
  const isAuthor =
    profile?.grants.some(({ role }) => AUTHOR_ROLES["target-declaration"].includes(role)) === true;
  const isOrdinary = known.placeholderReason === null;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={known.name}
        says={[known.code, known.unitName, known.departmentName].filter(Boolean).join(" · ")}
      >
        <Link to="/projects">{t("项目库")}</Link>
        {isOrdinary && may("manage-projects") && (
          <>
            <Button onClick={() => setAsks("change")}>{t("修改")}</Button>
            <Button onClick={() => setAsks("carry")}>{t("登记结转")}</Button>
          </>
        )}
        {isOrdinary && may("issue") && <Button onClick={() => setAsks("issue")}>{t("下达一张表")}</Button>}
        {isOrdinary && isAuthor && (
          <Button type="primary" onClick={() => setAsks("open")}>
            {t("申报或调整目标")}
          </Button>
        )}
      </PageHead>
      {!isOrdinary && (
        <Alert
          type="warning"
          showIcon
          title={t("这是涉密项目的占位，没有任何内容，也不能填报。按规定在线下办理。")}
          description={t("理由：{{reason}}", { reason: known.placeholderReason ?? "" })}
        />
      )}
      {isOrdinary && (
        <>
          <Forms submissions={submissions} inForce={inForce} carriedOver={carriedOver} />
          <Money submissions={submissions} />
          <Indicators project={project} submissions={submissions} />
        </>
      )}
      {asks === "change" && (
        <ProjectDialog project={known} onClose={() => setAsks(null)} onDone={() => setAsks(null)} />
      )}
      {asks === "carry" && (
        <CarryOverDialog
          project={known}
          year={newest + 1}
          onClose={() => setAsks(null)}
          onDone={() => setAsks(null)}
        />
      )}
      {asks === "issue" && (
        <IssueDialog
          project={known}
          year={newest}
          onClose={() => setAsks(null)}
          onDone={() => setAsks(null)}
        />
      )}
      {asks === "open" && (
        <OpenDialog
          project={known}
          year={newest + 1}
          hasTargets={(year) => inForce.some((target) => target.year === year)}
          onClose={() => setAsks(null)}
          onDone={(id) => go(`/forms/${id}`)}
        />
      )}
    </Flex>
  );
}

function Forms({
  submissions,
  inForce,
  carriedOver,
}: Pick<Detail, "submissions" | "inForce" | "carriedOver">) {
  const valid = new Set(inForce.map(({ submission }) => submission));
  return (
    <Card size="small" title={<SectionTitle>{t("各年的表")}</SectionTitle>} styles={{ body: { padding: 0 } }}>
      <Table<Submission>
        size="small"
        rowKey="id"
        dataSource={submissions}
        pagination={false}
        scroll={{ x: 760 }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t("这个项目还没有表。先申报绩效目标；自评表由主管部门或财政部门下达。")}
            />
          ),
        }}
        columns={[
          { title: t("年度"), dataIndex: "year", width: 72 },
          {
            title: t("表"),
            key: "kind",
            render: (_, { id, kind, sequence, month }) => (
              <Link to={`/forms/${id}`}>
                {titleOf(kind)}
                {month !== null && t("（{{month}}月）", { month })}
                {month === null && sequence > 1 && t("（第{{sequence}}次）", { sequence })}
              </Link>
            ),
          },
          {
            title: t("状态"),
            key: "standing",
            width: 200,
            render: (_, { id, standing }) =>
              valid.has(id) ? t("{{standing}}，现行目标", { standing }) : standing,
          },
          { title: t("总分"), dataIndex: "totalScore", width: 80, align: "right", render: dash },
          { title: t("等级"), dataIndex: "grade", width: 64, render: dash },
          {
            title: t("必须更正"),
            dataIndex: "must",
            width: 90,
            align: "right",
            render: (must: number) => (must > 0 ? must : "—"),
          },
          { title: t("最近更新"), dataIndex: "updatedAt", width: 140, render: day },
        ]}
      />
      {carriedOver.length > 0 && (
        <div style={{ padding: "6px 8px" }}>
          {carriedOver.map(({ toYear, reason, at }) => (
            <div key={toYear}>
              {t("结转到{{year}}年（{{at}}登记）", { year: toYear, at: day(at) })}
              {reason !== null && `：${reason}`}
            </div>
          ))}
        </div>
      )}
    </Card>
  );
}

const dash = (value: string | null) => value ?? "—";

function Money({ submissions }: Pick<Detail, "submissions">) {
  const years = moneyByYear(submissions);
  if (years.length === 0) return null;
  return (
    <Card
      size="small"
      title={<SectionTitle>{t("资金（万元）")}</SectionTitle>}
      styles={{ body: { padding: 0 } }}
    >
      <Table<MoneyOfYear>
        size="small"
        rowKey="year"
        dataSource={years}
        pagination={false}
        scroll={{ x: 640 }}
        columns={[
          { title: t("年度"), dataIndex: "year", width: 72 },
          { title: t("年初预算数"), dataIndex: "initialBudget", align: "right", width: 140, render: inWan },
          { title: t("全年预算数"), dataIndex: "adjustedBudget", align: "right", width: 140, render: inWan },
          { title: t("全年执行数"), dataIndex: "expenditure", align: "right", width: 140, render: inWan },
          {
            title: t("取自"),
            key: "from",
            render: (_, { from }) =>
              from ? (
                <Link to={`/forms/${from.id}`}>{titleOf(from.kind)}</Link>
              ) : (
                <Typography.Text type="secondary">{t("这一年的表上没有金额")}</Typography.Text>
              ),
          },
        ]}
      />
    </Card>
  );
}

const SHOWN_YEARS = 4;
const hasRows = ({ kind, rows }: Submission): boolean =>
  rows > 0 && (kind === "self-evaluation" || kind === "target-declaration");

function Indicators({ project, submissions }: { readonly project: string } & Pick<Detail, "submissions">) {
  const [opened, setOpened] = useState<IndicatorLine | null>(null);
  const filled = [...new Set(submissions.filter(hasRows).map(({ year }) => year))].toSorted((a, b) => b - a);
  const years = filled.slice(0, SHOWN_YEARS);
  const kindOf = (year: number) =>
    submissions.some((each) => each.year === year && each.kind === "self-evaluation" && each.rows > 0)
      ? "self-evaluation"
      : "target-declaration";
  const found = useQueries({
    queries: years.map((year) => ({
      queryKey: ["project-rows", project, year, kindOf(year)],
      queryFn: async () =>
        (
          await call("getProjectRows", {
            params: { project },
            query: { year: String(year), kind: kindOf(year) },
          })
        ).body,
    })),
  });
  const failed = found.find(({ error }) => error)?.error;
  if (failed) return <Failed error={failed} />;
  const lines = linesOf(
    found.flatMap(({ data }): YearRows[] => (data ? [{ year: data.year, rows: data.rows }] : [])),
  );
  if (years.length === 0) return null;
  return (
    <Card
      size="small"
      title={<SectionTitle>{t("各年的指标")}</SectionTitle>}
      extra={
        <Typography.Text type="secondary">
          {t("同一行是同一个指标，点名称看它从申报到公开的经过")}
        </Typography.Text>
      }
      styles={{ body: { padding: 0 } }}
    >
      <Table<IndicatorLine>
        size="small"
        bordered
        rowKey="indicator"
        loading={found.some(({ isPending }) => isPending)}
        dataSource={lines}
        pagination={false}
        scroll={{ x: 360 + years.length * 250 }}
        locale={{ emptyText: t("还没有填写指标。") }}
        columns={[
          {
            title: t("指标"),
            key: "name",
            fixed: "left",
            width: 260,
            render: (_, line) => (
              <>
                <Button
                  type="link"
                  size="small"
                  style={{
                    padding: 0,
                    whiteSpace: "normal",
                    textAlign: "start",
                    height: "auto",
                    minHeight: 24,
                  }}
                  onClick={() => setOpened(line)}
                >
                  {line.name ?? t("（没有名称）")}
                </Button>
                <div>
                  <Typography.Text type="secondary">
                    {[line.level1, line.level2].filter(Boolean).join(" › ")}
                    {line.isByName && t("（有的年度按名称对应）")}
                  </Typography.Text>
                </div>
              </>
            ),
          },
          ...years.map((year) => ({
            title: kindOf(year) === "self-evaluation" ? String(year) : t("{{year}}（申报）", { year }),
            key: String(year),
            children: [
              {
                title: t("目标值"),
                key: `${year} target`,
                width: 96,
                render: (_: unknown, { ofYear }: IndicatorLine) => ofYear.get(year)?.target ?? "—",
              },
              {
                title: t("实际值"),
                key: `${year} actual`,
                width: 96,
                render: (_: unknown, { ofYear }: IndicatorLine) => ofYear.get(year)?.actual ?? "—",
              },
              {
                title: t("得分"),
                key: `${year} score`,
                width: 76,
                align: "right" as const,
                render: (_: unknown, { ofYear }: IndicatorLine) => {
                  const row = ofYear.get(year);
                  return row?.score == null ? "—" : `${row.score}/${row.points ?? "—"}`;
                },
              },
            ],
          })),
        ]}
      />
      {filled.length > years.length && (
        <Typography.Text type="secondary" style={{ display: "block", padding: "6px 8px" }}>
          {t("只列最近{{years}}年，更早的在各年的表里。", { years: SHOWN_YEARS })}
        </Typography.Text>
      )}
      <Drawer
        open={opened !== null}
        title={opened?.name ?? t("（没有名称）")}
        size={640}
        onClose={() => setOpened(null)}
      >
        {opened && <Timeline indicator={opened.indicator} />}
      </Drawer>
    </Card>
  );
}

/** An indicator from its declaration to its publication. */
function Timeline({ indicator }: { readonly indicator: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["timeline", indicator],
    queryFn: async () => (await call("getIndicatorTimeline", { params: { indicator } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  const items = data?.items ?? [];
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[{ key: "seen", label: t("经过"), children: t("{{stages}}个环节", { stages: items.length }) }]}
      />
      <Table
        size="small"
        rowKey={({ submission, stage, at }) => `${submission} ${stage} ${at}`}
        loading={isPending}
        dataSource={items}
        pagination={false}
        scroll={{ x: 560 }}
        columns={[
          { title: t("年度"), dataIndex: "year", width: 64 },
          {
            title: t("环节"),
            key: "stage",
            render: (_, { title, submission, month }) => (
              <Link to={`/forms/${submission}`}>
                {title}
                {month !== null && t("（{{month}}月）", { month })}
              </Link>
            ),
          },
          { title: t("目标值"), dataIndex: "target", width: 100, render: dash },
          { title: t("实际值"), dataIndex: "actual", width: 100, render: dash },
          {
            title: t("得分"),
            key: "score",
            width: 80,
            align: "right",
            render: (_, { score, points }) => (score === null ? "—" : `${score}/${points ?? "—"}`),
          },
          { title: t("时间"), dataIndex: "at", width: 120, render: day },
        ]}
      />
    </>
  );
}
