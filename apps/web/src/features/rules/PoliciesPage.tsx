import { findPolicy, type PackExample, POLICIES, runExample } from "@jiheng/scoring";
import { useInfiniteQuery } from "@tanstack/react-query";
import {
  Alert,
  Button,
  Checkbox,
  Empty,
  Flex,
  Progress,
  Radio,
  Select,
  Table,
  Tabs,
  Tag,
  Typography,
} from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { type ComparedParameter, comparePacks } from "./compare-packs.ts";

const PACKS = POLICIES.map(({ id, title, draft }) => ({
  value: id,
  label: draft ? t("{{title}}（草案）", { title }) : title,
}));

/** The policy packs: their steps and sources, two beside each other, and what one would change on the forms of a year. */
export function PoliciesPage() {
  const { filter, setFilter } = useFilters<"pack" | "with" | "tab" | "only" | "try">();
  const a = findPolicy(filter("pack") ?? "") ?? POLICIES[0];
  const b = findPolicy(filter("with") ?? "");
  if (!a) return null;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("评分办法")}
        says={t("每一个参数都写明依据；表按自己的地区、年度和表样选用。草案不会自动选用。")}
      />
      <Flex gap="small" wrap align="center">
        <Select
          aria-label={t("评分办法")}
          style={{ width: 340 }}
          showSearch={{ optionFilterProp: "label" }}
          options={PACKS}
          value={a.id}
          onChange={(id: string) => setFilter("pack")(id)}
        />
        <Select
          allowClear
          aria-label={t("与另一套比较")}
          placeholder={t("与另一套比较")}
          style={{ width: 340 }}
          showSearch={{ optionFilterProp: "label" }}
          options={PACKS.filter(({ value }) => value !== a.id)}
          value={b?.id ?? null}
          onChange={(id?: string | null) => setFilter("with")(id ?? undefined)}
        />
      </Flex>
      <Tabs
        activeKey={filter("tab") ?? "parameters"}
        onChange={(key) => setFilter("tab")(key)}
        items={[
          {
            key: "parameters",
            label: t("参数和依据"),
            children: (
              <Parameters
                rows={comparePacks(a, b)}
                isCompared={b !== null}
                titles={[a.title, b?.title ?? ""]}
                isOnlyDiffering={filter("only") === "differing"}
                onOnlyDiffering={(only) => setFilter("only")(only ? "differing" : undefined)}
              />
            ),
          },
          { key: "examples", label: t("算例"), children: <Examples pack={a.id} /> },
          {
            key: "shadow",
            label: t("试算某年的表"),
            children: <Tried packs={b ? [a, b] : [a]} tried={filter("try")} onTry={setFilter("try")} />,
          },
        ]}
      />
    </Flex>
  );
}

function Parameters({
  rows,
  isCompared,
  titles,
  isOnlyDiffering,
  onOnlyDiffering,
}: {
  readonly rows: readonly ComparedParameter[];
  readonly isCompared: boolean;
  readonly isOnlyDiffering: boolean;
  readonly onOnlyDiffering: (only: boolean) => void;
  readonly titles: readonly [string, string];
}) {
  const side = (key: "a" | "b", title: string) => ({
    title,
    key,
    render: (_: unknown, row: ComparedParameter) =>
      row[key] === null ? (
        "—"
      ) : (
        <>
          <div style={{ whiteSpace: "pre-line" }}>{row[key].value}</div>
          <Typography.Text type="secondary" style={{ whiteSpace: "pre-line" }}>
            {row[key].basis}
          </Typography.Text>
        </>
      ),
  });
  const differing = rows.filter(({ differs }) => differs).length;
  return (
    <Flex vertical gap="small">
      {isCompared && (
        <Flex gap="middle" wrap align="center">
          <Typography.Text>
            {t("{{all}}项参数中有{{differing}}项不同。", { all: rows.length, differing })}
          </Typography.Text>
          <Checkbox checked={isOnlyDiffering} onChange={({ target }) => onOnlyDiffering(target.checked)}>
            {t("只看不同")}
          </Checkbox>
        </Flex>
      )}
      <Table<ComparedParameter>
        size="small"
        rowKey="name"
        bordered
        pagination={false}
        scroll={{ x: 800 }}
        dataSource={rows.filter(({ differs }) => !isCompared || !isOnlyDiffering || differs)}
        locale={{ emptyText: <Empty description={t("这两套办法的参数没有不同。")} /> }}
        columns={[
          {
            title: t("参数"),
            dataIndex: "name",
            width: 200,
            render: (name: string, { differs }) => (
              <>
                {name} {differs && <Tag color="warning">{t("不同")}</Tag>}
              </>
            ),
          },
          side("a", titles[0]),
          ...(isCompared ? [side("b", titles[1])] : []),
        ]}
      />
    </Flex>
  );
}

function Examples({ pack }: { readonly pack: string }) {
  const policy = findPolicy(pack);
  if (!policy) return null;
  return (
    <Table<PackExample>
      size="small"
      rowKey="says"
      pagination={false}
      dataSource={[...policy.examples]}
      locale={{ emptyText: <Empty description={t("这套办法没有算例。")} /> }}
      columns={[
        { title: t("算例"), dataIndex: "says" },
        { title: t("应得"), dataIndex: "gives", width: 140, align: "right" },
        {
          title: t("本机现在算得"),
          key: "now",
          width: 140,
          align: "right",
          render: (_, example) => runExample(policy, example),
        },
      ]}
    />
  );
}

type Moved = Answered<"shadowRun">["items"][number];

