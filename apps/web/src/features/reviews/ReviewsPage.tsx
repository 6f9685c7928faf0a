import { DESK_TITLES, type Desk, KIND_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Empty, Flex, Select, Space, Spin, Table, Tag, Typography } from "antd";
import { type KeyboardEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { addressOf, call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { dueIn } from "../../ui/due-in.ts";
import { Failed } from "../../ui/Failed.tsx";
import { inWan } from "../../ui/figures.ts";
import { MyReviews } from "../../ui/MyReviews.tsx";
import { byForce } from "../../ui/opinion.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { ReturnDialog } from "../../ui/ReturnDialog.tsx";
import { ReturnRounds } from "../../ui/ReturnRounds.tsx";
import { RiskFigure, RiskLegend } from "../../ui/Risk.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { MarksTable } from "./MarksTable.tsx";
import { headedUnit, ownDesks } from "./own-desks.ts";
import { ReturnManyDialog } from "./ReturnManyDialog.tsx";
import { riskReasons } from "./risk-reasons.ts";

type Item = Answered<"listSubmissions">["items"][number];
type Bulk = Answered<"decideInBulk">;

interface Decision {
  readonly command: "receive" | "approve";
}

const STATES = ["submitted", "under-review"] as const;
type State = (typeof STATES)[number];
const FORCES = {
  must: { color: "error", title: t("必须更正") },
  should: { color: "warning", title: t("应当说明") },
  hint: { color: "default", title: t("提示") },
} as const;

/** The desk: what was handed in, the riskiest first with why; received, returned or approved one by one or many at once. */
export function ReviewsPage() {
  const { filter, setFilter } = useFilters<"state" | "kind" | "year" | "department" | "desk">();
  const [open, setOpen] = useState<readonly string[]>([]);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [returned, setReturned] = useState<Item | null>(null);
  const [returning, setReturning] = useState<readonly Item[] | null>(null);
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { profile } = useSession();
  const desks = ownDesks(profile?.grants.map(({ role }) => role) ?? []);
  const headed = headedUnit(profile?.grants ?? []);
  // One's own desk unless another is asked for: what has gone on is nobody's work here.
  const desk = (filter("desk") as Desk | "all" | undefined) ?? desks[0] ?? "all";
  const state = (filter("state") as State | undefined) ?? "submitted";
  const query = {
    state,
    sort: "risk" as const,
    ...(desk === "all" ? {} : { desk }),
    ...(desk === "unit" && headed !== null ? { unit: headed } : {}),
    ...(filter("kind") ? { kind: filter("kind") as Item["kind"] } : {}),
    ...(filter("year") ? { year: filter("year") as string } : {}),
    ...(filter("department") ? { department: filter("department") as string } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["submissions", "reviews", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSubmissions", {
          query: { ...query, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const bodies = Object.assign({}, ...(list.data?.pages.map((page) => page.bodies) ?? [])) as Record<
    string,
    string
  >;
  // Nothing is decided about that is not in sight.
  const chosen = items.filter(({ id }) => picked.includes(id));
  const decide = useCommand(
    async ({ command }: Decision) => ({
      // What was decided elsewhere meanwhile leaves the list, but is still to be named.
      names: new Map(items.map(({ id, projectName }) => [id, projectName])),
      outcome: (await call("decideInBulk", { body: { command, submissions: chosen.map(({ id }) => id) } }))
        .body,
    }),
    { refreshes: ["submissions", "workbench"] },
  );
  const years = Array.from({ length: 5 }, (_, index) => String(new Date().getFullYear() + 1 - index));
  const fold = (id: string) =>
    setOpen((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));
  /** Down and up by j and k, unfold by o, pick by x, open by Enter: the way of lists that are worked through. */
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("tr[data-row-key]");
    if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = row.dataset.rowKey ?? "";
    const index = items.findIndex((item) => item.id === id);
    if (event.key === "j" || event.key === "k") {
      const next = items[index + (event.key === "j" ? 1 : -1)];
      if (next) row.parentElement?.querySelector<HTMLElement>(`tr[data-row-key="${next.id}"]`)?.focus();
    } else if (event.key === "o") fold(id);
    else if (event.key === "Enter" && event.target === row) void navigate(`/forms/${id}`);
    else if (event.key === "x")
      setPicked((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));
    else return;
    event.preventDefault();
  };
  /** Another list: what was picked and what came of it belonged to the one before. */
  const narrow = (name: "state" | "kind" | "year" | "department" | "desk") => (value: string | undefined) => {
    setPicked([]);
    decide.reset();
    setFilter(name)(value);
  };
  const decideMany = () => {
    const command = state === "submitted" ? "receive" : "approve";
    const run = () => decide.mutate({ command }, { onSuccess: () => setPicked([]) });
    if (command === "receive") return run();
    void modal.confirm({
      width: 640,
      title: t("审核通过这{{forms}}张表？", { forms: chosen.length }),
      content: (
        <>
          <Typography.Paragraph>
            {t("通过后转到下一环节，单位不能再改。请看一眼还有问题的：")}
          </Typography.Paragraph>
          <ul style={{ maxHeight: "40vh", overflow: "auto", paddingInlineStart: 20 }}>
            {chosen.map((item) => (
              <li key={item.id}>
                {item.projectName}：{riskReasons(item).join("；")}
              </li>
            ))}
          </ul>
        </>
      ),
      okText: t("审核通过"),
      cancelText: t("取消"),
      onOk: run,
    });
  };
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  const hasScores = items.length === 0 || items.some(({ kind }) => isScored(kind));
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("审核清单")}
        says={t("风险高的在前，每张都写明为什么。选中一行后：j、k 上下移动，o 展开，x 勾选，回车打开。")}
      />
      {profile?.grants.some(({ role }) => role === "finance-officer") && <MyReviews />}
      <Flex gap="small" wrap align="center">
        <Select
          aria-label={t("状态")}
          style={{ width: 140 }}
          value={state}
          onChange={(value: State) => narrow("state")(value)}
          options={[
            { value: "submitted", label: t("待受理") },
            { value: "under-review", label: t("审核中") },
          ]}
        />
        <Select
          aria-label={t("在谁手里")}
          style={{ width: 150 }}
          value={desk}
          onChange={(value: Desk | "all") => narrow("desk")(value)}
          options={[
            ...(Object.entries(DESK_TITLES) as [Desk, string][]).map(([value, title]) => ({
              value,
              label: desks.includes(value)
                ? t("我的（{{desk}}）", { desk: t(title) })
                : t("在{{desk}}", { desk: t(title) }),
            })),
            { value: "all" as const, label: t("在哪里都看") },
          ]}
        />
        <Pick
          label={t("种类")}
          value={filter("kind") as Item["kind"]}
          onChange={narrow("kind")}
          options={(Object.entries(KIND_TITLES) as [Item["kind"], string][]).map(([value, label]) => ({
            value,
            label: t(label),
          }))}
        />
        <Pick
          label={t("年度")}
          value={filter("year")}
          onChange={narrow("year")}
          options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
        />
        <BodyField
          allowClear
          label={t("主管部门")}
          kind="department"
          value={filter("department")}
          onChange={narrow("department")}
        />
        <Space>
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={decide.isPending}
            onClick={decideMany}
          >
            {state === "submitted"
              ? t("受理所选（{{forms}}张）", { forms: chosen.length })
              : t("审核通过所选（{{forms}}张）", { forms: chosen.length })}
          </Button>
          {state === "under-review" && (
            <Button disabled={chosen.length === 0} onClick={() => setReturning(chosen)}>
              {t("退回所选（{{forms}}张）", { forms: chosen.length })}
            </Button>
          )}
        </Space>
      </Flex>
      {decide.data && <BulkOutcome {...decide.data} />}
      {!hasScores && (
        <Typography.Text type="secondary">
          {t("没有列得分：绩效目标、调整和监控都不打分，年终自评表才有自评得分和按办法重算的得分。")}
        </Typography.Text>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows within, each of which has its buttons too */}
      <div onKeyDown={onKey} className="form-scroll">
        <Table<Item>
          size="small"
          rowKey="id"
          loading={list.isPending}
          dataSource={items}
          pagination={false}
          style={{ minWidth: 1000 }}
          onRow={() => ({ tabIndex: 0 })}
          rowSelection={{
            selectedRowKeys: [...picked],
            onChange: (keys) => setPicked(keys.map(String)),
            getCheckboxProps: ({ projectName }) => ({
              "aria-label": t("选择“{{projectName}}”", { projectName }),
            }),
            getTitleCheckboxProps: () => ({ "aria-label": t("全选") }),
          }}
          expandable={{
            columnTitle: <span className="heard">{t("展开")}</span>,
            expandedRowKeys: [...open],
            onExpand: (_, { id }) => fold(id),
            expandedRowRender: ({ id }) => <Details submission={id} />,
          }}
          locale={{
            emptyText: <Empty description={t("没有要审核的表。单位送审后会出现在这里。")} />,
          }}
          columns={[
            {
              title: t("项目"),
              dataIndex: "projectName",
              width: 300,
              render: (name: string, { id, year, kind, unit, standing, returnReason }) => (
                <>
                  <Link to={`/forms/${id}`}>{name}</Link>
                  {returnReason !== null && <Tag style={{ marginInlineStart: 8 }}>{t("退回后再报")}</Tag>}
                  <br />
                  <Typography.Text type="secondary">
                    {bodies[unit]}　{t("{{year}}年", { year })}　{t(KIND_TITLES[kind])}
                    {desk === "all" && `　${t(standing)}`}
                  </Typography.Text>
                </>
              ),
            },
            {
              title: t("风险"),
              dataIndex: "risk",
              width: 64,
              align: "right",
              render: (risk: number, { riskParts }) => <RiskFigure risk={risk} parts={riskParts} />,
            },
            {
              title: t("为什么在前"),
              key: "why",
              render: (_, item) => riskReasons(item).map((why) => <div key={why}>{why}</div>),
            },
            ...(hasScores
              ? [
                  {
                    title: t("自评 → 重算"),
                    key: "scores",
                    width: 180,
                    align: "right" as const,
                    render: (_: unknown, { kind, totalScore, recomputed: [low, high] }: Item) =>
                      isScored(kind) ? (
                        `${totalScore ?? "—"} → ${low === high ? (low ?? "—") : `${low ?? "—"}～${high ?? "—"}`}`
                      ) : (
                        <Typography.Text type="secondary">{t("年终才打分")}</Typography.Text>
                      ),
                  },
                ]
              : []),
            { title: t("支出（万元）"), dataIndex: "expenditure", width: 120, align: "right", render: inWan },
            {
              title: t("截止"),
              dataIndex: "due",
              width: 110,
              render: (due: string | null) => (due === null ? "—" : dueIn(due, Date.now()).says),
            },
            {
              title: t("操作"),
              key: "acts",
              width: 170,
              render: (_, item) => (
                <Space size={4}>
                  <Button size="small" onClick={() => void navigate(`/forms/${item.id}`)}>
                    {t("打开")}
                  </Button>
                  {item.kind === "review" && <Link to={`/reviews/${item.id}`}>{t("对照自评")}</Link>}
                  {state === "under-review" && (
                    <Button size="small" onClick={() => setReturned(item)}>
                      {t("退回")}
                    </Button>
                  )}
                </Space>
              ),
            },
          ]}
        />
      </div>
      <RiskLegend />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列50张")}
        </Button>
      )}
      {returned && <Return item={returned} onClose={() => setReturned(null)} />}
      {returning && (
        <ReturnManyDialog
          items={returning}
          onClose={() => setReturning(null)}
          onReturned={(done) => setPicked((before) => before.filter((id) => !done.includes(id)))}
        />
      )}
    </Flex>
  );
}

/** Only what looks back on a year has marks: the unit's own, and those of its review. */
function isScored(kind: Item["kind"]): boolean {
  return kind === "self-evaluation" || kind === "review";
}

function useForm(submission: string) {
  return useQuery({
    queryKey: ["form-reviewed", submission],
    queryFn: async () => (await call("getForm", { params: { submission } })).body,
  });
}

function Return({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { data, error } = useForm(item.id);
  if (error) return <Failed error={error} />;
  if (!data) return <Spin fullscreen />;
  return (
    <ReturnDialog
      submission={item.id}
      project={item.projectName}
      findings={data.review?.findings ?? []}
      onClose={onClose}
      onReturned={onClose}
    />
  );
}

/** The findings of a form and the marks that differ, without leaving the list. */
function Details({ submission }: { readonly submission: string }) {
  const { data, error, refetch } = useForm(submission);
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin />;
  const { review, justifications } = data;
  if (!review) return <Typography.Text>{t("还没有审核结果。")}</Typography.Text>;
  const explained = new Map(justifications.map((each) => [each.fingerprint, each]));
  // A rule may lack the same at several places.
  const notChecked = new Map(review.notChecked.map((each) => [`${each.code} ${each.why}`, each]));
  return (
    <Flex vertical gap="small">
      {data.submission.returnReason !== null && (
        <ReturnRounds submission={submission} revision={data.submission.revision} canAnswer={false} />
      )}
      <ul className="plain-findings">
        {byForce(review.findings).map(({ fingerprint, force, code, message, remedy, basis }) => {
          const given = explained.get(fingerprint);
          return (
            <li key={fingerprint}>
              <Tag color={FORCES[force].color}>{FORCES[force].title}</Tag>
              <Typography.Text type="secondary">{code}</Typography.Text> {message}
              <br />
              <Typography.Text type="secondary">
                {remedy}
                {basis.length > 0 && `（${basis.join("；")}）`}
              </Typography.Text>
              {given && (
                <div>{t("{{name}}说明：{{reason}}", { name: given.byName, reason: given.reason })}</div>
              )}
            </li>
          );
        })}
      </ul>
      {review.findings.length === 0 && <Typography.Text>{t("没有发现问题。")}</Typography.Text>}
      <MarksTable marks={review.marks} form={data.form} />
      {review.unclear.length > 0 && (
        <div>
          {t("要人来判断的：")}
          <ul className="plain-findings">
            {review.unclear.map(({ code, why, at }) => (
              <li key={`${code} ${at.join(" ")} ${why}`}>
                <Typography.Text type="secondary">{code}</Typography.Text> {why}
              </li>
            ))}
          </ul>
        </div>
      )}
      {notChecked.size > 0 && (
        <details>
          <summary>{t("有{{rules}}条规则因缺少资料没有检查。", { rules: notChecked.size })}</summary>
          <ul className="plain-findings">
            {[...notChecked].map(([key, { code, why }]) => (
              <li key={key}>
                <Typography.Text type="secondary">{code}</Typography.Text> {why}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Space>
        {(["docx", "html"] as const).map((format) => (
          <Button
            key={format}
            size="small"
            href={addressOf("downloadOpinion", { params: { submission, format } })}
          >
            {t("下载审核意见（{{format}}）", { format })}
          </Button>
        ))}
      </Space>
    </Flex>
  );
}

function BulkOutcome({
  outcome,
  names,
}: {
  readonly outcome: Bulk;
  readonly names: ReadonlyMap<string, string>;
}) {
  const refused = outcome.items.filter((each) => each.outcome === "refused");
  return (
    <Alert
      showIcon
      role="status"
      type={refused.length > 0 ? "warning" : "success"}
      title={t("办成{{done}}张，{{refused}}张没有办成。", { done: outcome.done, refused: outcome.refused })}
      description={
        refused.length > 0 && (
          <ul style={{ margin: 0 }}>
            {refused.map(({ submission, says }) => (
              <li key={submission}>
                {names.get(submission) ?? submission}：{says}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
