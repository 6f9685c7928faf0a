import { SAMPLE_METHOD_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, Form, Input, InputNumber, Modal, Select, Table } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useOwnBody } from "../../ui/use-own-body.ts";

type Sample = Answered<"listSamples">["items"][number];
type Method = Sample["method"];

const METHODS = ["money", "risk", "random", "stratified"] as const satisfies readonly Method[];

/** The samples that were drawn, and drawing another. */
export function SamplesPage() {
  const { body, setBody, known } = useOwnBody();
  const [isDrawing, setDrawing] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ["samples", body],
    enabled: body !== "",
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSamples", {
          query: { organisation: body, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("抽样复核")}
        says={t("样本按公布的方法和种子抽取，任何人都能用同一份清单重新抽出同一个样本。")}
      >
        <Button type="primary" onClick={() => setDrawing(true)}>
          {t("抽取样本")}
        </Button>
      </PageHead>
      <BodyField label={t("机构")} known={known} value={body} onChange={setBody} />
      {list.error && <Failed error={list.error} again={list.refetch} />}
      <Table<Sample>
        size="small"
        rowKey="id"
        loading={list.isPending && body !== ""}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty description={t("还没有抽过样本。点“抽取样本”，选方法和份数。")} /> }}
        columns={[
          {
            title: t("名称"),
            dataIndex: "name",
            render: (name: string, { id, year }) => <Link to={`/samples/${year}/${id}`}>{name}</Link>,
          },
          { title: t("年度"), dataIndex: "year", width: 80 },
          {
            title: t("方法"),
            dataIndex: "method",
            width: 180,
            render: (method: Method) => t(SAMPLE_METHOD_TITLES[method]),
          },
          { title: t("份数"), dataIndex: "size", width: 80, align: "right" },
          { title: t("总体"), dataIndex: "population", width: 80, align: "right" },
          { title: t("种子"), dataIndex: "seed", width: 160, ellipsis: true },
          {
            title: t("抽取"),
            key: "drawn",
            width: 240,
            render: (_, { byName, at }) => `${byName}　${moment(at)}`,
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列50个")}
        </Button>
      )}
      {isDrawing && <Draw body={body} onClose={() => setDrawing(false)} />}
    </Flex>
  );
}

interface Typed {
  readonly year: number;
  readonly name: string;
  readonly method: Method;
  readonly size: number;
  readonly seed?: string;
}

function Draw({ body, onClose }: { readonly body: string; readonly onClose: () => void }) {
  const go = useNavigate();
  const [form] = Form.useForm<Typed>();
  const draw = useCommand(
    async ({ seed, ...rest }: Typed) =>
      (await call("drawSample", { body: { ...rest, organisation: body, ...(seed ? { seed } : {}) } })).body,
    {
      said: ({ size, population }) => t("从{{population}}份中抽取了{{size}}份。", { population, size }),
      refreshes: ["samples"],
    },
  );
  return (
    <Modal
      open
      title={t("抽取样本")}
      okText={t("抽取")}
      cancelText={t("取消")}
      confirmLoading={draw.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Alert
        type="info"
        showIcon
        title={t("抽取写入日志，不能悄悄重抽。样本能支持什么结论，抽出后会写明。")}
        style={{ marginBottom: 12 }}
      />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ year: new Date().getFullYear() - 1, method: "money", size: 10 }}
        onFinish={(typed) =>
          draw.mutate(typed, { onSuccess: ({ id, year }) => void go(`/samples/${year}/${id}`) })
        }
      >
        <Form.Item
          name="name"
          label={t("名称")}
          rules={[{ required: true, min: 2, message: t("请填写名称") }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="year" label={t("年度")} rules={[{ required: true, message: t("请填写年度") }]}>
          <InputNumber min={2000} max={2100} />
        </Form.Item>
        <Form.Item name="method" label={t("方法")}>
          <Select options={METHODS.map((value) => ({ value, label: t(SAMPLE_METHOD_TITLES[value]) }))} />
        </Form.Item>
        <Form.Item name="size" label={t("份数")} rules={[{ required: true, message: t("请填写份数") }]}>
          <InputNumber min={1} max={5000} />
        </Form.Item>
        <Form.Item name="seed" label={t("种子（不填由系统生成，一并公布）")}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
