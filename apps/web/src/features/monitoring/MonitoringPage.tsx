import { LAMP_TITLES, type Lamp, STATE_TITLES, type State } from "@jiheng/workflow";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Empty, Flex, Spin, Table, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { RectifyButton } from "../../ui/RectifyButton.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { useOwnBody } from "../../ui/use-own-body.ts";
import { useSession } from "../session/index.ts";

type Item = Answered<"listMonitoring">["items"][number];
type Whole = Answered<"getMonitoring">;

/** Each lamp has its shape and its word besides its colour. */
const SHAPES: Readonly<Record<Lamp, string>> = { red: "■", yellow: "▲", green: "●", blue: "◆" };

function LampWord({ lamp }: { readonly lamp: Lamp | null }) {
  if (lamp === null) return <Typography.Text type="secondary">{t("不能判断")}</Typography.Text>;
  return (
    <span className={`lamp lamp-${lamp}`}>
      <span aria-hidden="true">{SHAPES[lamp]}</span> {t(LAMP_TITLES[lamp])}
    </span>
  );
}

/** The monitoring forms of a body with their lamps. */
export function MonitoringPage() {
  const { body, setBody, known } = useOwnBody();
  const { filter, setFilter } = useFilters<"year" | "month" | "form" | "lamp">();
  const year = filter("year") ?? String(new Date().getFullYear() - 1);
  const month = filter("month");
  const list = useInfiniteQuery({
    queryKey: ["monitoring", body, year, month],
    enabled: body !== "",
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listMonitoring", {
          query: {
            year,
            organisation: body,
            limit: "100",
            ...(month ? { month } : {}),
            ...(pageParam ? { after: pageParam } : {}),
          },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = filter("lamp")
    ? items.filter(({ goal, money }) => goal === filter("lamp") || money === filter("lamp"))
    : items;
  const years = Array.from({ length: 5 }, (_, index) => String(new Date().getFullYear() + 1 - index));
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("运行监控")}
        says={t("年中看目标和资金是否同步：每盏灯都写明算法，并预测年末得分。填报在表格里进行。")}
      />
      <Flex gap="small" wrap>
        <BodyField label={t("机构")} known={known} value={body} onChange={setBody} />
        <Pick
          label={t("年度")}
          value={year}
          onChange={setFilter("year")}
          options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
        />
        <Pick
          label={t("月份")}
          value={month}
          onChange={setFilter("month")}
          options={Array.from({ length: 12 }, (_, index) => ({
            value: String(index + 1),
            label: t("到{{month}}月", { month: index + 1 }),
          }))}
        />
        <Pick
          label={t("灯")}
          value={filter("lamp")}
          onChange={setFilter("lamp")}
          options={(Object.entries(LAMP_TITLES) as [Lamp, string][]).map(([value, label]) => ({
            value,
            label: t(label),
          }))}
        />
      </Flex>
      {list.error && <Failed error={list.error} again={list.refetch} />}
      {filter("lamp") !== undefined && list.hasNextPage && (
        <Alert
          type="info"
          showIcon
          title={t("只在已经列出的{{forms}}张里按灯筛选，后面还有，点“再列100张”接着看。", {
            forms: items.length,
          })}
        />
      )}
      <Table<Item>
        size="small"
        rowKey="submission"
        loading={list.isPending && body !== ""}
        dataSource={shown}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{
          emptyText: <Empty description={t("没有符合条件的监控表。布置年中监控后，单位在表格里填报。")} />,
        }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "project",
            render: (project: string, { submission }) => (
              <Button type="link" className="link-in-table" onClick={() => setFilter("form")(submission)}>
                {project}
              </Button>
            ),
          },
          {
            title: t("监控到"),
            dataIndex: "month",
            width: 90,
            render: (of: number) => t("{{month}}月", { month: of }),
          },
          {
            title: t("状态"),
            dataIndex: "state",
            width: 120,
            render: (state: State) => t(STATE_TITLES[state] ?? state),
          },
          {
            title: t("目标"),
            dataIndex: "goal",
            width: 120,
            render: (lamp: Lamp | null) => <LampWord lamp={lamp} />,
          },
          {
            title: t("资金"),
            dataIndex: "money",
            width: 120,
            render: (lamp: Lamp | null) => <LampWord lamp={lamp} />,
          },
          { title: t("不能判断的指标"), dataIndex: "unjudged", width: 140, align: "right" },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列100张")}
        </Button>
      )}
      {filter("form") !== undefined && (
        <Details submission={filter("form") ?? ""} onClose={() => setFilter("form")(undefined)} />
      )}
    </Flex>
  );
}

