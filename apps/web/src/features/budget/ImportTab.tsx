import { MONEY_UNITS, showDecimal, yuanPer } from "@jiheng/domain";
import { Alert, Button, Card, Flex, Select, Table, Typography } from "antd";
import { useRef, useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { inYuan, NATURES, sourceTitle } from "./titles.ts";

type Preview = Answered<"previewBudget">;
type Report = Answered<"importBudget">;
type Nature = Preview["lines"][number]["nature"];
type Unit = NonNullable<NonNullable<Sent<"importBudget">["body"]>["moneyUnit"]>;

/** Yuan in one of the units tables are taken in. */
const TAKEN = ["1", "1000", "10000", "100000000"];
const UNITS = MONEY_UNITS.filter((unit) => {
  const yuan = yuanPer(unit);
  return yuan !== null && TAKEN.includes(showDecimal(yuan));
})
  .toReversed()
  .map((unit) => ({ value: unit as Unit, label: unit }));

/** A table of the finance system: tried first, with what would be booked and what not, then booked. */
export function ImportTab({ year }: { readonly year: number }) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [moneyUnit, setUnit] = useState<Unit | null>(null);
  const [nature, setNature] = useState<Nature | null>(null);
  const [tried, setTried] = useState<Preview | null>(null);
  const [booked, setBooked] = useState<Report | null>(null);
  const body = { year, moneyUnit, nature };
  const attempt = useCommand(
    async (chosen: File) => (await call("previewBudget", { body, files: [chosen] })).body,
    { refreshes: [] },
  );
  const book = useCommand(
    async (chosen: File) => (await call("importBudget", { body, files: [chosen] })).body,
    {
      refreshes: ["budget"],
      said: ({ accepted }) => t("已记{{entries}}笔", { entries: accepted }),
    },
  );
  const look = (chosen: File) => {
    setFile(chosen);
    setTried(null);
    setBooked(null);
    attempt.mutate(chosen, { onSuccess: setTried });
  };
  const changed = () => {
    setTried(null);
    setBooked(null);
  };
  return (
    <Flex vertical gap="small">
      <Typography.Text>
        {t(
          "财政系统导出的表：xlsx、xls、et、ods、csv。要有项目编码或名称，以及年初预算、调整、支付或金额的列。先试读，看清将怎样记，再导入。",
        )}
      </Typography.Text>
      <Flex gap="small" wrap align="center">
        <Select
          aria-label={t("表上没有注明金额单位时")}
          placeholder={t("金额单位：表上注明")}
          allowClear
          style={{ width: 190 }}
          options={UNITS}
          value={moneyUnit}
          onChange={(picked?: Unit | null) => {
            setUnit(picked ?? null);
            changed();
          }}
        />
        <Select
          aria-label={t("只有一列金额时，是哪一种")}
          placeholder={t("类型：表上注明")}
          allowClear
          style={{ width: 170 }}
          options={Object.entries(NATURES).map(([value, label]) => ({ value: value as Nature, label }))}
          value={nature}
          onChange={(picked?: Nature | null) => {
            setNature(picked ?? null);
            changed();
          }}
        />
        <Button
          {...(tried === null ? { type: "primary" as const } : {})}
          loading={attempt.isPending}
          onClick={() => input.current?.click()}
        >
          {t("选表试读")}
        </Button>
        {file && <span>{file.name}</span>}
        {file && tried === null && !attempt.isPending && (
          <Button onClick={() => look(file)}>{t("再试读一次")}</Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t("财政系统导出的表")}
          accept=".xlsx,.xls,.et,.ods,.csv"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen) look(chosen);
            target.value = "";
          }}
        />
      </Flex>
      {booked && (
        <Alert
          type={booked.rejected.length > 0 ? "warning" : "success"}
          showIcon
          title={t("已记{{accepted}}笔，原来就有{{repeated}}笔，没有记{{rejected}}行", {
            accepted: booked.accepted,
            repeated: booked.repeated,
            rejected: booked.rejected.length,
          })}
        />
      )}
      {tried && file && (
        <>
          {!booked && (
            <Flex gap="middle" align="center" wrap>
              <span role="status">
                {t("将记{{accepted}}笔；原来就有{{repeated}}笔，不重复记；{{rejected}}行不能记。", {
                  accepted: tried.accepted,
                  repeated: tried.repeated,
                  rejected: tried.rejected.length,
                })}
              </span>
              <Button
                type="primary"
                loading={book.isPending}
                disabled={tried.accepted === 0}
                onClick={() => book.mutate(file, { onSuccess: setBooked })}
              >
                {t("记入{{accepted}}笔", { accepted: tried.accepted })}
              </Button>
            </Flex>
          )}
          {tried.notes.length > 0 && (
            <Alert
              type="info"
              showIcon
              title={t("是这样理解这张表的")}
              description={
                <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                  {tried.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              }
            />
          )}
          <Rejected places={(booked ?? tried).rejected} />
          <Card
            size="small"
            title={<SectionTitle>{t("表上读到的")}</SectionTitle>}
            styles={{ body: { padding: 0 } }}
          >
            <Table<Preview["lines"][number]>
              size="small"
              rowKey={({ at, nature: of }) => `${at} ${of}`}
              dataSource={tried.lines}
              pagination={tried.lines.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
              scroll={{ x: 860 }}
              locale={{ emptyText: t("没有可以记的行。") }}
              columns={[
                { title: t("表上的位置"), dataIndex: "at", width: 170 },
                { title: t("项目"), dataIndex: "projectName" },
                { title: t("类型"), dataIndex: "nature", width: 90, render: (of: Nature) => NATURES[of] },
                { title: t("资金来源"), dataIndex: "source", width: 120, render: sourceTitle },
                { title: t("金额（元）"), dataIndex: "amount", width: 150, align: "right", render: inYuan },
                {
                  title: t("怎样记"),
                  dataIndex: "repeated",
                  width: 110,
                  render: (repeated: boolean) =>
                    repeated ? (
                      <Typography.Text type="secondary">{t("已有，不重复")}</Typography.Text>
                    ) : (
                      t("新记")
                    ),
                },
                {
                  title: t("凭证或文号"),
                  dataIndex: "document",
                  width: 160,
                  render: (document: string | null) => document ?? t("累计数"),
                },
              ]}
            />
          </Card>
          {tried.lineCount > tried.lines.length && (
            <Typography.Text type="secondary">
              {t("只列前{{shown}}行，共{{all}}行；导入时全部记。", {
                shown: tried.lines.length,
                all: tried.lineCount,
              })}
            </Typography.Text>
          )}
        </>
      )}
    </Flex>
  );
}

function Rejected({ places }: { readonly places: Report["rejected"] }) {
  if (places.length === 0) return null;
  return (
    <Card
      size="small"
      title={<SectionTitle>{t("不能记的{{rows}}行", { rows: places.length })}</SectionTitle>}
      styles={{ body: { padding: 0 } }}
    >
      <Table<Report["rejected"][number]>
        size="small"
        rowKey={({ at, says }) => `${at} ${says}`}
        dataSource={places}
        pagination={places.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        columns={[
          { title: t("表上的位置"), dataIndex: "at", width: 170 },
          { title: t("原因和办法"), dataIndex: "says" },
        ]}
      />
    </Card>
  );
}
