import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Flex, Form, Input, Select, Table, Tag, Typography } from "antd";
import { useMemo } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { chinaDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { Fired } from "./Fired.tsx";

type Rule = Answered<"listRules">["rules"][number];
type Force = NonNullable<Rule["inForce"]>;

const FORCES: Readonly<Record<Rule["force"] | Force, string>> = {
  must: t("必须更正"),
  should: t("应当说明"),
  hint: t("可以改进"),
  pack: t("随评分办法"),
  off: t("停用"),
};
const LEVELS: Readonly<Record<Rule["level"], string>> = {
  form: t("单张表"),
  batch: t("各表之间"),
  "cross-year": t("跨年度"),
};
const KINDS: Readonly<Record<Rule["kind"], string>> = {
  auto: t("自动判定"),
  assist: t("能确定的判定，其余待人工"),
  human: t("人工核对"),
};
const optionsOf = <Value extends string>(of: Readonly<Record<Value, string>>) =>
  (Object.entries(of) as [Value, string][]).map(([value, label]) => ({ value, label }));

/** The catalogue of rules as it holds here: what each looks at, what it rests on, and what the region changed about it. */
export function RulesPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"q" | "level" | "kind" | "force" | "rule" | "changed">();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["rules"],
    queryFn: async () => (await call("listRules")).body,
  });
  const shown = useMemo(() => {
    const words = (filter("q") ?? "").trim().toLowerCase();
    return (data?.rules ?? []).filter(
      (rule) =>
        (words === "" ||
          `${rule.code} ${rule.id} ${rule.title} ${rule.explains}`.toLowerCase().includes(words)) &&
        (!filter("level") || rule.level === filter("level")) &&
        (!filter("kind") || rule.kind === filter("kind")) &&
        (!filter("force") || (rule.inForce ?? rule.force) === filter("force")) &&
        (!filter("changed") || rule.settings.length > 0),
    );
  }, [data, filter]);
  if (error) return <Failed error={error} again={refetch} />;
  const open = data?.rules.find(({ id }) => id === filter("rule"));
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("审核规则")}
        says={t("共{{all}}条规则（版本{{version}}），列出{{shown}}条。每条都写明看什么、不看什么和依据。", {
          all: data?.rules.length ?? 0,
          version: data?.version ?? "—",
          shown: shown.length,
        })}
      />
      <Flex gap="small" wrap>
        <Input.Search
          allowClear
          aria-label={t("查找规则")}
          placeholder={t("编号、名称或说明")}
          style={{ width: 240 }}
          defaultValue={filter("q") ?? ""}
          onSearch={(words) => setFilter("q")(words)}
        />
        <Pick
          label={t("范围")}
          value={filter("level")}
          onChange={setFilter("level")}
          options={optionsOf(LEVELS)}
        />
        <Pick
          label={t("力度")}
          value={filter("force")}
          onChange={setFilter("force")}
          options={optionsOf(FORCES)}
        />
        <Pick
          label={t("判定方式")}
          width={220}
          value={filter("kind")}
          onChange={setFilter("kind")}
          options={optionsOf(KINDS)}
        />
        <Pick
          label={t("本地调整")}
          value={filter("changed")}
          onChange={setFilter("changed")}
          options={[{ value: "yes", label: t("只看调整过的") }]}
        />
      </Flex>
      <Table<Rule>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={shown}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        scroll={{ x: 800 }}
        columns={[
          {
            title: t("编号"),
            dataIndex: "code",
            width: 210,
            render: (code: string, { id }) => (
              <>
                {code}
                <Typography.Text type="secondary" style={{ display: "block", fontSize: 12 }}>
                  {id}
                </Typography.Text>
              </>
            ),
          },
          {
            title: t("规则"),
            dataIndex: "title",
            render: (title: string, { id }) => (
              <Button type="link" className="link-in-table" onClick={() => setFilter("rule")(id)}>
                {title}
              </Button>
            ),
          },
          {
            title: t("范围"),
            dataIndex: "level",
            width: 100,
            render: (level: Rule["level"]) => LEVELS[level],
          },
          {
            title: t("判定方式"),
            dataIndex: "kind",
            width: 200,
            render: (kind: Rule["kind"]) => KINDS[kind],
          },
          {
            title: t("力度"),
            key: "force",
            width: 220,
            render: (_, { force, inForce }) =>
              inForce === null ? (
                FORCES[force]
              ) : (
                <>
                  <Tag color={inForce === "off" ? "default" : "processing"}>{FORCES[inForce]}</Tag>
                  <Typography.Text type="secondary">
                    {t("原为{{force}}", { force: FORCES[force] })}
                  </Typography.Text>
                </>
              ),
          },
        ]}
      />
      {open && (
        <RuleDrawer
          rule={open}
          sharing={data?.rules.filter(({ code, id }) => code === open.code && id !== open.id) ?? []}
          mayChange={profile?.actions.includes("change-rules") ?? false}
          onClose={() => setFilter("rule")(undefined)}
        />
      )}
    </Flex>
  );
}

