import { STATE_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Flex, Modal, Select, Spin, Table, Tabs, Tag, Typography } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { addressOf, call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { chinaDay, endOfDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { day, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useSession } from "../session/index.ts";
import { CancelSample } from "./CancelSample.tsx";
import { Consistency } from "./Consistency.tsx";
import { isToWrite, progressOf } from "./progress.ts";

type Detail = Answered<"getSample">;
type Item = Detail["items"][number];

/** One sample: what was drawn and why, who reviews what, both scores, and what may be concluded. */
export function SamplePage() {
  const { year = "", sample = "" } = useParams();
  const { profile } = useSession();
  const [tolerance, setTolerance] = useState("5");
  const { data, error, refetch } = useQuery({
    queryKey: ["samples", "one", sample, tolerance],
    queryFn: async () => (await call("getSample", { params: { year, sample }, query: { tolerance } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin className="page-waits" />;
  const { statement } = data;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={data.name}
        says={t("{{year}}年，从{{population}}份中抽取{{size}}份，种子 {{seed}}", {
          year: data.year,
          population: data.population,
          size: data.size,
          seed: data.seed,
        })}
      >
        <Button href={addressOf("downloadPopulation", { params: { year, sample } })}>
          {t("下载总体清单")}
        </Button>
        {data.cancelled === null && (profile?.actions.includes("draw-sample") ?? false) && (
          <CancelSample sample={data} />
        )}
      </PageHead>
      {data.cancelled && (
        <Alert
          type="warning"
          showIcon
          title={t("这个样本已作废，不再复核。{{byName}}于{{at}}作废：{{reason}}", {
            byName: data.cancelled.byName,
            at: moment(data.cancelled.at),
            reason: data.cancelled.reason,
          })}
        />
      )}
      <Descriptions
        size="small"
        bordered
        column={1}
        items={[
          {
            key: "tolerance",
            label: t("偏差率超过多少算有问题"),
            children: (
              <Select
                aria-label={t("偏差率超过多少算有问题")}
                style={{ width: 110 }}
                value={tolerance}
                onChange={setTolerance}
                options={["0", "3", "5", "10"].map((value) => ({ value, label: `${value}%` }))}
              />
            ),
          },
          {
            key: "says",
            label: t("样本支持的结论"),
            children: statement.says.map((each) => <div key={each}>{each}</div>),
          },
          {
            key: "progress",
            label: t("复核进度"),
            children: t(
              "{{done}}份完成，{{handedIn}}份已交待审核，{{working}}份正在复核，{{waiting}}份已安排没有开始，{{unassigned}}份没有安排",
              { ...progressOf(data.items) },
            ),
          },
          {
            key: "hash",
            label: t("总体清单的摘要"),
            children: <span style={{ overflowWrap: "anywhere" }}>SHA-256 {data.populationSha256}</span>,
          },
        ]}
      />
      <Tabs
        items={[
          {
            key: "items",
            label: t("抽中的表（{{forms}}）", { forms: data.items.length }),
            children: <Items detail={data} />,
          },
          { key: "even", label: t("扣分是否一致"), children: <Consistency year={year} sample={sample} /> },
        ]}
      />
    </Flex>
  );
}

function Items({ detail }: { readonly detail: Detail }) {
  const { profile } = useSession();
  const [assigned, setAssigned] = useState<Item | null>(null);
  const mayAssign = detail.cancelled === null && (profile?.actions.includes("assign-review") ?? false);
  return (
    <>
      <Table<Item>
        size="small"
        rowKey="submission"
        pagination={false}
        scroll={{ x: 1000 }}
        dataSource={detail.items}
        columns={[
          {
            title: t("序号"),
            dataIndex: "position",
            width: 60,
            align: "right",
            render: (position: number) => position + 1,
          },
          {
            title: t("项目"),
            dataIndex: "project",
            render: (project: string, { submission, unit }) => (
              <>
                <Link to={`/forms/${submission}`}>{project}</Link>
                <br />
                <Typography.Text type="secondary">{unit}</Typography.Text>
              </>
            ),
          },
          { title: t("为什么抽中"), dataIndex: "why", width: 220 },
          {
            title: t("自评"),
            key: "self",
            width: 100,
            align: "right",
            render: (_, { selfScore, selfGrade }) => `${selfScore ?? "—"} ${selfGrade ?? ""}`,
          },
          {
            title: t("复核"),
            key: "reviewed",
            width: 100,
            align: "right",
            render: (_, { reviewScore, reviewGrade }) => `${reviewScore ?? "—"} ${reviewGrade ?? ""}`,
          },
          {
            title: t("偏差率"),
            dataIndex: "deviation",
            width: 140,
            align: "right",
            render: (deviation: string | null, { says }) =>
              deviation === null ? (
                <Typography.Text type="secondary">{says ?? "—"}</Typography.Text>
              ) : (
                `${deviation}%`
              ),
          },
          {
            title: t("复核表"),
            key: "review",
            width: 260,
            render: (_, item) => {
              const { review, reviewState, thirdParties } = item;
              if (review === null)
                return mayAssign ? (
                  <Button size="small" onClick={() => setAssigned(item)}>
                    {t("安排复核")}
                  </Button>
                ) : (
                  t("还没有安排")
                );
              const title = STATE_TITLES[reviewState as keyof typeof STATE_TITLES];
              return (
                <>
                  <Flex gap={8} wrap align="center">
                    <Tag style={{ margin: 0 }}>{title === undefined ? reviewState : t(title)}</Tag>
                    {reviewState === "issued" && detail.cancelled === null ? (
                      <Begin review={review} />
                    ) : (
                      <Link to={`/reviews/${review}`}>{t("对照")}</Link>
                    )}
                    {mayAssign && isToWrite(reviewState) && (
                      <Button
                        size="small"
                        aria-label={t("给“{{project}}”的复核表加第三方", { project: item.project })}
                        onClick={() => setAssigned(item)}
                      >
                        {t("加第三方")}
                      </Button>
                    )}
                  </Flex>
                  {thirdParties.map(({ account, name, until }) => (
                    <div key={account}>
                      <Typography.Text type="secondary">
                        {t("第三方：{{name}}（到{{until}}为止）", { name, until: day(until) })}
                      </Typography.Text>
                    </div>
                  ))}
                </>
              );
            },
          },
        ]}
      />
      <Typography.Paragraph type="secondary" style={{ margin: "8px 0 0", fontSize: 12 }}>
        {t(
          "复核表交出前都可以加第三方，几个人可以一起写；交出以后不能加，退回后可以。到期自动收回，要提前收回请安全管理员办理。",
        )}
      </Typography.Paragraph>
      {assigned && <Assign detail={detail} item={assigned} onClose={() => setAssigned(null)} />}
    </>
  );
}

function Begin({ review }: { readonly review: string }) {
  const go = useNavigate();
  const begin = useCommand(() => call("beginReview", { params: { submission: review }, body: {} }), {
    refreshes: ["samples", "workbench"],
  });
  return (
    <Button
      size="small"
      loading={begin.isPending}
      onClick={() => begin.mutate(undefined, { onSuccess: () => void go(`/forms/${review}`) })}
    >
      {t("开始复核")}
    </Button>
  );
}

function Assign({
  detail,
  item,
  onClose,
}: {
  readonly detail: Detail;
  readonly item: Item;
  readonly onClose: () => void;
}) {
  const isAdding = item.review !== null;
  const [account, setAccount] = useState<string | null>(null);
  const [until, setUntil] = useState("");
  const { data, error } = useQuery({
    queryKey: ["samples", "reviewers", detail.id],
    queryFn: async () =>
      (await call("listReviewers", { params: { year: String(detail.year), sample: detail.id } })).body.items,
  });
  const party = data?.find((each) => each.account === account);
  const last = party && chinaDay(new Date(party.until));
  // On the day the role itself ends, the right ends with it.
  const end = until === last ? party?.until : until === "" ? null : endOfDay(until);
  const isReady = party
    ? until !== "" && until >= chinaDay(new Date()) && until <= (last ?? until)
    : !isAdding;
  const assign = useCommand(
    () =>
      call("assignReview", {
        params: { year: String(detail.year), sample: detail.id, submission: item.submission },
        body: { account, until: account === null ? null : (end ?? null), due: null },
      }),
    {
      said: () => (isAdding ? t("已加上，可以开始写复核表了。") : t("已安排复核。")),
      refreshes: ["samples"],
    },
  );
  return (
    <Modal
      open
      title={
        isAdding
          ? t("给复核表加第三方：{{project}}", { project: item.project })
          : t("安排复核：{{project}}", { project: item.project })
      }
      okText={isAdding ? t("加上") : t("安排")}
      cancelText={t("取消")}
      confirmLoading={assign.isPending}
      okButtonProps={{ disabled: !isReady }}
      onOk={() => assign.mutate(undefined, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        {error && <Failed error={error} />}
        {data?.length === 0 && (
          <Typography.Text>
            {t("还没有在任的第三方。先请安全管理员给第三方机构的人员开账号、授予第三方角色并定期限。")}
          </Typography.Text>
        )}
        <Select<string>
          aria-label={t("由谁复核")}
          placeholder={t("选择第三方")}
          value={account ?? (isAdding ? null : "")}
          onChange={(value) => setAccount(value === "" ? null : value)}
          options={[
            ...(isAdding ? [] : [{ value: "", label: t("财政人员自己复核") }]),
            ...(data ?? []).map((party) => ({
              value: party.account,
              label: t("第三方：{{name}}（到{{until}}为止）", { name: party.name, until: day(party.until) }),
            })),
          ]}
        />
        {account !== null && (
          <Flex gap="small" align="center" wrap>
            <label htmlFor="until">{t("第三方权限到哪天为止")}</label>
            <DayField
              id="until"
              style={{ width: 160 }}
              min={chinaDay(new Date())}
              {...(last ? { max: last } : {})}
              value={until}
              onChange={setUntil}
            />
            <Typography.Text type="secondary">
              {t("到这天24时（北京时间），不晚于{{last}}", { last: day(party?.until) })}
            </Typography.Text>
          </Flex>
        )}
        <Typography.Text type="secondary">
          {t("第三方只看得到这一张自评表和它的复核表，到期自动收回；登记过回避的不能安排。")}
        </Typography.Text>
      </Flex>
    </Modal>
  );
}