function Details({ submission, onClose }: { readonly submission: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["monitoring", "one", submission],
    queryFn: async () => (await call("getMonitoring", { params: { submission } })).body,
  });
  return (
    <Drawer open size="large" title={t("监控详情")} onClose={onClose}>
      {error && <Failed error={error} again={refetch} />}
      {!data && !error && <Spin />}
      {data && (
        <Flex vertical gap="middle">
          <Link to={`/forms/${submission}`}>{t("打开这张表")}</Link>
          <div>
            <strong>{t("目标")}</strong>　<LampWord lamp={data.goal.lamp} />
            <div>{data.goal.says}</div>
          </div>
          <Rectify whole={data} />
          <div>
            <strong>{t("资金")}</strong>　<LampWord lamp={data.money.lamp} />
            <div>
              {data.money.says}
              {data.money.basis !== null && `（${data.money.basis}）`}
            </div>
            <div>{data.alert.says}</div>
          </div>
          <SectionTitle>{t("年末得分预测")}</SectionTitle>
          <Forecast whole={data} />
          <SectionTitle>{t("逐项指标")}</SectionTitle>
          <Table<Whole["rows"][number]>
            size="small"
            rowKey="row"
            pagination={false}
            dataSource={data.rows}
            columns={[
              { title: t("指标"), dataIndex: "name", render: (name: string | null) => name ?? "—" },
              {
                title: t("灯"),
                dataIndex: "lamp",
                width: 110,
                render: (lamp: Lamp | null) => <LampWord lamp={lamp} />,
              },
              { title: t("怎么判断的"), dataIndex: "says" },
            ]}
          />
        </Flex>
      )}
    </Drawer>
  );
}

/** Where a lamp is red: what is behind goes into the rectification ledger, or who may put it there. */
function Rectify({ whole: { submission, month, goal, money, rows } }: { readonly whole: Whole }) {
  const { profile } = useSession();
  if (goal.lamp !== "red" && money.lamp !== "red") return null;
  if (!profile?.actions.includes("open-rectification"))
    return (
      <Typography.Text type="secondary">
        {t("整改由主管部门审核人或财政人员下达，下达后列入")}
        <Link to="/results">{t("整改台账")}</Link>
      </Typography.Text>
    );
  const late = rows.filter(({ lamp }) => lamp === "red").map(({ name, says }) => `“${name ?? ""}”${says}`);
  const behind = [...late, ...(money.lamp === "red" ? [money.says] : [])].join("；");
  return (
    <Flex gap="small" align="center" wrap>
      <RectifyButton
        submission={submission}
        finding={null}
        words={t("到{{month}}月亮红灯：{{behind}}。请说明原因并采取措施。", { month, behind })}
      />
      <Link to="/results">{t("看整改台账")}</Link>
    </Flex>
  );
}

function Forecast({ whole: { forecast, noForecast, rows: indicators } }: { readonly whole: Whole }) {
  if (forecast === null) return <Typography.Text>{noForecast}</Typography.Text>;
  const rows = [
    { key: "low", title: t("偏低"), ...forecast.low },
    { key: "expected", title: t("按现在的进度"), ...forecast.expected },
    { key: "high", title: t("偏高"), ...forecast.high },
  ];
  return (
    <Flex vertical gap="small">
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        dataSource={rows}
        columns={[
          { title: t("情形"), dataIndex: "title", width: 140 },
          {
            title: t("总分"),
            key: "total",
            width: 140,
            align: "right",
            render: (_, { total, between }) => total ?? (between ? `${between[0]}～${between[1]}` : "—"),
          },
          {
            title: t("等级"),
            dataIndex: "grades",
            width: 100,
            render: (grades: string[]) => grades.map((grade) => t(grade)).join("、") || "—",
          },
          { title: t("说明"), dataIndex: "says" },
        ]}
      />
      <Typography.Text type="secondary">
        {t("按 {{policy}} 预测。假定：{{assumptions}}", {
          policy: forecast.policyTitle,
          assumptions: forecast.assumptions.join(""),
        })}
      </Typography.Text>
      <details>
        <summary>{t("各行怎样推算")}</summary>
        <Table<NonNullable<Whole["forecast"]>["rows"][number]>
          size="small"
          rowKey="row"
          pagination={false}
          scroll={{ x: 560 }}
          dataSource={forecast.rows}
          columns={[
            {
              title: t("指标"),
              dataIndex: "row",
              render: (row: string) => indicators.find((one) => one.row === row)?.name ?? "—",
            },
            { title: t("偏低"), dataIndex: "low", width: 64, align: "right", render: orDash },
            { title: t("按现在的进度"), dataIndex: "expected", width: 104, align: "right", render: orDash },
            { title: t("偏高"), dataIndex: "high", width: 64, align: "right", render: orDash },
            { title: t("说明"), dataIndex: "says" },
          ]}
        />
      </details>
    </Flex>
  );
}

function orDash(text: string | null): string {
  return text ?? "—";
}
