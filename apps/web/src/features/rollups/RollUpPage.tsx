import { describePlace, type Form } from "@jiheng/domain";
import { STATE_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Spin, Table, Tabs, Tag, Typography } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { useSession } from "../session/index.ts";
import { isFigure } from "./places.ts";
import { RollUpSheet } from "./RollUpSheet.tsx";
import { madeChoices, withoutOptions } from "./recipe.ts";
import { TraceDrawer } from "./Trace.tsx";

type Member = Answered<"getRollUp">["members"][number];
type Source = Answered<"splitRollUp">["sources"][number];

/** A roll-up that was made: its form with the history of every figure, its members, and what it is taken apart into. */
export function RollUpPage() {
  const { submission = "" } = useParams();
  const { profile } = useSession();
  const params = { submission };
  const made = useQuery({
    queryKey: ["rollup", submission],
    queryFn: async () => (await call("getRollUp", { params })).body,
  });
  const stands = useQuery({
    queryKey: ["form", submission, "standing"],
    queryFn: async () => (await call("getForm", { params })).body,
  });
  const failed = made.error ?? stands.error;
  if (failed) return <Failed error={failed} />;
  if (!made.data || !stands.data) return <Spin />;
  const { members, madeAt, madeRevision, revision, choices, offers } = made.data;
  const { submission: head } = stands.data;
  const form = stands.data.form as Form | null;
  const changed = members.filter((member) => member.changed);
  const chosen = madeChoices({ members: [], choices, template: null });
  const mayRollUp = profile?.actions.includes("roll-up") ?? false;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={head.projectName}
        says={t("{{year}}年汇总表 · {{standing}} · {{when}}由{{count}}张表汇总", {
          year: head.year,
          standing: head.standing,
          when: moment(madeAt),
          count: members.length,
        })}
      >
        {mayRollUp && (
          <Link to={`/rollups/${submission}/remake`}>
            <Button tabIndex={-1}>{t("重新汇总")}</Button>
          </Link>
        )}
        <Link to={`/forms/${submission}`}>
          <Button type="primary" tabIndex={-1}>
            {t("在编辑页打开")}
          </Button>
        </Link>
      </PageHead>
      <Coverage
        department={head.department}
        year={head.year}
        members={members.map((member) => member.submission)}
      />
      {changed.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("汇总之后，{{count}}张来源表又有变化：{{names}}", {
            count: changed.length,
            names: changed.map(({ project }) => project).join("、"),
          })}
          description={t("这张汇总表仍是当时的数。重新汇总前会先列出哪些数会变。")}
        />
      )}
      {revision !== madeRevision && (
        <Alert
          type="info"
          showIcon
          title={t("汇总之后这张表又改过（汇总时第{{made}}版，现在第{{now}}版）", {
            made: madeRevision,
            now: revision,
          })}
          description={t("来历说的是汇总时的数，后来手工改过的格不在其中。")}
        />
      )}
      <Tabs
        items={[
          {
            key: "form",
            label: t("汇总表"),
            children: form && <Traced form={form} submission={submission} members={members} />,
          },
          {
            key: "members",
            label: t("来源（{{count}}张）", { count: members.length }),
            children: <Members members={members} />,
          },
          {
            key: "sources",
            label: t("汇总时的各张表"),
            children: <Sources submission={submission} members={members} />,
          },
          {
            key: "choices",
            label: t("汇总时的选择（{{count}}项）", { count: chosen.length }),
            children: (
              <>
                {chosen.length === 0 ? (
                  <Typography.Paragraph>
                    {t("没有另作选择：同名的行合并，分值同级平均分配。")}
                  </Typography.Paragraph>
                ) : (
                  <ul>
                    {chosen.map(({ says }) => (
                      <li key={says}>{says}</li>
                    ))}
                  </ul>
                )}
                {offers.length > 0 && (
                  <>
                    <Typography.Paragraph>
                      {t("汇总时提示过、没有采纳的有{{count}}处：", { count: offers.length })}
                    </Typography.Paragraph>
                    <ul>
                      {offers.map(({ says }) => (
                        <li key={says}>{withoutOptions(says)}</li>
                      ))}
                    </ul>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
    </Flex>
  );
}

/** Forms asked for to say what a roll-up leaves out; a department has fewer. */
const MOST_ASKED = "200";
const NOT_BEGUN = ["not-issued", "issued"];
const NAMED = 5;

/** How much of the department's year the roll-up covers, and which begun forms it leaves out. */
function Coverage({
  department,
  year,
  members,
}: {
  readonly department: string;
  readonly year: number;
  readonly members: readonly string[];
}) {
  const { data } = useQuery({
    queryKey: ["submissions", "beside-rollup", department, year],
    queryFn: async () =>
      (
        await call("listSubmissions", {
          query: {
            department,
            year: String(year),
            kind: "self-evaluation",
            only: "ordinary",
            sort: "project",
            limit: MOST_ASKED,
          },
        })
      ).body,
  });
  if (!data) return null;
  const begun = data.items.filter(({ state }) => !NOT_BEGUN.includes(state));
  const left = begun.filter(({ id }) => !members.includes(id));
  if (left.length === 0) return null;
  const names = left
    .slice(0, NAMED)
    .map(({ projectName }) => `“${projectName}”`)
    .join("、");
  return (
    <Alert
      type="warning"
      showIcon
      title={t("本部门{{year}}年已填写的自评表有{{all}}张，这里只汇总了{{count}}张。", {
        year,
        all: data.next === null ? begun.length : `${begun.length}+`,
        count: members.length,
      })}
      description={
        left.length > NAMED
          ? t("没有汇总的有{{names}}等{{count}}张。", { names, count: left.length })
          : t("没有汇总的有{{names}}。", { names })
      }
    />
  );
}

function Traced({
  form,
  submission,
  members,
}: {
  readonly form: Form;
  readonly submission: string;
  readonly members: readonly Member[];
}) {
  const [picked, setPicked] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ["rollup-history", submission, picked],
    enabled: picked !== null,
    retry: false,
    queryFn: async () =>
      (await call("explainRollUp", { params: { submission }, query: { at: picked ?? "" } })).body,
  });
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t("点蓝色的数，看它怎么得来、来自哪张表的哪一格。")}
      </Typography.Paragraph>
      <RollUpSheet
        form={form}
        hasHistory={(at, text) => text !== "" && isFigure(at)}
        picked={picked}
        onPick={setPicked}
      />
      <TraceDrawer
        title={picked === null ? null : describePlace(form, picked)}
        derivations={data ? Object.entries(data.derivations) : undefined}
        error={error}
        links={new Set(members.map((member) => member.submission))}
        onClose={() => setPicked(null)}
      />
    </>
  );
}

