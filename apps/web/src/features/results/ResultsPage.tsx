import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Empty, Flex, Input, Modal, Select, Table, Tabs, Typography } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { inWan, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useOwnBody } from "../../ui/use-own-body.ts";
import { yuanOfWan } from "../../ui/wan.ts";
import { useSession } from "../session/index.ts";
import { Deadline, DecideDialog, ExtendDialog } from "./Deadline.tsx";

type Entry = Answered<"listRectifications">["items"][number];
type Uses = Answered<"listUses">;
type Suggested = Uses["suggested"][number];
type Decision = Uses["decided"][number]["decision"];

const STATES: Readonly<Record<Entry["state"], string>> = {
  open: t("待整改"),
  answered: t("已反馈"),
  verified: t("已验收"),
  reopened: t("退回再改"),
};
const NEXT: Readonly<Record<NonNullable<Entry["nextYear"]>, string>> = {
  gone: t("下年的表里没有再出现"),
  again: t("下年又出现"),
  "not-yet": t("下年的表还没有"),
};
const DECISIONS: Readonly<Record<Decision, string>> = {
  priority: t("优先保障"),
  keep: t("保持"),
  cut: t("压减"),
  cancel: t("取消"),
  other: t("其他"),
};
const SHORTEST = 4;
/** As many suggestions as the server gives at a time. */
const MOST_SUGGESTED = 500;

/** The rectification ledger and the use of results in the next budget. */
export function ResultsPage() {
  const { body, setBody, known } = useOwnBody();
  const { filter, setFilter } = useFilters<"year" | "state" | "tab">();
  const years = Array.from({ length: 5 }, (_, index) => String(new Date().getFullYear() - index));
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("整改与应用")}
        says={t("问题落到责任单位和期限，下一年再查一遍；结果用到下年预算，每一项都写明理由。")}
      />
      <Flex gap="small" wrap>
        <BodyField label={t("机构")} known={known} value={body} onChange={setBody} />
        <Pick
          label={t("年度")}
          value={filter("year")}
          onChange={setFilter("year")}
          options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
        />
      </Flex>
      <Tabs
        activeKey={filter("tab") ?? "ledger"}
        onChange={setFilter("tab")}
        items={[
          { key: "ledger", label: t("整改台账"), children: <Ledger body={body} year={filter("year")} /> },
          {
            key: "uses",
            label: t("结果应用"),
            children: <UsesOf body={body} year={filter("year") ?? years[1] ?? ""} />,
          },
        ]}
      />
    </Flex>
  );
}

