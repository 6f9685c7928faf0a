import { KIND_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import {
  Alert,
  Button,
  Checkbox,
  Drawer,
  Empty,
  Flex,
  Form,
  Input,
  InputNumber,
  Modal,
  Select,
  Spin,
  Table,
  Tag,
} from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { endOfDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { callDue } from "../../ui/due-in.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { sumOfUnits } from "../../ui/units-of-call.ts";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { type Line, linesOf } from "./lines.ts";

type Call = Answered<"listCalls">["items"][number];

const KINDS = ["target-declaration", "monitoring", "self-evaluation"] as const;
const titleOf = (kind: string): string => t(KIND_TITLES[kind as keyof typeof KIND_TITLES] ?? kind);

/** Calls for work and their progress. */
export function CallsPage() {
  const { filter, setFilter } = useFilters<"year" | "call">();
  const [isMaking, setMaking] = useState(false);
  const year = filter("year");
  const list = useInfiniteQuery({
    queryKey: ["calls", year],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listCalls", {
          query: { limit: "50", ...(year ? { year } : {}), ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  const years = Array.from({ length: 6 }, (_, index) => String(new Date().getFullYear() + 1 - index));
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("工作布置")} says={t("布置一次，范围内每个项目各下达一张表，到期前后自动提醒。")}>
        <Button type="primary" onClick={() => setMaking(true)}>
          {t("布置工作")}
        </Button>
      </PageHead>
      <Pick
        label={t("年度")}
        value={year}
        onChange={setFilter("year")}
        options={years.map((value) => ({ value, label: t("{{year}}年", { year: value }) }))}
      />
      <Table<Call>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{
          emptyText: <Empty description={t("还没有布置过工作。点“布置工作”，选种类、范围和截止日期。")} />,
        }}
        columns={[
          {
            title: t("工作"),
            dataIndex: "title",
            render: (title: string, { id }) => (
              <Button type="link" className="link-in-table" onClick={() => setFilter("call")(id)}>
                {title}
              </Button>
            ),
          },
          { title: t("年度"), dataIndex: "year", width: 80 },
          { title: t("种类"), dataIndex: "kind", width: 150, render: titleOf },
          { title: t("范围"), dataIndex: "scopeName", width: 200 },
          {
            title: t("已送审"),
            dataIndex: "handedIn",
            width: 110,
            align: "right",
            render: (handedIn: number, { forms }) => t("{{handedIn}} / {{forms}}", { handedIn, forms }),
          },
          {
            title: t("截止"),
            dataIndex: "due",
            width: 240,
            render: (due: string, item) => (
              <>
                {moment(due)}（{callDue(item, Date.now())}）{item.lateAllowed && <Tag>{t("可补报")}</Tag>}
              </>
            ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列一页")}
        </Button>
      )}
      {isMaking && <NewCall onClose={() => setMaking(false)} />}
      {filter("call") !== undefined && (
        <CallDrawer id={filter("call") ?? ""} onClose={() => setFilter("call")(undefined)} />
      )}
    </Flex>
  );
}

interface Typed {
  readonly year: number;
  readonly kind: (typeof KINDS)[number];
  readonly month?: number;
  readonly scope: string;
  readonly title: string;
  readonly due: string;
  readonly lateAllowed?: boolean;
}

function NewCall({ onClose }: { readonly onClose: () => void }) {
  const { profile } = useSession();
  const [form] = Form.useForm<Typed>();
  const kind = Form.useWatch("kind", form);
  const year = Form.useWatch("year", form);
  const month = Form.useWatch("month", form);
  const scope = Form.useWatch("scope", form);
  const isAsked =
    scope !== undefined && Number.isInteger(year) && (kind !== "monitoring" || Number.isInteger(month));
  const preview = useQuery({
    queryKey: ["calls", "preview", kind, year, month, scope],
    enabled: isAsked,
    queryFn: async () =>
      (
        await call("previewCall", {
          query: {
            kind,
            scope,
            year: String(year),
            ...(kind === "monitoring" ? { month: String(month) } : {}),
          },
        })
      ).body,
  });
  const will = isAsked ? preview.data : undefined;
  const known = (profile?.grants ?? []).map(({ organisation, organisationName }) => ({
    id: organisation,
    name: organisationName,
  }));
  const make = useCommand(
    async ({ month, due, lateAllowed, ...rest }: Typed) =>
      (
        await call("createCall", {
          body: {
            ...rest,
            month: rest.kind === "monitoring" ? (month ?? null) : null,
            due: endOfDay(due),
            lateAllowed: lateAllowed ?? false,
          },
        })
      ).body,
    {
      said: ({ issued, existing, placeholders }) =>
        t(
          "已下达{{issued}}张表；{{existing}}个项目已有本年的表，没有再下达；{{placeholders}}个涉密占位只计覆盖面。",
          {
            issued,
            existing,
            placeholders,
          },
        ),
      refreshes: ["calls", "workbench", "submissions"],
    },
  );
  return (
    <Modal
      open
      title={t("布置工作")}
      okText={will ? t("布置并下达{{forms}}张表", { forms: will.issued }) : t("布置并下达")}
      okButtonProps={{ disabled: will?.issued === 0 }}
      cancelText={t("取消")}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ year: new Date().getFullYear(), kind: "self-evaluation", scope: known[0]?.id }}
        onFinish={(typed) => make.mutate(typed, { onSuccess: onClose })}
      >
        <Form.Item name="kind" label={t("种类")}>
          <Select options={KINDS.map((value) => ({ value, label: titleOf(value) }))} />
        </Form.Item>
        <Form.Item name="year" label={t("年度")} rules={[{ required: true, message: t("请填写年度") }]}>
          <InputNumber min={2000} max={2100} />
        </Form.Item>
        {kind === "monitoring" && (
          <Form.Item
            name="month"
            label={t("监控到几月")}
            rules={[{ required: true, message: t("请填写月份") }]}
          >
            <InputNumber min={1} max={12} />
          </Form.Item>
        )}
        <Form.Item name="scope" label={t("范围")} rules={[{ required: true, message: t("请选择范围") }]}>
          <ScopeField known={known} />
        </Form.Item>
        <Form.Item
          name="title"
          label={t("名称")}
          rules={[{ required: true, min: 2, message: t("请填写名称") }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="due"
          label={t("截止日期")}
          rules={[{ required: true, message: t("请填写截止日期") }]}
        >
          <DayField />
        </Form.Item>
        <Form.Item name="lateAllowed" valuePropName="checked">
          <Checkbox>{t("逾期仍可送审")}</Checkbox>
        </Form.Item>
        <div style={{ minHeight: 92 }} role="status">
          {preview.error && isAsked && <Failed error={preview.error} again={preview.refetch} />}
          {will && <Preview {...will} />}
        </div>
      </Form>
    </Modal>
  );
}

/** What the call will do, and what speaks against it now. */
function Preview({
  issued,
  departments,
  units,
  existing,
  placeholders,
  rollups,
  unfinished,
}: Answered<"previewCall">) {
  const others = [
    ...(existing > 0 ? [t("{{existing}}个项目已有本年的表，不再下达", { existing })] : []),
    ...(placeholders > 0 ? [t("{{placeholders}}个涉密占位只计覆盖面", { placeholders })] : []),
    ...(rollups > 0 ? [t("{{rollups}}个汇总项目由汇总生成，不下达", { rollups })] : []),
  ];
  return (
    <Flex vertical gap="small">
      <Alert
        type={issued > 0 ? "info" : "warning"}
        showIcon
        title={t(
          "会向{{departments}}个部门、{{units}}个单位下达{{forms}}张表。下达后不能整批收回，截止时间可以调整。",
          {
            departments,
            units,
            forms: issued,
          },
        )}
        description={others.length > 0 && `${others.join("；")}。`}
      />
      {unfinished > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(
            "这个范围还有{{unfinished}}张本年的绩效目标表没有审核通过，它们的项目要等目标批复后才能填。",
            {
              unfinished,
            },
          )}
        />
      )}
    </Flex>
  );
}

function ScopeField({
  known,
  value,
  onChange,
}: {
  readonly known: readonly { readonly id: string; readonly name: string }[];
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
}) {
  return (
    <BodyField
      label={t("范围")}
      known={known}
      width="100%"
      value={value}
      onChange={(next) => onChange?.(next)}
    />
  );
}

function CallDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [due, setDue] = useState("");
  const [reason, setReason] = useState("");
  const { data, error, refetch } = useQuery({
    queryKey: ["calls", "one", id],
    queryFn: async () => (await call("getCall", { params: { call: id } })).body,
  });
  const change = useCommand(
    async () =>
      (
        await call("changeCallDue", {
          params: { call: id },
          body: { due: endOfDay(due), reason: reason.trim() },
        })
      ).body,
    {
      said: ({ changed }) => t("截止时间已调整，随之调整{{changed}}张表。", { changed }),
      refreshes: ["calls"],
    },
  );
  return (
    <Drawer open size="large" title={data?.call.title ?? t("工作布置")} onClose={onClose}>
      {error && <Failed error={error} again={refetch} />}
      {!data && !error && <Spin />}
      {data && (
        <Flex vertical gap="middle">
          <div>
            {t(
              "截止{{due}}。{{forms}}张表，已送审{{handedIn}}张，其中已审核{{approved}}张；逾期{{overdue}}张。",
              {
                due: moment(data.call.due),
                ...sumOfUnits(data.units),
              },
            )}
          </div>
          <Table<Line>
            size="small"
            rowKey="key"
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={linesOf(data.units)}
            columns={[
              {
                title: t("部门、单位"),
                dataIndex: "name",
                render: (name: string, { within }) => <Link to={`/forms?call=${id}&${within}`}>{name}</Link>,
              },
              { title: t("表"), dataIndex: "forms", width: 70, align: "right" },
              { title: t("已送审"), dataIndex: "handedIn", width: 80, align: "right" },
              { title: t("其中已审核"), dataIndex: "approved", width: 100, align: "right" },
              {
                title: t("逾期"),
                dataIndex: "overdue",
                width: 70,
                align: "right",
                render: (overdue: number) => (overdue > 0 ? <Tag color="error">{overdue}</Tag> : 0),
              },
            ]}
          />
          <Flex vertical gap="small">
            <DayField aria-label={t("新的截止日期")} style={{ width: 180 }} value={due} onChange={setDue} />
            <ReasonField label={t("调整的理由")} value={reason} onChange={setReason} />
            <Button
              style={{ alignSelf: "start" }}
              loading={change.isPending}
              disabled={due === "" || reason.trim() === ""}
              onClick={() => change.mutate()}
            >
              {t("调整截止时间")}
            </Button>
          </Flex>
        </Flex>
      )}
    </Drawer>
  );
}