function Members({ members }: { readonly members: readonly Member[] }) {
  return (
    <Table<Member>
      size="small"
      rowKey="submission"
      dataSource={[...members]}
      pagination={members.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 640 }}
      columns={[
        {
          title: t("项目"),
          dataIndex: "project",
          render: (project: string, { submission: id }) => <Link to={`/forms/${id}`}>{project}</Link>,
        },
        { title: t("单位"), dataIndex: "unit" },
        {
          title: t("现在的状态"),
          dataIndex: "state",
          width: 140,
          render: (state: string) => t(STATE_TITLES[state as keyof typeof STATE_TITLES] ?? state),
        },
        {
          title: t("汇总之后"),
          dataIndex: "changed",
          width: 120,
          render: (isChanged: boolean) =>
            isChanged ? <Tag color="warning">{t("有变化")}</Tag> : t("没有变化"),
        },
      ]}
    />
  );
}

function Sources({
  submission,
  members,
}: {
  readonly submission: string;
  readonly members: readonly Member[];
}) {
  const { data, error, isPending } = useQuery({
    queryKey: ["rollup-sources", submission],
    queryFn: async () => (await call("splitRollUp", { params: { submission } })).body,
  });
  if (error) return <Failed error={error} />;
  const known = new Set(members.map((member) => member.submission));
  const totalOf = (source: Source) => source.form.funds.find((fund) => fund.source === "total");
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t("这些是汇总那一刻的表，后来的更正不在其中；汇总表由它们逐行拆开。")}
      </Typography.Paragraph>
      <Table<Source>
        size="small"
        rowKey={({ form }) => form.id}
        loading={isPending}
        dataSource={data?.sources ?? []}
        pagination={false}
        scroll={{ x: 760 }}
        expandable={{
          rowExpandable: ({ form }) => form.indicators.length > 0,
          columnTitle: <span className="heard">{t("展开")}</span>,
          expandedRowRender: ({ form }) => <SourceRows form={form as Form} />,
        }}
        columns={[
          {
            title: t("项目"),
            key: "project",
            render: (_, { form, parts }) => (
              <>
                {known.has(form.id) ? (
                  <Link to={`/forms/${form.id}`}>{form.project}</Link>
                ) : (
                  (form.project ?? "—")
                )}{" "}
                {parts.length > 0 && <Tag>{t("本身由{{count}}张表汇总", { count: parts.length })}</Tag>}
              </>
            ),
          },
          { title: t("金额单位"), key: "unit", width: 90, render: (_, { form }) => form.moneyUnit ?? "—" },
          {
            title: t("全年预算数"),
            key: "budget",
            width: 130,
            align: "right",
            render: (_, source) => totalOf(source)?.adjustedBudget ?? "—",
          },
          {
            title: t("全年执行数"),
            key: "spent",
            width: 130,
            align: "right",
            render: (_, source) => totalOf(source)?.expenditure ?? "—",
          },
          {
            title: t("指标行"),
            key: "rows",
            width: 80,
            align: "right",
            render: (_, { form }) => form.indicators.length,
          },
          {
            title: t("总分"),
            key: "score",
            width: 80,
            align: "right",
            render: (_, { form }) => form.totalScore ?? "—",
          },
        ]}
      />
    </>
  );
}

function SourceRows({ form }: { readonly form: Form }) {
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={[...form.indicators]}
      pagination={false}
      columns={[
        { title: t("二级指标"), dataIndex: "level2", width: 140 },
        { title: t("指标"), dataIndex: "name" },
        { title: t("指标值"), key: "target", width: 140, render: (_, { target }) => target.text ?? "—" },
        {
          title: t("实际完成值"),
          key: "actual",
          width: 140,
          render: (_, { actual }) => actual.text ?? "—",
        },
        { title: t("分值"), dataIndex: "points", width: 70, align: "right" },
        { title: t("得分"), dataIndex: "score", width: 70, align: "right" },
      ]}
    />
  );
}