interface Pack {
  readonly id: string;
  readonly title: string;
}

/** Which of the packs on the page is tried, said and to be chosen where there are two. */
function Tried({
  packs,
  tried,
  onTry,
}: {
  readonly packs: readonly Pack[];
  readonly tried: string | undefined;
  readonly onTry: (pack: string | undefined) => void;
}) {
  const pack = packs.find(({ id }) => id === tried) ?? packs[0];
  if (!pack) return null;
  return (
    <Flex vertical gap="small">
      {packs.length > 1 && (
        <Radio.Group
          aria-label={t("试算哪一套")}
          value={pack.id}
          onChange={({ target }) => onTry(target.value as string)}
          options={packs.map(({ id, title }) => ({ value: id, label: t("试算“{{title}}”", { title }) }))}
        />
      )}
      <ShadowRun pack={pack} key={pack.id} />
    </Flex>
  );
}

/** What the forms of a year would get under a pack, to the last of them; nothing is written. */
function ShadowRun({ pack }: { readonly pack: Pack }) {
  const { profile } = useSession();
  const bodies = [
    ...new Map(profile?.grants.map((grant) => [grant.organisation, grant.organisationName])).entries(),
  ];
  const [body, setBody] = useState(bodies[0]?.[0] ?? "");
  const [year, setYear] = useState(String(new Date().getFullYear() - 1));
  const [isAsked, setAsked] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const run = useInfiniteQuery({
    queryKey: ["shadow-run", pack.id, year, body],
    enabled: isAsked && body !== "",
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("shadowRun", {
          params: { policy: pack.id },
          query: { year, organisation: body, limit: "100", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = run;
  useEffect(() => {
    if (isAsked && !isStopped && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isAsked, isStopped, hasNextPage, isFetching, isError, fetchNextPage]);
  const items = run.data?.pages.flatMap((page) => page.items) ?? [];
  const unchanged = run.data?.pages.reduce((sum, page) => sum + page.unchanged, 0) ?? 0;
  const all = run.data?.pages[0]?.all ?? 0;
  const done = items.length + unchanged;
  const years = Array.from({ length: 4 }, (_, index) => String(new Date().getFullYear() - index));
  return (
    <Flex vertical gap="small">
      <Alert
        type="info"
        showIcon
        title={t("试算只看不改：用“{{title}}”给某年的自评表重新计分，列出得分和等级会变的表。", {
          title: pack.title,
        })}
      />
      <Flex gap="small" wrap>
        <Select
          aria-label={t("年度")}
          style={{ width: 120 }}
          value={year}
          onChange={setYear}
          options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
        />
        <Select
          aria-label={t("机构")}
          style={{ width: 260 }}
          value={body}
          onChange={setBody}
          options={bodies.map(([value, label]) => ({ value, label }))}
        />
        <Button
          type="primary"
          loading={run.isFetching && !isStopped}
          onClick={() => {
            setAsked(true);
            setStopped(false);
          }}
        >
          {t("试算")}
        </Button>
        {hasNextPage && !isStopped && <Button onClick={() => setStopped(true)}>{t("停在这里")}</Button>}
      </Flex>
      {run.error && <Failed error={run.error} again={run.refetch} />}
      {run.data && (
        <>
          {hasNextPage && (
            <Progress
              aria-label={t("试算进度")}
              percent={all === 0 ? 0 : Math.floor((done / all) * 100)}
              size="small"
            />
          )}
          <Typography.Text role="status">
            {hasNextPage
              ? t("已试算{{done}}张表，共{{all}}张：{{moved}}张会变，{{unchanged}}张不变。", {
                  done,
                  all,
                  moved: items.length,
                  unchanged,
                })
              : t("{{all}}张表全部试算过：{{moved}}张会变，{{unchanged}}张不变。", {
                  all: done,
                  moved: items.length,
                  unchanged,
                })}
          </Typography.Text>
          <Table<Moved>
            size="small"
            rowKey="submission"
            pagination={false}
            dataSource={items}
            columns={[
              {
                title: t("项目"),
                dataIndex: "project",
                render: (name: string, { submission }) => <Link to={`/forms/${submission}`}>{name}</Link>,
              },
              {
                title: t("总分"),
                key: "total",
                width: 200,
                render: (_, item) => wordsOf(item, "totalScore"),
              },
              { title: t("等级"), key: "grade", width: 120, render: (_, item) => wordsOf(item, "grade") },
              {
                title: t("变动处"),
                key: "changes",
                width: 90,
                align: "right",
                render: (_, item) => item.changes.length,
              },
            ]}
            expandable={{
              columnTitle: <span className="heard">{t("展开")}</span>,
              expandedRowRender: ({ changes }) => (
                <ul>
                  {changes.map(({ at, name, before, after, why }) => (
                    <li key={at}>
                      {t("{{name}}：{{before}} → {{after}}", { name, before, after })}
                      <br />
                      <Typography.Text type="secondary">
                        {t("现在：{{before}}。改用后：{{after}}。", why)}
                      </Typography.Text>
                    </li>
                  ))}
                </ul>
              ),
            }}
          />
          {hasNextPage && isStopped && (
            <Button onClick={() => setStopped(false)}>
              {t("接着试算其余{{left}}张", { left: all - done })}
            </Button>
          )}
        </>
      )}
    </Flex>
  );
}

function wordsOf({ changes }: Moved, place: string): string {
  const change = changes.find(({ at }) => at === place);
  return change ? `${change.before} → ${change.after}` : t("不变");
}
