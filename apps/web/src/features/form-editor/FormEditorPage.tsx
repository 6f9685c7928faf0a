import { DownloadOutlined, RedoOutlined, SwapOutlined, UndoOutlined, UserOutlined } from "@ant-design/icons";
import type { Form } from "@jiheng/domain";
import { type Action, describeAddress } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import {
  Alert,
  App,
  Button,
  Card,
  Col,
  Descriptions,
  Dropdown,
  Flex,
  Row,
  Space,
  Spin,
  Tabs,
  Tag,
  Typography,
} from "antd";
import { type DragEvent, type ReactNode, useCallback, useMemo, useState } from "react";
import { useParams } from "react-router";
import { call, download, addressOf as linkTo } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { useSession } from "../session/index.ts";
import { BesideDrawer } from "./BesideDrawer.tsx";
import { CommandButtons } from "./CommandButtons.tsx";
import { addressAt, type Draft } from "./draft.ts";
import { EvidencePanel, rowOf, useAttach } from "./EvidencePanel.tsx";
import { FindingsPanel, type Shown } from "./FindingsPanel.tsx";
import { type CellMark, FormSheet } from "./FormSheet.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { JustifyControl } from "./JustifyControl.tsx";
import { StartCard } from "./StartCard.tsx";
import { useEngine } from "./use-engine.ts";
import { type Other, usePresence } from "./use-presence.ts";
import { type Saving, useSavedDraft } from "./use-saved-draft.ts";

type Answer = Answered<"getForm">;

const EDITABLE = ["draft", "returned", "withdrawn"];
const FORCE_ORDER = { must: 0, should: 1, hint: 2 };
const SAVING_WORDS: Readonly<Record<Saving, string>> = {
  saved: t("已保存"),
  waiting: t("待保存"),
  saving: t("正在保存"),
  offline: t("未保存，已留在本机"),
};

/** One form: written in, scored and reviewed as one types, saved by itself, and handed on. */
export function FormEditorPage() {
  const { submission: id = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ["form", id],
    queryFn: async () => {
      const { body, revision } = await call("getForm", { params: { submission: id } });
      return { ...body, revision: revision ?? body.submission.revision };
    },
    refetchOnWindowFocus: false,
    // The editor goes on by itself from what it was opened with; opened again, it asks again.
    gcTime: 0,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin className="page-waits" />;
  if (!data.form) return <StartCard submission={data.submission} />;
  return <Editor key={id} answer={data} form={data.form as Form} revision={data.revision} />;
}

function mayEdit({ state, buttons }: Answer["submission"]): boolean {
  return (
    EDITABLE.includes(state) && buttons.some(({ command, refused }) => command === "save" && refused === null)
  );
}

function Editor({
  answer,
  form: first,
  revision,
}: {
  readonly answer: Answer;
  readonly form: Form;
  readonly revision: number;
}) {
  const { profile } = useSession();
  const { submission, stored, draft, saving, setSubmission, edit, flush, takeOver, undo, redo } =
    useSavedDraft(answer, first, revision, mayEdit);
  const canEdit = mayEdit(submission);
  const mayDo = (action: Action) =>
    EDITABLE.includes(submission.state) && (profile?.actions.includes(action) ?? false);
  const [selected, setSelected] = useState<string | null>(null);
  const [isBeside, setBeside] = useState(false);
  const looked = useEngine(draft.form, submission.policy);
  const lookedOnSaved = useEngine(draft.base, submission.policy);
  const others = usePresence(submission.id, selected, (now) => void takeOver(now));
  const attach = useAttach(submission.id);
  const canAttach = mayDo("attach-evidence");
  const goTo = useCallback((at: string) => setSelected(addressAt(draft.form, at)), [draft.form]);

  const type = useCallback(
    (typed: readonly { readonly at: string; readonly text: string }[]) =>
      edit(typed.map(({ at, text }) => ({ op: "set", at, to: text === "" ? null : text }))),
    [edit],
  );

  const findings = useMemo(
    () => shownOf(draft.form, looked?.findings ?? [], lookedOnSaved?.findings ?? null, stored),
    [draft.form, looked, lookedOnSaved, stored],
  );
  const marks = useMemo(() => marksOf(findings), [findings]);
  const drop = (event: DragEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0) attach.mutate({ files, row: rowOf(cell?.dataset.at ?? null) });
  };
  return (
    <Flex vertical gap="small">
      <Bar
        submission={submission}
        saving={saving}
        looked={looked}
        draft={draft}
        canEdit={canEdit}
        onUndo={undo}
        onRedo={redo}
        onBeside={() => setBeside(true)}
      >
        <CommandButtons submission={submission} flush={flush} onMoved={setSubmission} onGo={goTo} />
      </Bar>
      {submission.state === "returned" && submission.returnReason !== null && (
        <Alert
          type="warning"
          showIcon
          title={t("退回的理由")}
          description={<div style={{ whiteSpace: "pre-line" }}>{submission.returnReason}</div>}
        />
      )}
      <Others others={others} form={draft.form} onGo={setSelected} />
      <Row gutter={16}>
        {/* Files may be dropped on any row; without a mouse they are attached in the panel beside it. */}
        <Col
          xs={24}
          xl={17}
          {...(canAttach ? { onDragOver: (event: DragEvent) => event.preventDefault(), onDrop: drop } : {})}
        >
          <FormSheet
            form={draft.form}
            canEdit={canEdit}
            marks={marks}
            selected={selected}
            onSelect={setSelected}
            onType={type}
            onUndo={undo}
            onRedo={redo}
          />
        </Col>
        <Col xs={24} xl={7} className="no-print">
          <Card size="small" className="beside-sheet">
            <Tabs
              size="small"
              items={[
                {
                  key: "findings",
                  label: t("审核问题（{{length}}）", { length: findings.length }),
                  children: (
                    <Flex vertical gap="small">
                      <Why looked={looked} form={draft.form} selected={selected} />
                      <FindingsPanel
                        findings={findings}
                        onGo={setSelected}
                        extra={(finding) => (
                          <JustifyControl
                            submission={submission.id}
                            finding={finding}
                            canJustify={mayDo("justify")}
                          />
                        )}
                      />
                    </Flex>
                  ),
                },
                {
                  key: "evidence",
                  label: t("佐证材料"),
                  children: (
                    <EvidencePanel
                      submission={submission.id}
                      form={draft.form}
                      selected={selected}
                      canAttach={canAttach}
                    />
                  ),
                },
                {
                  key: "history",
                  label: t("经过"),
                  children: (
                    <HistoryPanel
                      submission={submission.id}
                      form={draft.form}
                      canSeal={profile?.actions.includes("seal") ?? false}
                    />
                  ),
                },
              ]}
            />
          </Card>
        </Col>
      </Row>
      {isBeside && (
        <BesideDrawer
          form={draft.form}
          basis={submission.basis}
          previous={submission.previous}
          onGo={setSelected}
          onClose={() => setBeside(false)}
        />
      )}
    </Flex>
  );
}

