import { formatDecimal, parseDecimal, sum } from "@jiheng/domain";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, App, Button, Empty, Flex, Input, Modal, Table, Tabs, Tag, Typography } from "antd";
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
import { useSession } from "../session/index.ts";

type Item = Answered<"listSubmissions">["items"][number];
type Outcome = Answered<"decideInBulk">;

/** Approved evaluations that are not published yet, and those that are. */
export function PublicationPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"year" | "tab" | "department" | "q">();
  const tab = filter("tab") ?? "waiting";
  const wanted: Wanted = {
    ...(filter("year") ? { year: filter("year") as string } : {}),
    ...(filter("department") ? { department: filter("department") as string } : {}),
    ...(filter("q") ? { q: filter("q") as string } : {}),
  };
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
      <Flex gap="small" wrap>
        <Input.Search
          key={filter("q") ?? ""}
          aria-label={t("按项目名称或拼音首字母查找")}
          placeholder={t("项目名称或拼音首字母")}
          allowClear
          maxLength={60}
          style={{ width: 220 }}
          defaultValue={filter("q") ?? ""}
          onSearch={(typed) => setFilter("q")(typed.trim() || undefined)}
        />
        <Pick
          label={t("年度")}
          value={filter("year")}
          onChange={setFilter("year")}
          options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
        />
        <BodyField
          allowClear
          label={t("主管部门")}
          kind="department"
          value={filter("department")}
          onChange={setFilter("department")}
        />
      </Flex>
      <Tabs
        activeKey={tab}
        onChange={setFilter("tab")}
        items={[
          {
            key: "waiting",
            label: t("待公开"),
            // Another choice of forms is another list: nothing stays picked in it.
            children: <Waiting wanted={wanted} key={JSON.stringify(wanted)} />,
          },
          { key: "published", label: t("已公开"), children: <Published wanted={wanted} /> },
        ]}
      />
    </Flex>
  );
}

/** What the two lists are narrowed by. */
interface Wanted {
  readonly year?: string;
  readonly department?: string;
  readonly q?: string;
}

function useForms(state: "approved" | "published", wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: ["submissions", "publication", state, wanted],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSubmissions", {
          query: {
            kind: "self-evaluation",
            state,
            limit: "100",
            sort: "project",
            ...wanted,
            ...(pageParam ? { after: pageParam } : {}),
          },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
}

