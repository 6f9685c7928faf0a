import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, Modal, Table, Tabs } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { inWan, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";

type Item = Answered<"listSubmissions">["items"][number];
type Outcome = Answered<"decideInBulk">;

/** Approved evaluations that are not published yet, and those that are. */
export function PublicationPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"year" | "tab">();
  const tab = filter("tab") ?? "waiting";
  const years = Array.from({ length: 5 }, (_, index) => String(new Date().getFullYear() - index));
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("公开")}
        says={t("审核通过的自评表在这里公开；不予公开的须写明理由，理由也会公开。")}
      >
        <Link to={`/public/${profile?.region ?? ""}`}>
          <Button>{t("看公开页面")}</Button>
        </Link>
      </PageHead>
      <Pick
        label={t("年度")}
        value={filter("year")}
        onChange={setFilter("year")}
        options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
      />
      <Tabs
        activeKey={tab}
        onChange={setFilter("tab")}
        items={[
          {
            key: "waiting",
            label: t("待公开"),
            children: <Waiting year={filter("year")} key={filter("year")} />,
          },
          { key: "published", label: t("已公开"), children: <Published year={filter("year")} /> },
        ]}
      />
    </Flex>
  );
}

function useForms(state: "approved" | "published", year: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["submissions", "publication", state, year],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSubmissions", {
          query: {
            kind: "self-evaluation",
            state,
            limit: "100",
            sort: "project",
            ...(year ? { year } : {}),
            ...(pageParam ? { after: pageParam } : {}),
          },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
}

function Waiting({ year }: { readonly year: string | undefined }) {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [withheld, setWithheld] = useState<Item | null>(null);
  const list = useForms("approved", year);
  const publish = useCommand(
    async () =>
      (await call("decideInBulk", { body: { command: "publish", submissions: [...picked], reason: null } }))
        .body,
    { refreshes: ["submissions", "workbench"] },
  );
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Flex vertical gap="small">
      <Flex gap="small" align="center">
        <Button
          type="primary"
          disabled={picked.length === 0}
          loading={publish.isPending}
          onClick={() => publish.mutate(undefined, { onSuccess: () => setPicked([]) })}
        >
          {t("公开所选（{{forms}}张）", { forms: picked.length })}
        </Button>
      </Flex>
      {publish.data && <BulkOutcome outcome={publish.data} items={items} />}
      <Table<Item>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={items}
        pagination={false}
        rowSelection={{
          selectedRowKeys: [...picked],
          onChange: (keys) => setPicked(keys.map(String)),
          getCheckboxProps: ({ projectName }) => ({
            "aria-label": t("选择“{{projectName}}”", { projectName }),
          }),
          getTitleCheckboxProps: () => ({ "aria-label": t("全选") }),
        }}
        locale={{ emptyText: <Empty description={t("没有待公开的表。自评表审核通过后会出现在这里。")} /> }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "projectName",
            render: (name: string, { id }) => <Link to={`/forms/${id}`}>{name}</Link>,
          },
          { title: t("年度"), dataIndex: "year", width: 80 },
          { title: t("支出（万元）"), dataIndex: "expenditure", width: 130, align: "right", render: inWan },
          { title: t("总分"), dataIndex: "totalScore", width: 80, align: "right" },
          {
            title: t("等级"),
            dataIndex: "grade",
            width: 70,
            render: (grade: string | null) => (grade ? t(grade) : "—"),
          },
          {
            title: t("不予公开"),
            dataIndex: "withheldReason",
            width: 260,
            render: (reason: string | null, item) =>
              reason ?? (
                <Button size="small" onClick={() => setWithheld(item)}>
                  {t("不予公开")}
                </Button>
              ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列100张")}
        </Button>
      )}
      {withheld && <WithholdDialog item={withheld} onClose={() => setWithheld(null)} />}
    </Flex>
  );
}

/** What became of each; those that were refused with their reason. */
function BulkOutcome({ outcome, items }: { readonly outcome: Outcome; readonly items: readonly Item[] }) {
  const refused = outcome.items.filter((each) => each.outcome === "refused");
  const nameOf = (id: string) => items.find((item) => item.id === id)?.projectName ?? id;
  return (
    <Alert
      showIcon
      role="status"
      type={refused.length > 0 ? "warning" : "success"}
      title={t("已公开{{done}}张，{{refused}}张没有公开。", { done: outcome.done, refused: outcome.refused })}
      description={
        refused.length > 0 && (
          <ul style={{ margin: 0 }}>
            {refused.map(({ submission, says }) => (
              <li key={submission}>
                {nameOf(submission)}：{says}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}

function WithholdDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const [reason, setReason] = useState("");
  const withhold = useCommand(
    () => call("withholdSubmission", { params: { submission: item.id }, body: { reason: reason.trim() } }),
    { said: () => t("已登记不予公开，理由会列在公开页面上。"), refreshes: ["submissions"] },
  );
  return (
    <Modal
      open
      title={t("不予公开：{{projectName}}", { projectName: item.projectName })}
      okText={t("登记")}
      cancelText={t("取消")}
      confirmLoading={withhold.isPending}
      okButtonProps={{ disabled: reason.trim() === "" }}
      onOk={() => withhold.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <ReasonField autoFocus label={t("理由（会向社会公开）")} value={reason} onChange={setReason} />
    </Modal>
  );
}

function Published({ year }: { readonly year: string | undefined }) {
  const { profile } = useSession();
  const list = useForms("published", year);
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  return (
    <Flex vertical gap="small">
      <Table<Item>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap((page) => page.items) ?? []}
        pagination={false}
        scroll={{ x: 700 }}
        locale={{ emptyText: <Empty description={t("还没有公开的自评表。")} /> }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "projectName",
            render: (name: string, { id }) => (
              <Link to={`/public/${profile?.region}/forms/${id}`}>{name}</Link>
            ),
          },
          { title: t("年度"), dataIndex: "year", width: 80 },
          { title: t("总分"), dataIndex: "totalScore", width: 80, align: "right" },
          {
            title: t("等级"),
            dataIndex: "grade",
            width: 70,
            render: (grade: string | null) => (grade ? t(grade) : "—"),
          },
          { title: t("公开日期"), dataIndex: "publishedAt", width: 200, render: moment },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列100张")}
        </Button>
      )}
    </Flex>
  );
}