/** Who else has the form open, and where. */
function Others({
  others,
  form,
  onGo,
}: {
  readonly others: readonly Other[];
  readonly form: Form;
  readonly onGo: (address: string) => void;
}) {
  if (others.length === 0) return null;
  return (
    <Flex gap="small" wrap className="no-print" role="status">
      {others.map(({ account, name, at }) => (
        <Tag key={account} icon={<UserOutlined />} color="processing">
          {at === null ? (
            t("{{name}}也打开了这张表", { name })
          ) : (
            <button type="button" className="plain-button" onClick={() => onGo(at)}>
              {t("{{name}}正在{{cell}}", { name, cell: describeAddress(form, at) })}
            </button>
          )}
        </Tag>
      ))}
    </Flex>
  );
}

type EngineFinding = Omit<Shown, "addresses"> & { readonly at: readonly string[] };

/**
 * The engine's findings of now, and those of the last save that the engine of the browser could not see on the very form that was saved:
 * they come from what only the server has (other years, approved targets, evidence).
 */
function shownOf(
  form: Form,
  now: readonly EngineFinding[],
  onSaved: readonly EngineFinding[] | null,
  stored: Answer["review"],
): Shown[] {
  const seen = new Set([...now, ...(onSaved ?? [])].map(({ fingerprint }) => fingerprint));
  const elsewhere =
    onSaved === null ? [] : (stored?.findings ?? []).filter(({ fingerprint }) => !seen.has(fingerprint));
  const mine = now.map((finding) => ({ ...finding, addresses: finding.at.map((at) => addressAt(form, at)) }));
  const peers = (stored?.peers ?? []).map(
    ({ address, says }): Shown => ({
      fingerprint: `peers ${address}`,
      code: t("同类比较"),
      force: "hint",
      message: says,
      remedy: t("目标值偏宽的，请核对是否合理；确有原因的可以保留。"),
      basis: [],
      addresses: [address],
    }),
  );
  return [...mine, ...elsewhere, ...peers].toSorted((a, b) => FORCE_ORDER[a.force] - FORCE_ORDER[b.force]);
}

function marksOf(findings: readonly Shown[]): ReadonlyMap<string, CellMark> {
  const marks = new Map<string, CellMark>();
  for (const { force, message, addresses } of findings)
    for (const address of addresses) if (!marks.has(address)) marks.set(address, { force, says: message });
  return marks;
}

