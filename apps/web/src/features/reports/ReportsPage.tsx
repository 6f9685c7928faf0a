import { KIND_TITLES, type Kind } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Empty, Flex, Progress, Select, Spin, Table, Tabs, Typography } from "antd";
import { useState } from "react";
import { call, download } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { count } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { Problems } from "./Problems.tsx";
import { sizeOf } from "./progress.ts";
import { useFile } from "./use-file.ts";
import "./reports.css";

const LAST_YEAR = new Date().getFullYear() - 1;
const YEARS = Array.from({ length: 6 }, (_, index) => String(LAST_YEAR + 1 - index)).map((year) => ({
  value: year,
  label: t("{{year}}年", { year }),
}));
const NOT_BEGUN = ["not-issued", "issued"];
const APPROVED = ["approved", "published", "archived"];
/** The server refuses more forms than these in one document. */
const MOST_TOGETHER = 2_000;
/** And more files than these in one archive. */
const MOST_FILES = 50_000;

type Scope = { readonly organisation: string; readonly year: string; readonly only?: "approved" | "begun" };
type Files = ReturnType<typeof useFile>;

/** The reports on a body's year, seen before they are taken, and everything of it as files. */
export function ReportsPage() {
  const { profile } = useSession();
  const bodies = (profile?.grants ?? []).map(({ organisation: id, organisationName: name }) => ({
    id,
    name,
  }));
  const { filter, setFilter } = useFilters<"year" | "body" | "part">();
  const year = filter("year") ?? String(LAST_YEAR);
  const organisation = filter("body") ?? bodies[0]?.id;
  const files = useFile();
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("报告与导出")} says={t("由各张自评表现在的内容当场生成；只含您有权查看的表。")} />
      <Flex gap="small" wrap>
        <Select
          aria-label={t("年度")}
          style={{ width: 110 }}
          value={year}
          options={YEARS}
          onChange={setFilter("year")}
        />
        <BodyField
          label={t("部门或单位")}
          known={bodies}
          value={organisation}
          onChange={setFilter("body")}
          width={300}
        />
      </Flex>
      <Standing files={files} />
      {organisation ? (
        <Parts
          scope={{ organisation, year }}
          files={files}
          part={filter("part") ?? "report"}
          setPart={setFilter("part")}
        />
      ) : (
        <Empty description={t("先选一个部门或单位。")} />
      )}
    </Flex>
  );
}

/** How far the file is that is being made, or what became of the last one. */
function Standing({ files: { coming, error, had, stop } }: { readonly files: Files }) {
  return (
    <div role="status">
      {coming && (
        <Alert
          type="info"
          showIcon
          title={t("正在生成{{what}}，已收到{{size}}", { what: coming.what, size: sizeOf(coming.bytes) })}
          {...(coming.percent === null
            ? {}
            : { description: <Progress aria-label={t("导出进度")} percent={coming.percent} /> })}
          action={
            <Button size="small" onClick={stop}>
              {t("停止")}
            </Button>
          }
        />
      )}
      {error && <Failed error={error} />}
      {!coming && had && (
        <Alert
          type={had.says.length > 0 ? "warning" : "success"}
          showIcon
          title={t("已下载“{{name}}”（{{size}}）", { name: had.name, size: sizeOf(had.size) })}
          {...(had.says.length > 0 ? { description: <Says says={had.says} /> } : {})}
        />
      )}
    </div>
  );
}