function RuleDrawer({
  rule,
  sharing,
  mayChange,
  onClose,
}: {
  readonly rule: Rule;
  /** Other rules under the same number of the catalogue. */
  readonly sharing: readonly Rule[];
  readonly mayChange: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Drawer open size="large" onClose={onClose} title={`${rule.code} ${rule.title}`}>
      <Typography.Paragraph>{rule.explains}</Typography.Paragraph>
      <Typography.Paragraph type="secondary">
        {sharing.length === 0
          ? t("规则标识：{{id}}", { id: rule.id })
          : t("规则标识：{{id}}。编号{{code}}还用于：{{others}}，是另一条规则，靠标识区分。", {
              id: rule.id,
              code: rule.code,
              others: sharing.map(({ id, title }) => `${title}（${id}）`).join("、"),
            })}
      </Typography.Paragraph>
      <Typography.Title level={2} className="section-title">
        {t("依据")}
      </Typography.Title>
      <ul>
        {rule.basis.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Typography.Title level={2} className="section-title">
        {t("例子")}
      </Typography.Title>
      <Examples rule={rule.id} />
      <Typography.Title level={2} className="section-title">
        {t("提出过多少次")}
      </Typography.Title>
      <Fired rule={rule.id} />
      <Typography.Title level={2} className="section-title">
        {t("本地区的调整")}
      </Typography.Title>
      {rule.settings.length === 0 ? (
        <Typography.Text type="secondary">{t("没有调整过，按规则原来的力度。")}</Typography.Text>
      ) : (
        <ul>
          {rule.settings.map(({ force, from, reason, at }) => (
            <li key={`${from} ${at}`}>
              {t("{{from}}起{{force}}：{{reason}}（{{at}}记录）", {
                from,
                force: FORCES[force],
                reason,
                at: moment(at),
              })}
            </li>
          ))}
        </ul>
      )}
      {mayChange && rule.kind !== "human" && <Change rule={rule} />}
    </Drawer>
  );
}

/** The rule's own examples, the same that are run as its tests; loaded with the engine when somebody looks. */
function Examples({ rule }: { readonly rule: string }) {
  const { data } = useQuery({
    queryKey: ["rule-examples", rule],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { RULES } = await import("@jiheng/audit");
      const found = RULES.find(({ id }) => id === rule);
      return found && "examples" in found
        ? {
            fails: found.examples.fails.map(({ says }) => says),
            passes: found.examples.passes.map(({ says }) => says),
          }
        : { fails: [], passes: [] };
    },
  });
  if (!data) return null;
  if (data.fails.length + data.passes.length === 0)
    return <Typography.Text type="secondary">{t("由人核对的规则，没有例子。")}</Typography.Text>;
  return (
    <>
      <strong>{t("会提出")}</strong>
      <ul>
        {data.fails.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <strong>{t("不会提出")}</strong>
      <ul>
        {data.passes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  );
}

interface Typed {
  readonly force: Force;
  readonly from: string;
  readonly reason: string;
}

function Change({ rule }: { readonly rule: Rule }) {
  const [form] = Form.useForm<Typed>();
  const change = useCommand((body: Typed) => call("changeRule", { params: { rule: rule.id }, body }), {
    said: () => t("已记录，从所填日期起生效；以前的审核结果不变。"),
    refreshes: ["rules"],
  });
  const today = chinaDay(new Date());
  return (
    <>
      <Typography.Title level={2} className="section-title">
        {t("调整")}
      </Typography.Title>
      <Alert
        type="info"
        showIcon
        title={t("调整写入日志，所有填报单位都能看到是谁、为什么、从哪天起。")}
        style={{ marginBottom: 12 }}
      />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: today }}
        onFinish={(typed) => change.mutate(typed, { onSuccess: () => form.resetFields(["reason", "force"]) })}
      >
        <Form.Item name="force" label={t("改为")} rules={[{ required: true, message: t("请选择力度") }]}>
          <Select
            options={(["must", "should", "hint", "off"] as const).map((value) => ({
              value,
              label: FORCES[value],
            }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t("从哪天起")} rules={[{ required: true, message: t("请填写日期") }]}>
          <DayField />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t("理由")}
          rules={[{ required: true, min: 4, message: t("请写明理由，至少4个字") }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("记录调整")}
        </Button>
      </Form>
    </>
  );
}