function Bar({
  submission,
  saving,
  looked,
  draft,
  canEdit,
  onUndo,
  onRedo,
  onBeside,
  children,
}: {
  readonly submission: Answer["submission"];
  readonly saving: Saving;
  readonly looked: ReturnType<typeof useEngine>;
  readonly draft: Draft;
  readonly canEdit: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onBeside: () => void;
  readonly children: ReactNode;
}) {
  const { totalScore, grade, totalPoints } = draft.form;
  const under = looked?.recomputed?.underPolicy;
  const recomputed = under?.totalScore ?? (under?.between ? `${under.between[0]}～${under.between[1]}` : "—");
  const { message } = App.useApp();
  const formats = ["docx", "xlsx", "pdf"] as const;
  return (
    <Card size="small" className="score-bar no-print">
      <Flex justify="space-between" align="center" wrap gap="small">
        <Space size="middle" wrap>
          <Typography.Text strong>{submission.projectName}</Typography.Text>
          <Tag>{submission.standing}</Tag>
          <Descriptions
            size="small"
            column={4}
            items={[
              { key: "points", label: t("分值合计"), children: totalPoints ?? "—" },
              { key: "score", label: t("表上总分"), children: totalScore ?? "—" },
              { key: "again", label: t("按办法重算"), children: recomputed },
              { key: "grade", label: t("等级"), children: grade ?? "—" },
            ]}
          />
        </Space>
        <Space>
          <Typography.Text type="secondary" role="status" aria-live="polite">
            {canEdit ? SAVING_WORDS[saving] : t("只读")}
          </Typography.Text>
          <Button
            aria-label={t("撤销")}
            icon={<UndoOutlined />}
            disabled={draft.past.length === 0}
            onClick={onUndo}
          />
          <Button
            aria-label={t("重做")}
            icon={<RedoOutlined />}
            disabled={draft.future.length === 0}
            onClick={onRedo}
          />
          <Button icon={<SwapOutlined />} onClick={onBeside}>
            {t("对照")}
          </Button>
          <Dropdown
            menu={{
              items: [
                {
                  key: "preview",
                  label: t("预览（PDF）"),
                  onClick: () =>
                    void preview(submission.id).catch(({ message: says }) => message.error(says)),
                },
                ...formats.map((format) => ({
                  key: format,
                  label: (
                    <a href={linkTo("downloadForm", { params: { submission: submission.id, format } })}>
                      {t("下载")} {format}
                    </a>
                  ),
                })),
              ],
            }}
          >
            <Button icon={<DownloadOutlined />}>{t("下载")}</Button>
          </Dropdown>
          {children}
        </Space>
      </Flex>
    </Card>
  );
}

/** Opens the official document as it would be printed, in a page of its own. */
async function preview(submission: string): Promise<void> {
  // Opened at once: a page that is opened after an answer is taken for an advertisement.
  const page = window.open("", "_blank");
  try {
    const { bytes } = await download("downloadForm", { params: { submission, format: "pdf" } });
    if (page) page.location.href = URL.createObjectURL(bytes);
  } catch (error) {
    page?.close();
    throw error;
  }
}

function Why({
  looked,
  form,
  selected,
}: {
  readonly looked: ReturnType<typeof useEngine>;
  readonly form: Form;
  readonly selected: string | null;
}) {
  if (!looked || selected === null) return null;
  const row = /^(indicators\[[^\]]+\])/.exec(selected)?.[1];
  const mark = row
    ? looked.marks.indicators.find(({ at }) => addressAt(form, at).startsWith(row))
    : selected.startsWith("funds")
      ? { ...looked.marks.execution, name: t("预算执行率") }
      : undefined;
  if (!mark) return null;
  const { mark: given } = mark;
  const said =
    given.kind === "scored"
      ? t("按办法得{{awarded}}分（满分{{of}}分）", { awarded: given.awarded, of: given.of })
      : given.kind === "judgement"
        ? t("须人工判断，在{{v0}}至{{v1}}分之间", { v0: given.between[0], v1: given.between[1] })
        : given.kind === "missing"
          ? t("不能计分：{{what}}", { what: given.what })
          : given.why;
  const steps = given.kind === "notApplicable" ? [] : given.steps;
  return (
    <Card size="small" title={t("为什么是这个分：{{v0}}", { v0: mark.name ?? "" })}>
      <Typography.Paragraph strong>{said}</Typography.Paragraph>
      <ol style={{ margin: 0, paddingInlineStart: 20 }}>
        {steps.map(({ says, basis }) => (
          <li key={says}>
            {says}
            {basis.length > 0 && <Typography.Text type="secondary">（{basis.join("；")}）</Typography.Text>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
