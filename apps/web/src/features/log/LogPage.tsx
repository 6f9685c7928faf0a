import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, Table, Typography } from "antd";
import { addressOf, call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { endOfDay, startOfDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { count, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { EVENT_TITLES } from "./event-titles.ts";

type Event = Answered<"listEvents">["items"][number];

const titleOf = (type: string): string => (EVENT_TITLES as Readonly<Record<string, string>>)[type] ?? type;

/** The very last instant of a day: what happened within its last second is of it. */
const lastOf = (day: string) => endOfDay(day).replace(".000Z", ".999Z");

/** Everything that happened, the newest first; chained, so that a change of the past is found. */
export function LogPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"type" | "from" | "to" | "subject">();
  const [type, from, to, subject] = [filter("type"), filter("from"), filter("to"), filter("subject")];
  const query = {
    ...(type ? { type } : {}),
    ...(from ? { from: startOfDay(from) } : {}),
    ...(to ? { to: lastOf(to) } : {}),
    ...(subject ? { subject } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["log", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listEvents", {
          query: { ...query, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
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
      {mayVerify && <Verification />}
      <Flex gap="small" wrap>
        <Pick
          label={t("事项")}
          width={200}
          value={type}
          onChange={setFilter("type")}
          options={Object.entries(EVENT_TITLES).map(([value, label]) => ({ value, label }))}
        />
        {(["from", "to"] as const).map((name) => (
          <DayField
            key={name}
            aria-label={t(name === "from" ? "从哪天" : "到哪天")}
            title={t(name === "from" ? "从哪天" : "到哪天")}
            style={{ width: 150 }}
            value={filter(name) ?? ""}
            onChange={setFilter(name)}
          />
        ))}
        {subject !== undefined && (
          <Button onClick={() => setFilter("subject")(undefined)}>{t("不限于同一对象")}</Button>
        )}
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
          { title: t("办理人"), dataIndex: "actorName", width: 140 },
          { title: t("事项"), dataIndex: "type", render: titleOf },
          {
            title: t("对象"),
            dataIndex: "subject",
            width: 150,
            render: (about: string | null) =>
              about === null ? (
                "—"
              ) : (
                <Button type="link" className="link-in-table" onClick={() => setFilter("subject")(about)}>
                  {t("只看这个对象")}
                </Button>
              ),
          },
        ]}
        expandable={{
          columnTitle: <span className="heard">{t("展开")}</span>,
          expandedRowRender: ({ body, sha256, sm3 }) => (
            <>
              <dl className="event-body">
                {Object.entries(body).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
                  </div>
                ))}
              </dl>
              <Typography.Text type="secondary" style={{ overflowWrap: "anywhere" }}>
                SHA-256 {sha256}　SM3 {sm3}
              </Typography.Text>
            </>
          ),
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

function Verification() {
  const verify = useCommand(async () => (await call("verifyChain")).body, { refreshes: [] });
  const found = verify.data;
  return (
    <Flex vertical gap="small">
      <Flex gap="small">
        <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t("校验整条日志链")}
        </Button>
        <Button href={addressOf("exportLog", {})}>{t("导出日志")}</Button>
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
