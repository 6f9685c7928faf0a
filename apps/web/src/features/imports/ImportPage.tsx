import { App, Button, Flex, Popconfirm, Progress, Segmented, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { addressOf, call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { type FileLine, FORM_KINDS, type FormLine, IMPORT_STATES, isClean } from "./titles.ts";
import { useProgress } from "./use-progress.ts";
import "./imports.css";

/** How many questions of the reader were answered, of how many. */
function answeredOf(forms: readonly FormLine[]): { readonly answered: number; readonly all: number } {
  const all = forms.reduce(
    (sum, { notes }) => sum + notes.filter(({ level }) => level !== "normalised").length,
    0,
  );
  return { answered: all - forms.reduce((sum, { open }) => sum + open, 0), all };
}

const said = ({ answered, all }: ReturnType<typeof answeredOf>): string =>
  all === 0 ? "—" : `${answered} / ${all}`;

interface Row {
  readonly key: string;
  readonly file: FileLine;
  readonly form: FormLine | null;
  /** How many rows the file takes, at its first; 0 at the others. */
  readonly span: number;
}

type Show = "all" | "todo" | "done" | "failed";

const SHOWS: readonly { readonly value: Show; readonly label: string }[] = [
  { value: "all", label: t("全部") },
  { value: "todo", label: t("待确认") },
  { value: "done", label: t("已办结") },
  { value: "failed", label: t("没有读成") },
];

function isShown(show: Show, file: FileLine, form: FormLine | null): boolean {
  if (show === "all") return true;
  if (show === "failed") return file.state === "failed" || file.state === "cancelled";
  return form !== null && (form.outcome.kind === "unsettled") === (show === "todo");
}

function rowsOf(files: readonly FileLine[], show: Show): Row[] {
  return files.flatMap((file) => {
    const forms = file.forms.length > 0 ? file.forms : [null];
    return forms
      .filter((form) => isShown(show, file, form))
      .map((form, at, all) => ({
        key: `${file.position}/${form?.index ?? ""}`,
        file,
        form,
        span: at === 0 ? all.length : 0,
      }));
  });
}

const FILES_LISTED = 50;

/** One import: how far it is, what became of each file and form, and what is left for a person. */
export function ImportPage() {
  const { import: id = "" } = useParams();
  const { data, error, refetch } = useProgress(id);
  const { filter, setFilter } = useFilters<"show">();
  const [listed, setListed] = useState(FILES_LISTED);
  const stop = useCommand(async () => call("cancelImport", { params: { import: id }, body: {} }), {
    refreshes: ["import", "imports"],
  });
  const retry = useCommand(
    async (position: number) =>
      call("retryImport", { params: { import: id, position: String(position) }, body: {} }),
    { refreshes: ["import", "imports"] },
  );
  if (error) return <Failed error={error} again={refetch} />;
  const show = (filter("show") ?? "all") as Show;
  const rows = rowsOf(data?.items ?? [], show);
  // Whole files alone, since a file spans its rows.
  const starts = rows.flatMap(({ span }, index) => (span > 0 ? [index] : []));
  const shown = rows.slice(0, starts[listed] ?? rows.length);
  const items = data?.items ?? [];
  const isRunning = data?.state === "waiting" || data?.state === "running";
  const forms = items.flatMap((file) => file.forms.map((form) => ({ file, form })));
  const asked = answeredOf(forms.map(({ form }) => form));
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("导入{{files}}个文件", { files: data?.files ?? "…" })}
        says={
          data &&
          t("{{year}}年 · {{name}} · {{at}} · {{state}}", {
            year: data.year,
            name: data.byName,
            at: moment(data.at),
            state: IMPORT_STATES[data.state],
          })
        }
      >
        <Link to="/imports">{t("全部导入记录")}</Link>
        {isRunning && (
          <Popconfirm
            title={t("停止以后，已读完的保留，没有读的可以再读。")}
            okText={t("停止")}
            onConfirm={() => stop.mutate(undefined)}
          >
            <Button loading={stop.isPending}>{t("停止")}</Button>
          </Popconfirm>
        )}
        <SettleClean id={id} among={forms} />
      </PageHead>
      {data && (
        <Progress
          aria-label={t("读取进度")}
          percent={data.files === 0 ? 100 : Math.floor((100 * data.done) / data.files)}
          status={isRunning ? "active" : data.failed > 0 ? "normal" : "success"}
          format={() =>
            data.failed > 0
              ? t("{{done}}/{{files}}，没有读成{{failed}}", {
                  done: data.done,
                  files: data.files,
                  failed: data.failed,
                })
              : `${data.done}/${data.files}`
          }
          styles={{ root: { maxWidth: 560 } }}
        />
      )}
      {asked.all > 0 && <div role="status">{t("读取的疑问：已确认 {{answered}} / {{all}}", asked)}</div>}
      <Segmented
        aria-label={t("显示")}
        style={{ alignSelf: "flex-start" }}
        options={SHOWS.map(({ value, label }) => ({
          value,
          label: `${label} ${rowsOf(items, value).length}`,
        }))}
        value={show}
        onChange={(picked) => setFilter("show")(picked === "all" ? undefined : picked)}
      />
      <Table<Row>
        size="small"
        rowKey="key"
        loading={!data}
        dataSource={shown}
        pagination={false}
        scroll={{ x: 1000 }}
        columns={[
          {
            title: t("文件"),
            key: "file",
            width: 230,
            onCell: ({ span }) => ({ rowSpan: span, style: { verticalAlign: "top" } }),
            render: (_, { file }) => (
              <FileCell id={id} file={file} onRetry={() => retry.mutate(file.position)} />
            ),
          },
          {
            title: t("表"),
            key: "form",
            render: (_, { file, form }) =>
              form ? (
                <>
                  <Link to={`/imports/${id}/${file.position}/${form.index}`}>
                    {form.project ?? t("第{{index}}张表（没有项目名称）", { index: form.index + 1 })}
                  </Link>
                  <div>
                    <Typography.Text type="secondary">
                      {[
                        form.kind ? FORM_KINDS[form.kind] : t("认不出种类"),
                        form.year ? t("{{year}}年", { year: form.year }) : null,
                        form.unit,
                        t("{{rows}}行指标", { rows: form.rows }),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </Typography.Text>
                  </div>
                </>
              ) : (
                <Typography.Text {...(file.state === "failed" ? { type: "danger" } : { type: "secondary" })}>
                  {file.says ?? (file.state === "waiting" ? t("等待读取") : t("没有表"))}
                </Typography.Text>
              ),
          },
          {
            title: t("已确认 / 共"),
            key: "open",
            width: 96,
            align: "right",
            render: (_, { form }) => form && said(answeredOf([form])),
          },
          {
            title: t("问题"),
            key: "found",
            width: 150,
            render: (_, { form }) => form?.checked && <Found {...form.checked} />,
          },
          {
            title: t("总分（重算）"),
            key: "score",
            width: 110,
            align: "right",
            render: (_, { form }) => form?.checked && <Scores {...form.checked} />,
          },
          {
            title: t("办理结果"),
            key: "outcome",
            width: 250,
            render: (_, { form }) => form && <Outcome form={form} />,
          },
        ]}
      />
      {shown.length < rows.length && (
        <Button onClick={() => setListed(listed + FILES_LISTED)}>
          {t("再列{{files}}个文件，共{{all}}个", { files: FILES_LISTED, all: starts.length })}
        </Button>
      )}
    </Flex>
  );
}

function FileCell({
  id,
  file: { position, name, state, forms, notes },
  onRetry,
}: {
  readonly id: string;
  readonly file: FileLine;
  readonly onRetry: () => void;
}) {
  const params = { import: id, position: String(position) };
  const asked = answeredOf(forms);
  const canCarryComments = /\.(docx|xlsx)$/i.test(name) && forms.length > 0;
  return (
    <>
      <div style={{ overflowWrap: "anywhere" }}>{name}</div>
      {forms.length > 1 && asked.all > 0 && <div>{t("已确认 {{answered}} / {{all}}", asked)}</div>}
      {notes.map(({ code, says }) => (
        <div key={`${code} ${says}`}>
          <Typography.Text type="secondary">{says}</Typography.Text>
        </div>
      ))}
      <Flex gap="small" wrap className="no-print">
        <a href={addressOf("downloadOriginal", { params })} download>
          {t("原件")}
        </a>
        {canCarryComments && (
          <a href={addressOf("downloadAnnotated", { params })} download>
            {t("带批注的副本")}
          </a>
        )}
        {(state === "failed" || state === "cancelled") && (
          <Button size="small" onClick={onRetry}>
            {t("再读一次")}
          </Button>
        )}
      </Flex>
    </>
  );
}

/** What the engine found, in figures and words. */
function Found({
  must,
  should,
  hint,
}: {
  readonly must: number;
  readonly should: number;
  readonly hint: number;
}) {
  if (must + should + hint === 0) return <Typography.Text type="secondary">{t("无")}</Typography.Text>;
  return (
    <>
      {must > 0 && (
        <Tag color="error">
          {t("必须")} {must}
        </Tag>
      )}
      {should > 0 && (
        <Tag color="warning">
          {t("应当")} {should}
        </Tag>
      )}
      {hint > 0 && (
        <Tag>
          {t("提示")} {hint}
        </Tag>
      )}
    </>
  );
}

/** The total of the form and, where it is another, the recomputed one. */
export function Scores({
  totalScore,
  recomputed: [low, high],
}: Pick<NonNullable<FormLine["checked"]>, "totalScore" | "recomputed">) {
  const again = low === null ? t("算不出") : low === high ? low : `${low}–${high}`;
  return (
    <>
      {totalScore ?? t("空")}
      <Typography.Text type="secondary">（{again}）</Typography.Text>
    </>
  );
}

function Outcome({ form: { outcome } }: { readonly form: FormLine }) {
  if (outcome.kind === "imported")
    return <Link to={`/forms/${outcome.submission}`}>{t("已归入，打开表")}</Link>;
  if (outcome.kind === "skipped")
    return <Typography.Text type="secondary">{t("已略过：{{reason}}", outcome)}</Typography.Text>;
  return <span>{outcome.says}</span>;
}

function SettleClean({
  id,
  among,
}: {
  readonly id: string;
  readonly among: readonly { readonly file: FileLine; readonly form: FormLine }[];
}) {
  const { message, modal } = App.useApp();
  const [at, setAt] = useState<number | null>(null);
  const clean = among.filter(({ form }) => isClean(form));
  const { mutate, isPending } = useCommand(
    async () => {
      const refused: string[] = [];
      for (const [index, { file, form }] of clean.entries()) {
        setAt(index);
        const project = form.outcome.kind === "unsettled" ? form.outcome.candidates[0]?.project : undefined;
        if (project === undefined) continue;
        try {
          await call("settleImport", {
            params: { import: id, position: String(file.position), form: String(form.index) },
            body: { action: "into", project },
          });
        } catch (error) {
          // One that is refused keeps none of the others from being settled.
          refused.push(`${form.project}：${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return refused;
    },
    { refreshes: ["import", "imports"] },
  );
  if (clean.length === 0) return null;
  const settle = () =>
    mutate(undefined, {
      onSettled: () => setAt(null),
      onSuccess: (refused) => {
        if (refused.length === 0) void message.success(t("已归入{{forms}}张表", { forms: clean.length }));
        else
          modal.warning({
            title: t("归入{{done}}张，{{refused}}张没有归入", {
              done: clean.length - refused.length,
              refused: refused.length,
            }),
            content: refused.join("\n"),
            style: { whiteSpace: "pre-line" },
          });
      },
    });
  return (
    <Popconfirm
      title={t("把{{forms}}张表归入各自的项目？", { forms: clean.length })}
      description={t("只限：项目唯一、还没有内容、读取没有疑问、没有必须更正的问题的表。")}
      okText={t("归入")}
      onConfirm={settle}
    >
      <Button type="primary" loading={isPending}>
        {at === null
          ? t("归入没有疑问的{{forms}}张", { forms: clean.length })
          : t("正在归入{{at}}/{{forms}}", { at: at + 1, forms: clean.length })}
      </Button>
    </Popconfirm>
  );
}
