import { EVENT_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, Table } from "antd";
import { addressOf, call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { endOfDay, startOfDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { count, moment } from "../../ui/figures.ts";
import { eventTitle, LogDigest } from "../../ui/LogDigest.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { EventDetail } from "./EventDetail.tsx";
import { SubjectField } from "./SubjectField.tsx";

type Event = Answered<"listEvents">["items"][number];

/** The very last instant of a day: what happened within its last second is of it. */
const lastOf = (day: string) => endOfDay(day).replace(".000Z", ".999Z");

/** Everything that happened, the newest first; chained, so that a change of the past is found. */
export function LogPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"type" | "from" | "to" | "about" | "actor">();
  const [type, from, to] = [filter("type"), filter("from"), filter("to")];
  const [about, actor] = [filter("about"), filter("actor")];
  const query = {
    ...(type ? { type } : {}),
    ...(from ? { from: startOfDay(from) } : {}),
    ...(to ? { to: lastOf(to) } : {}),
    ...(about ? { about } : {}),
    ...(actor ? { actor } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["log", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listEvents", {
          query: { ...query, fold: "yes", limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  const mayVerify = profile?.actions.includes("verify-log") ?? false;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("操作日志")}
        says={t("每一步都在这里，每条带着前一条的摘要（SHA-256 和国密 SM3），改动任何一条都会被发现。")}
      />
      <LogDigest />
      {mayVerify && <Verification />}
      <Flex gap="small" wrap>
        <Pick
          label={t("事项")}
          width={200}
          value={type}
          onChange={setFilter("type")}
          options={Object.entries(EVENT_TITLES).map(([value, label]) => ({ value, label: t(label) }))}
        />
        {(["from", "to"] as const).map((name) => (
          <DayField
            key={name}
            aria-label={t(name === "from" ? "从哪天" : "到哪天")}
            placeholder={t(name === "from" ? "从哪天" : "到哪天")}
            style={{ width: 150 }}
            value={filter(name) ?? ""}
            onChange={setFilter(name)}
          />
        ))}
        <SubjectField
          label={t("办理人")}
          kind="account"
          width={200}
          value={actor}
          onChange={setFilter("actor")}
        />
        <SubjectField
          label={t("对象：项目、机构、表格、账号")}
          width={300}
          value={about}
          onChange={setFilter("about")}
        />
        <Button href={addressOf("exportEvents", { query })}>{t("把所列的导出为表格（CSV）")}</Button>
      </Flex>
      {list.error && <Failed error={list.error} again={list.refetch} />}
      <Table<Event>
        size="small"
        rowKey="seq"
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty description={t("没有符合条件的记录。")} /> }}
        columns={[
          { title: t("序号"), dataIndex: "seq", width: 90, align: "right" },
          { title: t("时间"), dataIndex: "at", width: 190, render: moment },
          {
            title: t("办理人"),
            dataIndex: "actorName",
            width: 140,
            render: (name: string, event) => {
              const { actor: who } = event;
              return who === null ? (
                name
              ) : (
                <Narrow says={t("只看{{name}}办理的", { name })} onClick={() => setFilter("actor")(who)}>
                  {name}
                </Narrow>
              );
            },
          },
          {
            title: t("事项"),
            dataIndex: "type",
            width: 220,
            render: (of: string, { folded }) =>
              folded === 1
                ? eventTitle(of)
                : t("{{title}}，{{n}}条", { title: eventTitle(of), n: count(folded) }),
          },
          {
            title: t("对象"),
            dataIndex: "subject",
            render: (id: string | null, { subjectName, folded }) => {
              if (id === null) return "—";
              if (folded > 1) return t("多个，展开可见");
              const name = subjectName ?? t("没有名称的对象");
              return (
                <Narrow says={t("只看“{{name}}”的", { name })} onClick={() => setFilter("about")(id)}>
                  {name}
                </Narrow>
              );
            },
          },
        ]}
        expandable={{
          columnTitle: <span className="heard">{t("展开")}</span>,
          expandedRowRender: (event) =>
            event.folded === 1 ? <EventDetail event={event} /> : <Behind event={event} query={query} />,
        }}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("更早的")}
        </Button>
      )}
    </Flex>
  );
}

function Narrow({
  says,
  onClick,
  children,
}: {
  readonly says: string;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <Button type="link" className="link-in-table" title={says} onClick={onClick}>
      {children}
    </Button>
  );
}

/** The events behind one line: the same person's, of the same type, of the same moment. */
function Behind({
  event: { type, actor, first, last, folded },
  query,
}: {
  readonly event: Event;
  readonly query: { readonly about?: string };
}) {
  const asked = {
    ...{ type, limit: "50", from: first, to: new Date(Date.parse(last) + 1).toISOString() },
    ...(actor ? { actor } : {}),
    ...(query.about ? { about: query.about } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["log", "behind", asked],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (await call("listEvents", { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } })).body,
    getNextPageParam: ({ next }) => next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  return (
    <Flex vertical gap="small">
      <Table<Event>
        size="small"
        rowKey="seq"
        loading={list.isPending}
        dataSource={items}
        pagination={false}
        columns={[
          { title: t("序号"), dataIndex: "seq", width: 90, align: "right" },
          { title: t("时间"), dataIndex: "at", width: 190, render: moment },
          { title: t("对象"), dataIndex: "subjectName", render: (name: string | null) => name ?? "—" },
        ]}
        expandable={{
          columnTitle: <span className="heard">{t("展开")}</span>,
          expandedRowRender: (event) => <EventDetail event={event} />,
        }}
      />
      {list.hasNextPage && (
        <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列一些（已列{{shown}}条，共{{all}}条）", { shown: items.length, all: folded })}
        </Button>
      )}
    </Flex>
  );
}

function Verification() {
  const verify = useCommand(async () => (await call("verifyChain")).body, { refreshes: ["log"] });
  const found = verify.data;
  return (
    <Flex vertical gap="small">
      <Flex gap="small">
        <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t("校验整条日志链")}
        </Button>
        <Button href={addressOf("exportLog", {})}>{t("导出整条日志（可离线校验）")}</Button>
      </Flex>
      {found && (
        <Alert
          showIcon
          role="status"
          type={found.intact ? "success" : "error"}
          title={
            found.intact
              ? t("日志完整：{{events}}条记录逐条验过，没有改动。", { events: count(found.events) })
              : t("日志有问题：从第{{seq}}条起不能相信。{{says}}", {
                  seq: found.firstFault?.seq ?? "—",
                  says: found.firstFault?.says ?? "",
                })
          }
          description={
            <>
              {found.head && (
                <div style={{ overflowWrap: "anywhere" }}>
                  {t("最后一条：第{{seq}}条，SHA-256 {{sha256}}", found.head)}
                </div>
              )}
              {t("导出的文件不用服务器也能验：在任何一台电脑上运行 jiheng verify-log 文件名。")}
            </>
          }
        />
      )}
    </Flex>
  );
}
