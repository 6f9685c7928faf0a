import { SAMPLE_METHOD_TITLES } from "@jiheng/workflow";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Col, Descriptions, Form, Input, InputNumber, Modal, Row, Select, Typography } from "antd";
import { useNavigate } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { inWan } from "../../ui/figures.ts";
import { useCommand } from "../../ui/use-command.ts";
import { narrowingOf, type TypedNarrowing } from "./narrowing.ts";

type Method = Answered<"listSamples">["items"][number]["method"];
type Group = Pick<Answered<"previewPopulation">, "forms" | "money" | "moneyUnknown">;

const METHODS = ["money", "risk", "random", "stratified"] as const satisfies readonly Method[];

interface Typed extends TypedNarrowing {
  readonly year: number;
  readonly name: string;
  readonly method: Method;
  readonly size: number;
  readonly seed?: string;
}

/** Draws a sample; what would be drawn from is seen before, narrowed as one likes. */
export function DrawDialog({ body, onClose }: { readonly body: string; readonly onClose: () => void }) {
  const go = useNavigate();
  const [form] = Form.useForm<Typed>();
  const year = Form.useWatch("year", form);
  const size = Form.useWatch("size", form);
  const typed = {
    departments: Form.useWatch("departments", form),
    grade: Form.useWatch("grade", form),
    moneyFrom: Form.useWatch("moneyFrom", form),
    moneyTo: Form.useWatch("moneyTo", form),
    riskFrom: Form.useWatch("riskFrom", form),
  };
  const narrowing = narrowingOf(typed);
  const preview = useQuery({
    queryKey: ["samples", "population", body, year, narrowing],
    enabled: body !== "" && typeof year === "number" && narrowing !== null,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { departments, riskFrom, ...rest } = narrowing ?? {};
      const query = {
        ...{ year: String(year), organisation: body, ...rest },
        ...(departments ? { departments: departments.join(",") } : {}),
        ...(riskFrom === undefined ? {} : { riskFrom: String(riskFrom) }),
      };
      return (await call("previewPopulation", { query })).body;
    },
  });
  const draw = useCommand(
    async ({ year: of, name, method, size: forms, seed }: Typed) =>
      (
        await call("drawSample", {
          body: {
            ...{ year: of, name, method, size: forms, organisation: body, narrowing: narrowing ?? {} },
            ...(seed ? { seed } : {}),
          },
        })
      ).body,
    {
      said: (drawn) =>
        t("从{{population}}份中抽取了{{size}}份。", { population: drawn.population, size: drawn.size }),
      refreshes: ["samples"],
    },
  );
  const seen = preview.data;
  const isMoney = (_: unknown, value: string | undefined) =>
    narrowingOf({ moneyFrom: value }) === null
      ? Promise.reject(new Error(t("请填写万元数，最多六位小数")))
      : Promise.resolve();
  return (
    <Modal
      open
      width={820}
      style={{ top: 24 }}
      title={t("抽取样本")}
      okText={t("抽取")}
      cancelText={t("取消")}
      confirmLoading={draw.isPending}
      okButtonProps={{ disabled: narrowing === null || seen?.forms === 0 }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Alert
        type="info"
        showIcon
        title={t(
          "抽取写入日志，不能悄悄重抽；抽错了可以说明理由作废，种子仍留存。样本能支持什么结论，抽出后会写明。",
        )}
        style={{ marginBottom: 12 }}
      />
      <Form
        form={form}
        layout="vertical"
        size="small"
        requiredMark={false}
        initialValues={{ year: new Date().getFullYear() - 1, method: "money", size: 10 }}
        onFinish={(all) =>
          draw.mutate(all, { onSuccess: (drawn) => void go(`/samples/${drawn.year}/${drawn.id}`) })
        }
      >
        <Row gutter={16}>
          <Col span={12}>
            <Form.Item
              name="name"
              label={t("名称")}
              rules={[{ required: true, min: 2, message: t("请填写名称") }]}
            >
              <Input maxLength={100} />
            </Form.Item>
          </Col>
          <Col span={4}>
            <Form.Item name="year" label={t("年度")} rules={[{ required: true, message: t("请填写年度") }]}>
              <InputNumber min={2000} max={2100} />
            </Form.Item>
          </Col>
          <Col span={4}>
            <Form.Item name="method" label={t("方法")}>
              <Select options={METHODS.map((value) => ({ value, label: t(SAMPLE_METHOD_TITLES[value]) }))} />
            </Form.Item>
          </Col>
          <Col span={4}>
            <Form.Item name="size" label={t("份数")} rules={[{ required: true, message: t("请填写份数") }]}>
              <InputNumber min={1} max={5000} />
            </Form.Item>
          </Col>
          <Col span={12}>
            <Form.Item name="departments" label={t("只在这些主管部门里抽（不选为全部）")}>
              <Select
                mode="multiple"
                allowClear
                maxTagCount="responsive"
                optionFilterProp="label"
                options={(seen?.departments ?? []).map(({ id, name, forms }) => ({
                  value: id,
                  label: t("{{name}}（{{forms}}份）", { name, forms }),
                }))}
              />
            </Form.Item>
          </Col>
          <Col span={4}>
            <Form.Item name="grade" label={t("自评等级")}>
              <Select
                allowClear
                options={(seen?.grades ?? []).map((value) => ({ value, label: t(value) }))}
              />
            </Form.Item>
          </Col>
          <Col span={8}>
            <Form.Item name="riskFrom" label={t("风险不低于（1至300）")}>
              <InputNumber min={1} max={300} precision={0} />
            </Form.Item>
          </Col>
          <Col span={6}>
            <Form.Item name="moneyFrom" label={t("支出不少于（万元）")} rules={[{ validator: isMoney }]}>
              <Input inputMode="decimal" maxLength={16} />
            </Form.Item>
          </Col>
          <Col span={6}>
            <Form.Item name="moneyTo" label={t("支出不多于（万元）")} rules={[{ validator: isMoney }]}>
              <Input inputMode="decimal" maxLength={16} />
            </Form.Item>
          </Col>
          <Col span={12}>
            <Form.Item name="seed" label={t("种子（不填由系统生成，一并公布）")}>
              <Input maxLength={100} />
            </Form.Item>
          </Col>
        </Row>
      </Form>
      {preview.error && <Failed error={preview.error} again={preview.refetch} />}
      {seen && (
        <section aria-label={t("抽样的总体")} aria-live="polite">
          <Typography.Text strong>
            {t("可以抽取{{group}}。", { group: groupSays(seen) })}
            {typeof size === "number" && size > seen.forms && seen.forms > 0
              ? t("份数比总体多，会全部抽中。")
              : ""}
          </Typography.Text>
          {seen.excluded.length > 0 && (
            <Descriptions
              size="small"
              column={1}
              title={<Typography.Text>{t("不在其中的（每份只计一个原因）")}</Typography.Text>}
              items={seen.excluded.map((group) => ({
                key: group.why,
                label: t(group.why),
                children: groupSays(group),
              }))}
            />
          )}
        </section>
      )}
    </Modal>
  );
}

function groupSays({ forms, money, moneyUnknown }: Group): string {
  const all = t("{{forms}}份，支出{{wan}}万元", { forms, wan: inWan(money) });
  return moneyUnknown === 0 ? all : t("{{all}}（另有{{moneyUnknown}}份没有填支出）", { all, moneyUnknown });
}