function Says({ says }: { readonly says: readonly string[] }) {
  return (
    <ul style={{ margin: 0 }}>
      {[...new Set(says)].map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

function Parts({
  scope,
  files,
  part,
  setPart,
}: {
  readonly scope: Scope;
  readonly files: Files;
  readonly part: string;
  readonly setPart: (part: string) => void;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ["overview", scope],
    retry: false,
    queryFn: async () => (await call("getOverview", { query: scope })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin />;
  const begun = data.totals.forms.filter(({ state }) => !NOT_BEGUN.includes(state));
  const formsOf = (kind: string, states?: readonly string[]) =>
    begun.reduce(
      (sum, each) => sum + (each.kind === kind && (states?.includes(each.state) ?? true) ? each.forms : 0),
      0,
    );
  const { name } = data.organisation;
  return (
    <Tabs
      activeKey={part}
      onChange={setPart}
      items={[
        {
          key: "report",
          label: t("自评情况报告"),
          children: (
            <Report
              scope={scope}
              files={files}
              name={name}
              forms={formsOf("self-evaluation")}
              approved={formsOf("self-evaluation", APPROVED)}
            />
          ),
        },
        {
          key: "opinion",
          label: t("审核意见"),
          children: <Opinions scope={scope} files={files} name={name} forms={formsOf("self-evaluation")} />,
        },
        {
          key: "export",
          label: t("批量导出"),
          children: <Exports scope={scope} files={files} name={name} formsOf={formsOf} />,
        },
      ]}
    />
  );
}

interface PartProps {
  readonly scope: Scope;
  readonly files: Files;
  readonly name: string;
  readonly forms: number;
}

function Report({
  scope: ofBody,
  files,
  name,
  forms: begun,
  approved,
}: PartProps & { readonly approved: number }) {
  const what = t("自评情况报告");
  // A report that leaves the house rests on what was approved, as soon as anything is.
  const [wanted, setWanted] = useState<"approved" | "begun" | null>(null);
  const only = wanted ?? (approved > 0 ? "approved" : "begun");
  const forms = only === "approved" ? approved : begun;
  const scope = { ...ofBody, only };
  return (
    <>
      <Flex gap="small" align="center" wrap style={{ marginBottom: 8 }}>
        <Select
          aria-label={t("用哪些表")}
          style={{ width: 300 }}
          value={only}
          onChange={setWanted}
          options={[
            { value: "approved" as const, label: t("只用已审核的（{{forms}}张）", { forms: approved }) },
            { value: "begun" as const, label: t("全部已开始填写的（{{forms}}张）", { forms: begun }) },
          ]}
        />
        {only === "begun" && begun > approved && (
          <Typography.Text type="warning">
            {t("{{forms}}张还没有审核通过，报告会标为草稿。", { forms: begun - approved })}
          </Typography.Text>
        )}
      </Flex>
      <Whole
        title={t("{{name}}{{year}}年绩效自评情况报告", { name, year: scope.year })}
        contains={t(
          "总体情况、资金、得分和等级、各级指标、发现的问题和建议，并与上一年比较；根据选定的自评表（{{count}}张，其中的汇总表不重复计入），未填写的不在其中。",
          { count: count(forms) },
        )}
        forms={forms}
        name={name}
        year={scope.year}
        busy={files.coming !== null}
        preview={(signal) => download("downloadReport", { params: { format: "html" }, query: scope, signal })}
        scope={scope}
        formats={[
          {
            label: t("下载 Word"),
            fetch: () =>
              files.fetchFile(what, "downloadReport", { params: { format: "docx" }, query: scope }),
          },
          {
            label: t("下载 PDF"),
            fetch: () => files.fetchFile(what, "downloadReport", { params: { format: "pdf" }, query: scope }),
          },
        ]}
      />
      {forms > 0 && <Problems scope={scope} />}
    </>
  );
}

function Opinions({ scope, files, name, forms }: PartProps) {
  const what = t("审核意见");
  return (
    <Whole
      title={t("{{name}}{{year}}年自评表审核意见", { name, year: scope.year })}
      contains={t(
        "{{count}}张自评表逐张的审核结果：问题、位置、依据和建议，以及各表之间的问题；没有检查的也写明。",
        { count: count(forms) },
      )}
      forms={forms}
      name={name}
      year={scope.year}
      busy={files.coming !== null}
      preview={(signal) => download("downloadOpinions", { params: { format: "html" }, query: scope, signal })}
      scope={scope}
      formats={[
        {
          label: t("下载 Word"),
          fetch: () =>
            files.fetchFile(what, "downloadOpinions", { params: { format: "docx" }, query: scope }),
        },
        {
          label: t("下载 Excel"),
          fetch: () =>
            files.fetchFile(what, "downloadOpinions", { params: { format: "xlsx" }, query: scope }),
        },
      ]}
    />
  );
}

/** One document about all forms: what it contains, seen here first, and taken. */
function Whole({
  title,
  contains,
  forms,
  name,
  year,
  busy,
  preview,
  formats,
  scope,
}: {
  readonly title: string;
  readonly contains: string;
  readonly forms: number;
  readonly name: string;
  readonly year: string;
  readonly busy: boolean;
  readonly preview: (signal: AbortSignal) => ReturnType<typeof download>;
  readonly formats: readonly { readonly label: string; readonly fetch: () => Promise<void> }[];
  readonly scope: Scope;
}) {
  const [asked, setAsked] = useState<string | null>(null);
  const key = JSON.stringify([title, scope]);
  const isAsked = asked === key;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["document", key],
    enabled: isAsked,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const { bytes, says } = await preview(signal);
      return { html: await bytes.text(), says };
    },
  });
  if (forms === 0)
    return (
      <Empty
        description={t("“{{name}}”{{year}}年还没有开始填写的自评表，没有内容可写。可以换一个年度或机构。", {
          name,
          year,
        })}
      />
    );
  const isTooLarge = forms > MOST_TOGETHER;
  return (
    <Flex vertical gap="small">
      <Typography.Text>{contains}</Typography.Text>
      {isTooLarge && (
        <Alert
          type="warning"
          showIcon
          title={t("一份文件最多写{{most}}张表，这里有{{count}}张。请按部门或单位分别生成。", {
            most: count(MOST_TOGETHER),
            count: count(forms),
          })}
        />
      )}
      <Flex gap="small" wrap className="no-print">
        <Button
          type="primary"
          disabled={isTooLarge}
          loading={isFetching}
          onClick={() => (isAsked ? void refetch() : setAsked(key))}
        >
          {isAsked ? t("按现在的表重新预览") : t("预览")}
        </Button>
        {formats.map(({ label, fetch }) => (
          <Button key={label} disabled={isTooLarge || busy} onClick={() => void fetch()}>
            {label}
          </Button>
        ))}
      </Flex>
      {isAsked && error && <Failed error={error} />}
      {isAsked && isFetching && !data && (
        <div role="status">
          <Spin /> {t("正在审核{{count}}张表并写成文件，表多时要一两分钟。", { count: count(forms) })}
        </div>
      )}
      {isAsked && data && (
        <>
          {data.says.length > 0 && <Alert type="warning" showIcon title={<Says says={data.says} />} />}
          {/* What was written by others is shown without scripts and without this page's origin. */}
          <iframe className="report-preview" title={title} sandbox="" srcDoc={data.html} />
        </>
      )}
    </Flex>
  );
}

type FormFormat = "docx" | "xlsx" | "pdf" | "html" | "json" | "csv";

/** What one form takes in an archive, in bytes, as measured on the forms of the demonstration. */
const PER_FORM: Readonly<Record<FormFormat, number>> = {
  docx: 7_500,
  xlsx: 7_500,
  pdf: 61_000,
  html: 4_200,
  json: 2_400,
  csv: 1_500,
};
const PER_LINE = 8_000;
const PER_ROWS = 2_500;
const FORMATS: readonly { readonly value: FormFormat; readonly label: string }[] = [
  { value: "docx", label: "Word" },
  { value: "xlsx", label: "Excel" },
  { value: "pdf", label: "PDF" },
  { value: "html", label: t("网页") },
  { value: "json", label: "JSON" },
  { value: "csv", label: "CSV" },
];

function Exports({
  scope,
  files,
  name,
  formsOf,
}: Omit<PartProps, "forms"> & { readonly formsOf: (kind: string) => number }) {
  const [kind, setKind] = useState<Kind>("self-evaluation");
  const [format, setFormat] = useState<FormFormat>("docx");
  const forms = formsOf(kind);
  const query = { ...scope, kind };
  const busy = files.coming !== null;
  const about = (per: number) => (forms === 0 ? "—" : t("约{{size}}", { size: sizeOf(forms * per) }));
  const isTooLarge = forms > MOST_FILES;
  const archive = t("表格压缩包");
  const lines = t("数据包");
  const rows = t("指标行");
  const offers = [
    {
      key: "zip",
      what: archive,
      contains: t(
        "按部门、单位分文件夹，一张表一个文件，正式表样；写不进表样的内容和没能写成的表列在末尾的“说明.txt”里。最多{{most}}张。",
        { most: count(MOST_FILES) },
      ),
      size: about(PER_FORM[format]),
      isOff: isTooLarge,
      pick: (
        <Select
          aria-label={t("文件格式")}
          style={{ width: 100 }}
          value={format}
          onChange={setFormat}
          options={[...FORMATS]}
        />
      ),
      fetch: () =>
        files.fetchFile(
          archive,
          "exportForms",
          { query: { ...query, format } },
          { bytes: forms * PER_FORM[format] },
        ),
    },
    {
      key: "jsonl",
      what: lines,
      contains: t(
        "每行一张表的 JSON（JSON Lines）：编号、状态、版本和表的全部内容，供其他系统读取；张数不限。",
      ),
      size: about(PER_LINE),
      isOff: false,
      pick: null,
      fetch: () => files.fetchFile(lines, "exportData", { query }, { lines: forms }),
    },
    {
      key: "csv",
      what: rows,
      contains: t(
        "每行一个指标的 CSV：年度、单位、项目、三级指标、指标值、完成值、分值、得分，可用 Excel 打开；张数不限。",
      ),
      size: about(PER_ROWS),
      isOff: false,
      pick: null,
      fetch: () => files.fetchFile(rows, "exportRows", { query }, { bytes: forms * PER_ROWS }),
    },
  ];
  return (
    <Flex vertical gap="small">
      <Flex gap="small" align="center" wrap>
        <Select
          aria-label={t("表的种类")}
          style={{ width: 180 }}
          value={kind}
          onChange={setKind}
          options={(Object.entries(KIND_TITLES) as [Kind, string][]).map(([value, label]) => ({
            value,
            label: t(label),
          }))}
        />
        <Typography.Text>
          {t("“{{name}}”{{year}}年有{{count}}张已开始填写的这种表。", {
            name,
            year: scope.year,
            count: count(forms),
          })}
        </Typography.Text>
      </Flex>
      {isTooLarge && (
        <Alert
          type="warning"
          showIcon
          title={t("一个压缩包最多{{most}}个文件，请按部门分别导出。", { most: count(MOST_FILES) })}
        />
      )}
      <Card
        size="small"
        title={<SectionTitle>{t("导出哪些")}</SectionTitle>}
        styles={{ body: { padding: 0 } }}
      >
        <Table
          size="small"
          rowKey="key"
          dataSource={offers}
          pagination={false}
          scroll={{ x: 820 }}
          columns={[
            { title: t("文件"), dataIndex: "what", width: 120 },
            { title: t("内容"), dataIndex: "contains" },
            { title: t("大小"), dataIndex: "size", width: 110, align: "right" },
            {
              title: t("导出"),
              key: "fetch",
              width: 220,
              render: (_, { pick, fetch, what, isOff }) => (
                <Flex gap="small" align="center">
                  {pick}
                  <Button
                    size="small"
                    disabled={busy || forms === 0 || isOff}
                    aria-label={t("导出{{what}}", { what })}
                    onClick={() => void fetch()}
                  >
                    {t("导出")}
                  </Button>
                </Flex>
              ),
            },
          ]}
        />
      </Card>
      <Typography.Text type="secondary">
        {t(
          "大小按演示数据每张表的平均数估计，实际随行数和文字多少而不同。文件生成时边做边收；中断的不会留下半个文件。",
        )}
      </Typography.Text>
    </Flex>
  );
}