function Waiting({ wanted }: { readonly wanted: Wanted }) {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [withheld, setWithheld] = useState<Item | null>(null);
  const { modal } = App.useApp();
  const list = useForms("approved", wanted);
  const publish = useCommand(
    async () =>
      (await call("decideInBulk", { body: { command: "publish", submissions: [...picked], reason: null } }))
        .body,
    { refreshes: ["submissions", "workbench"] },
  );
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const bodies = bodiesOf(list.data?.pages);
  const ask = () => {
    const chosen = items.filter(({ id }) => picked.includes(id));
    void modal.confirm({
      width: 640,
      title: t("向社会公开这{{forms}}张表？", { forms: chosen.length }),
      content: <Chosen items={chosen} />,
      okText: t("公开"),
      cancelText: t("取消"),
      onOk: () => publish.mutate(undefined, { onSuccess: () => setPicked([]) }),
    });
  };
  return (
    <Flex vertical gap="small">
      <Flex gap="small" align="center">
        <Button type="primary" disabled={picked.length === 0} loading={publish.isPending} onClick={ask}>
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
        className="form-scroll"
        rowSelection={{
          selectedRowKeys: [...picked],
          onChange: (keys) => setPicked(keys.map(String)),
          getCheckboxProps: ({ projectName, withheldReason }) => ({
            disabled: withheldReason !== null,
            "aria-label": t("选择“{{projectName}}”", { projectName }),
          }),
          getTitleCheckboxProps: () => ({ "aria-label": t("全选") }),
        }}
        locale={{ emptyText: <Empty description={t("没有待公开的表。自评表审核通过后会出现在这里。")} /> }}
        columns={[
          {
            title: t("项目"),
            dataIndex: "projectName",
            render: (name: string, { id, isRollup }) => (
              <>
                <Link to={`/forms/${id}`}>{name}</Link>
                {isRollup && <Tag style={{ marginInlineStart: 8 }}>{t("汇总表")}</Tag>}
              </>
            ),
          },
          {
            title: t("主管部门"),
            dataIndex: "department",
            width: 180,
            render: (department: string) => bodies[department] ?? "—",
          },
          {
            title: t("单位"),
            dataIndex: "unit",
            width: 180,
            render: (unit: string) => bodies[unit] ?? "—",
          },
          { title: t("年度"), dataIndex: "year", width: 80 },
          { title: t("支出（万元）"), dataIndex: "expenditure", width: 130, align: "right", render: inWan },
          {
            title: t("总分"),
            dataIndex: "totalScore",
            width: 80,
            align: "right",
            render: (total: string | null) => total ?? "—",
          },
          {
            title: t("等级"),
            dataIndex: "grade",
            width: 70,
            render: (grade: string | null) => (grade ? t(grade) : "—"),
          },
          {
            title: t("还要更正"),
            dataIndex: "must",
            width: 90,
            align: "right",
            render: (must: number) => (must > 0 ? t("{{must}}处", { must }) : "—"),
          },
          {
            title: t("不予公开"),
            dataIndex: "withheldReason",
            width: 140,
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

/** What will be public: how many and how much, and what somebody may want to look at first. */
function Chosen({ items }: { readonly items: readonly Item[] }) {
  const amounts = items.map(({ expenditure }) => parseDecimal(expenditure)).filter((each) => each !== null);
  const concerns = items.flatMap((item) => {
    const what = [
      ...(item.must > 0 ? [t("还有{{must}}个问题必须更正", { must: item.must })] : []),
      ...(item.totalScore === null ? [t("没有总分")] : []),
      ...(item.isRollup ? [t("是汇总表")] : []),
    ];
    return what.length > 0 ? [{ id: item.id, name: item.projectName, what: what.join("；") }] : [];
  });
  return (
    <>
      <Typography.Paragraph>
        {t("支出共{{wan}}万元。公开后任何人不用登录就能看到和下载，表不能再改。", {
          wan: amounts.length > 0 ? inWan(formatDecimal(sum(amounts), 2)) : "—",
        })}
      </Typography.Paragraph>
      {concerns.length > 0 && (
        <>
          {t("公开前请看一眼：")}
          <ul style={{ maxHeight: "36vh", overflow: "auto", paddingInlineStart: 20 }}>
            {concerns.map(({ id, name, what }) => (
              <li key={id}>
                {name}：{what}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function bodiesOf(pages: readonly { readonly bodies: Readonly<Record<string, string>> }[] = []) {
  return Object.assign({}, ...pages.map(({ bodies }) => bodies)) as Record<string, string>;
}

/** What became of each; those that were refused with their reason. */
function BulkOutcome({ outcome, items }: { readonly outcome: Outcome; readonly items: readonly Item[] }) {
  const { profile } = useSession();
  const refused = outcome.items.filter((each) => each.outcome === "refused");
  const nameOf = (id: string) => items.find((item) => item.id === id)?.projectName ?? id;
  return (
    <Alert
      showIcon
      role="status"
      type={refused.length > 0 ? "warning" : "success"}
      title={t("已公开{{done}}张，{{refused}}张没有公开。", { done: outcome.done, refused: outcome.refused })}
      action={<Link to={`/public/${profile?.region ?? ""}`}>{t("看公开页面")}</Link>}
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

function Published({ wanted }: { readonly wanted: Wanted }) {
  const { profile } = useSession();
  const list = useForms("published", wanted);
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