function Ledger({ body, year }: { readonly body: string; readonly year: string | undefined }) {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"state">();
  const [asked, setAsked] = useState<{
    readonly kind: "answer" | "verify" | "extend" | "decide";
    readonly entry: Entry;
  } | null>(null);
  const query = {
    organisation: body,
    ...(year ? { year } : {}),
    ...(filter("state") ? { state: filter("state") as Entry["state"] } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["rectifications", query],
    enabled: body !== "",
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listRectifications", {
          query: { ...query, limit: "100", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const mayDo = (action: string) => profile?.actions.includes(action) ?? false;
  const entries = (list.data?.pages.flatMap(({ items }) => items) ?? []).toSorted(
    (a, b) => Number(b.overdue) - Number(a.overdue) || a.due.localeCompare(b.due),
  );
  return (
    <Flex vertical gap="small">
      <Pick
        label={t("状态")}
        value={filter("state") as Entry["state"]}
        onChange={setFilter("state")}
        options={(Object.entries(STATES) as [Entry["state"], string][]).map(([value, label]) => ({
          value,
          label,
        }))}
      />
      {list.error && <Failed error={list.error} again={list.refetch} />}
      <Table<Entry>
        size="small"
        rowKey="id"
        loading={list.isPending && body !== ""}
        dataSource={entries}
        pagination={false}
        scroll={{ x: 1000 }}
        locale={{
          emptyText: <Empty description={t("台账是空的。在一张已审核的表里可以就某个问题下达整改。")} />,
        }}
        columns={[
          {
            title: t("项目"),
            key: "project",
            width: 220,
            render: (_, { project, submission, owner }) => (
              <>
                <Link to={`/forms/${submission}`}>{project.name}</Link>
                <br />
                <Typography.Text type="secondary">{owner}</Typography.Text>
              </>
            ),
          },
          {
            title: t("问题和整改"),
            key: "problem",
            render: (_, { problem, found, place, measure }) => (
              <>
                <div>{found ?? problem}</div>
                {place !== null && (
                  <Typography.Text type="secondary">{t("位置：{{place}}", { place })}</Typography.Text>
                )}
                {found !== null && found !== problem && <div>{t("要求：{{problem}}", { problem })}</div>}
                {measure !== null && <div>{t("整改：{{measure}}", { measure })}</div>}
              </>
            ),
          },
          {
            title: t("期限"),
            dataIndex: "due",
            width: 210,
            render: (_, entry) => <Deadline entry={entry} />,
          },
          {
            title: t("状态"),
            dataIndex: "state",
            width: 100,
            render: (state: Entry["state"]) => STATES[state],
          },
          {
            title: t("下年再查"),
            dataIndex: "nextYear",
            width: 140,
            render: (next: Entry["nextYear"], { state }) =>
              next === null
                ? "—"
                : next === "gone" && state !== "verified"
                  ? t("下年的表里没有再出现，本条仍要反馈、验收")
                  : NEXT[next],
          },
          {
            title: t("操作"),
            key: "acts",
            width: 190,
            render: (_, entry) => (
              <>
                <Waiting
                  entry={entry}
                  mayAnswer={mayDo("answer-rectification")}
                  mayVerify={mayDo("verify-rectification")}
                />
                {(entry.state === "open" || entry.state === "reopened") && mayDo("answer-rectification") && (
                  <Button size="small" onClick={() => setAsked({ kind: "answer", entry })}>
                    {t("反馈整改")}
                  </Button>
                )}
                {entry.extensions.some(({ granted }) => granted === null)
                  ? mayDo("verify-rectification") && (
                      <Button size="small" onClick={() => setAsked({ kind: "decide", entry })}>
                        {t("审批延期")}
                      </Button>
                    )
                  : (entry.state === "open" || entry.state === "reopened") &&
                    (mayDo("verify-rectification") || mayDo("answer-rectification")) && (
                      <Button size="small" onClick={() => setAsked({ kind: "extend", entry })}>
                        {mayDo("verify-rectification") ? t("延期") : t("申请延期")}
                      </Button>
                    )}
                {entry.state === "answered" && mayDo("verify-rectification") && (
                  <Button size="small" onClick={() => setAsked({ kind: "verify", entry })}>
                    {t("验收")}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列100张")}
        </Button>
      )}
      {(asked?.kind === "answer" || asked?.kind === "verify") && (
        <EntryDialog kind={asked.kind} entry={asked.entry} onClose={() => setAsked(null)} />
      )}
      {asked?.kind === "extend" && (
        <ExtendDialog
          entry={asked.entry}
          isReviewer={mayDo("verify-rectification")}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.kind === "decide" && <DecideDialog entry={asked.entry} onClose={() => setAsked(null)} />}
    </Flex>
  );
}

/** Whose turn it is where it is not the reader's, and words to remind with when it is late. */
function Waiting({
  entry: { state, owner, overdue, project, due, found, problem },
  mayAnswer,
  mayVerify,
}: {
  readonly entry: Entry;
  readonly mayAnswer: boolean;
  readonly mayVerify: boolean;
}) {
  const isOwners = state === "open" || state === "reopened";
  if (state === "verified") return <Typography.Text type="secondary">{t("不用再办")}</Typography.Text>;
  if (isOwners && !mayAnswer)
    return (
      <>
        <Typography.Text type="secondary">
          {t("等“{{owner}}”的填报人或负责人反馈，反馈后在这里验收", { owner })}
        </Typography.Text>
        {overdue && mayVerify && (
          <div>
            <Typography.Text
              copyable={{
                text: t(
                  "“{{project}}”的整改已于{{due}}到期，还没有反馈：{{problem}}请尽快在“整改与应用”里反馈。",
                  {
                    project: project.name,
                    due,
                    problem: found ?? problem,
                  },
                ),
                tooltips: [t("复制催办的话"), t("已复制")],
              }}
            >
              {t("催办：复制文字发给责任单位")}
            </Typography.Text>
          </div>
        )}
      </>
    );
  if (state === "answered" && !mayVerify)
    return <Typography.Text type="secondary">{t("等主管部门审核人或财政人员验收")}</Typography.Text>;
  return null;
}

function EntryDialog({
  kind,
  entry,
  onClose,
}: {
  readonly kind: "answer" | "verify";
  readonly entry: Entry;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [isRefused, setRefused] = useState(false);
  const [proof, setProof] = useState(entry.proof);
  const evidence = useQuery({
    queryKey: ["evidence", "proof", entry.submission],
    queryFn: async () =>
      (await call("listEvidence", { params: { submission: entry.submission } })).body.items.filter(
        ({ removedAt, id }) => removedAt === null || id === entry.proof,
      ),
  });
  const params = { year: String(entry.year), id: entry.id };
  const act = useCommand(
    async () => {
      if (kind === "answer")
        await call("answerRectification", { params, body: { measure: text.trim(), proof } });
      else await call("verifyRectification", { params, body: { accepted: !isRefused, note: text.trim() } });
    },
    { said: () => t("已办理，记入日志。"), refreshes: ["rectifications"] },
  );
  return (
    <Modal
      open
      title={t(kind === "answer" ? "反馈整改情况" : "验收整改")}
      okText={t("提交")}
      cancelText={t("取消")}
      confirmLoading={act.isPending}
      okButtonProps={{ disabled: text.trim().length < SHORTEST }}
      onOk={() => act.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <Typography.Text>{entry.found ?? entry.problem}</Typography.Text>
        {entry.place !== null && (
          <Typography.Text type="secondary">{t("位置：{{place}}", { place: entry.place })}</Typography.Text>
        )}
        {kind === "verify" && (
          <>
            <Typography.Text>{t("整改：{{measure}}", { measure: entry.measure ?? "—" })}</Typography.Text>
            <Typography.Text>
              {entry.proof === null
                ? t("没有附佐证材料。")
                : t("佐证材料：{{name}}", {
                    name: evidence.data?.find(({ id }) => id === entry.proof)?.name ?? "…",
                  })}
            </Typography.Text>
            <Checkbox checked={isRefused} onChange={({ target }) => setRefused(target.checked)}>
              {t("没有改到位，退回再改")}
            </Checkbox>
          </>
        )}
        <ReasonField
          autoFocus
          label={t(kind === "answer" ? "怎样改的（至少4个字）" : "验收意见（至少4个字）")}
          value={text}
          onChange={setText}
        />
        {evidence.error && <Failed error={evidence.error} again={evidence.refetch} />}
        {kind === "answer" && (
          <>
            <label htmlFor="proof">{t("佐证材料（从这张自评表的材料里选，可以不选）")}</label>
            <Select<string | null>
              id="proof"
              allowClear
              loading={evidence.isPending}
              value={evidence.data?.some(({ id }) => id === proof) ? proof : null}
              onChange={(picked?: string | null) => setProof(picked ?? null)}
              notFoundContent={t("这张自评表还没有佐证材料，要附上先在表里上传。")}
              options={(evidence.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          </>
        )}
      </Flex>
    </Modal>
  );
}

function UsesOf({ body, year }: { readonly body: string; readonly year: string }) {
  const { profile } = useSession();
  const mayUse = profile?.actions.includes("use-results") ?? false;
  const [asked, setAsked] = useState<Suggested | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["uses", body, year],
    enabled: body !== "",
    queryFn: async () => (await call("listUses", { query: { organisation: body, year } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  const suggested = data?.suggested ?? [];
  const hasReviews = suggested.some(({ reviewScore }) => reviewScore !== null);
  return (
    <Flex vertical gap="middle">
      {suggested.length > 0 && !hasReviews && (
        <Typography.Text type="secondary">
          {t(
            "没有列复核得分：复核由财政部门抽样进行，这些项目没有抽中，或者复核表还没有审定；审定后这里才有。",
          )}
        </Typography.Text>
      )}
      <Table<Suggested>
        size="small"
        rowKey="submission"
        loading={isPending && body !== ""}
        title={() => t("{{year}}年还没有决定的（按复核、整改、执行率和监控灯给出建议，由人决定）", { year })}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={suggested}
        locale={{ emptyText: <Empty description={t("没有等待决定的项目。")} /> }}
        columns={[
          {
            title: t("项目"),
            key: "project",
            render: (_, { project, submission }) => <Link to={`/forms/${submission}`}>{project.name}</Link>,
          },
          {
            title: t("自评等级"),
            dataIndex: "grade",
            width: 90,
            render: (grade: string | null) => (grade ? t(grade) : "—"),
          },
          ...(hasReviews
            ? [
                {
                  title: t("复核得分"),
                  dataIndex: "reviewScore",
                  width: 90,
                  align: "right" as const,
                  render: (score: string | null) => score ?? t("未复核"),
                },
              ]
            : []),
          {
            title: t("建议和依据"),
            key: "suggestion",
            render: (_, { decision, says }) => (
              <>
                {decision !== null && <strong>{DECISIONS[decision]}</strong>} {says}
              </>
            ),
          },
          {
            title: t("操作"),
            key: "acts",
            width: 120,
            render: (_, suggested) =>
              mayUse && (
                <Button size="small" onClick={() => setAsked(suggested)}>
                  {t("登记决定")}
                </Button>
              ),
          },
        ]}
      />
      {data?.suggested.length === MOST_SUGGESTED && (
        <Typography.Text type="secondary">
          {t("只列了{{most}}项，后面还有；登记以后接着列出。", { most: MOST_SUGGESTED })}
        </Typography.Text>
      )}
      <Table<Uses["decided"][number]>
        size="small"
        rowKey="id"
        title={() => t("已登记的")}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={data?.decided ?? []}
        locale={{ emptyText: <Empty description={t("还没有登记。")} /> }}
        columns={[
          { title: t("项目"), key: "project", render: (_, { project }) => project.name },
          {
            title: t("等级"),
            dataIndex: "grade",
            width: 80,
            render: (grade: string | null) => (grade ? t(grade) : "—"),
          },
          {
            title: t("决定"),
            dataIndex: "decision",
            width: 110,
            render: (decision: Decision) => DECISIONS[decision],
          },
          { title: t("影响（万元）"), dataIndex: "amount", width: 130, align: "right", render: inWan },
          { title: t("理由"), dataIndex: "reason" },
          { title: t("时间"), dataIndex: "at", width: 180, render: moment },
        ]}
      />
      {asked && <UseDialog suggested={asked} onClose={() => setAsked(null)} />}
    </Flex>
  );
}

function UseDialog({ suggested, onClose }: { readonly suggested: Suggested; readonly onClose: () => void }) {
  const [decision, setDecision] = useState<Decision>(suggested.decision ?? "keep");
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const yuan = yuanOfWan(amount);
  const isAmount = yuan !== undefined;
  const record = useCommand(
    () =>
      call("recordUse", {
        body: {
          submission: suggested.submission,
          decision,
          amount: yuan ?? null,
          reason: reason.trim(),
        },
      }),
    { said: () => t("已登记。"), refreshes: ["uses"] },
  );
  return (
    <Modal
      open
      title={t("结果应用：{{project}}", { project: suggested.project.name })}
      okText={t("登记")}
      cancelText={t("取消")}
      confirmLoading={record.isPending}
      okButtonProps={{ disabled: reason.trim().length < SHORTEST || !isAmount }}
      onOk={() => record.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <Typography.Text type="secondary">{suggested.says}</Typography.Text>
        <Select<Decision>
          aria-label={t("决定")}
          value={decision}
          onChange={setDecision}
          options={(Object.entries(DECISIONS) as [Decision, string][]).map(([value, label]) => ({
            value,
            label,
          }))}
        />
        <label htmlFor="amount">{t("对下年预算的影响（万元，减少写负数，可以不填）")}</label>
        <Input
          id="amount"
          status={isAmount ? "" : "error"}
          suffix={t("万元")}
          value={amount}
          onChange={({ target }) => setAmount(target.value)}
        />
        <ReasonField label={t("理由（至少4个字）")} value={reason} onChange={setReason} />
      </Flex>
    </Modal>
  );
}
