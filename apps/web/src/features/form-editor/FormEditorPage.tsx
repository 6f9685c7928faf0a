import { DownloadOutlined, RedoOutlined, SwapOutlined, UndoOutlined, UserOutlined } from "@ant-design/icons";
import type { Form } from "@jiheng/domain";
import { type Action, addressOf, describeAddress, reviewedTotal } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Card, Col, Dropdown, Flex, Row, Space, Spin, Tabs, Tag, Typography } from "antd";
import { type DragEvent, memo, type ReactNode, useCallback, useMemo, useState } from "react";
import { useParams } from "react-router";
import { call, download, addressOf as linkTo } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { RectifyButton } from "../../ui/RectifyButton.tsx";
import { ReturnRounds, useReturns } from "../../ui/ReturnRounds.tsx";
import { useSession } from "../session/index.ts";
import { BesideDrawer } from "./BesideDrawer.tsx";
import { CellBar } from "./CellBar.tsx";
import { CommandButtons } from "./CommandButtons.tsx";
import type { Draft } from "./draft.ts";
import { EvidencePanel, rowOf, useAttach } from "./EvidencePanel.tsx";
import { FillButton } from "./FillButton.tsx";
import { type CellFix, FindingsPanel, type Shown } from "./FindingsPanel.tsx";
import { FormSheet } from "./FormSheet.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { JustifyControl } from "./JustifyControl.tsx";
import { NextStep } from "./NextStep.tsx";
import { OpenRows } from "./OpenRows.tsx";
import { takenRows } from "./row-edits.ts";
import type { Entry } from "./SheetRow.tsx";
import { StartCard } from "./StartCard.tsx";
import type { Typed } from "./sheet-view.ts";
import { marksOf, shownOf } from "./shown-findings.ts";
import { useEngine } from "./use-engine.ts";
import { type Other, usePresence } from "./use-presence.ts";
import { type Saving, useSavedDraft } from "./use-saved-draft.ts";
import { useSheetCommands, withEntry } from "./use-sheet-commands.ts";
import { Why } from "./Why.tsx";

type Answer = Answered<"getForm">;

const NOTHING: readonly never[] = [];
const EDITABLE = ["draft", "returned", "withdrawn"];
const DECIDED = ["approved", "published", "archived"];
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
  const [entry, setEntry] = useState<Entry | null>(null);
  const looked = useEngine(
    useMemo(() => withEntry(draft.form, entry), [draft.form, entry]),
    submission.policy,
  );
  const lookedOnSaved = useEngine(draft.base, submission.policy);
  const others = usePresence(submission.id, selected, (now) => void takeOver(now));
  const places = useMemo(() => others.flatMap(({ at }) => (at === null ? [] : [at])), [others]);
  const attach = useAttach(submission.id);
  const canAttach = mayDo("attach-evidence");
  // The sheet of a review has fourteen columns: it needs the whole width of an ordinary screen.
  const isWide = submission.kind === "review";
  const { data: returns } = useReturns(submission.id, submission.revision, submission.returnReason !== null);
  const goTo = useCallback(
    (at: string) => {
      setSelected(null);
      // A dialog that closes gives the focus back first.
      setTimeout(() => setSelected(addressOf(draft.form, at)), 50);
    },
    [draft.form],
  );

  const { type, onRow, relevel, leftOut } = useSheetCommands(draft.form, edit, setSelected);

  const findings = useMemo(
    () => shownOf(draft.form, looked?.findings ?? [], lookedOnSaved?.findings ?? null, stored),
    [draft.form, looked, lookedOnSaved, stored],
  );
  const marks = useMemo(() => marksOf(findings), [findings]);
  const canJustify = mayDo("justify");
  const mayRectify =
    DECIDED.includes(submission.state) && (profile?.actions.includes("open-rectification") ?? false);
  const extra = useCallback(
    (finding: Shown) => (
      <>
        <JustifyControl submission={submission.id} finding={finding} canJustify={canJustify} />
        {mayRectify && (
          <RectifyButton submission={submission.id} finding={finding.fingerprint} words={finding.message} />
        )}
      </>
    ),
    [submission.id, canJustify, mayRectify],
  );
  const fix = useCallback(
    (fixes: readonly CellFix[]) =>
      type(
        fixes.map(({ address: at, to: text }) => ({ at, text })),
        [],
      ),
    [type],
  );
  const fill = useCallback((typed: readonly Typed[]) => type(typed, []), [type]);
  const openBeside = useCallback(() => setBeside(true), []);
  const commands = useMemo(
    () => (
      <CommandButtons
        submission={submission}
        findings={stored?.findings ?? []}
        flush={flush}
        onMoved={setSubmission}
        onGo={goTo}
      />
    ),
    [submission, stored, flush, setSubmission, goTo],
  );
  const drop = (event: DragEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0) attach.mutate({ files, row: rowOf(cell?.dataset.at ?? null) });
  };
  return (
    <Flex vertical gap="small">
      <div className="editor-top no-print">
        <Bar
          submission={submission}
          saving={saving}
          looked={looked}
          draft={draft}
          canEdit={canEdit}
          onUndo={undo}
          onRedo={redo}
          onBeside={openBeside}
          onGo={setSelected}
        >
          {canEdit && draft.form.kind.endsWith("self-evaluation") && (
            <FillButton form={draft.form} policy={submission.policy} onFill={fill} onGo={setSelected} />
          )}
          {commands}
        </Bar>
        <CellBar
          form={draft.form}
          canEdit={canEdit}
          selected={selected}
          entry={entry}
          compared={looked?.compared ?? NOTHING}
          onWrite={type}
          mark={(selected === null ? null : marks.get(selected)) ?? null}
          onRow={onRow}
          onRelevel={relevel}
        />
      </div>
      {submission.returnReason !== null && (
        <ReturnRounds
          submission={submission.id}
          revision={submission.revision}
          canAnswer={canJustify}
          onGo={setSelected}
        />
      )}
      {submission.state === "returned" && submission.returnReason !== null && returns?.length === 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("退回的理由")}
          description={<div style={{ whiteSpace: "pre-line" }}>{submission.returnReason}</div>}
        />
      )}
      {!EDITABLE.includes(submission.state) && <NextStep submission={submission} />}
      <Others others={others} form={draft.form} onGo={setSelected} />
      <Row gutter={16}>
        {/* Files may be dropped on any row; without a mouse they are attached in the panel beside it. */}
        <Col
          xs={24}
          {...(isWide ? { xxl: 17 } : { xl: 17 })}
          {...(canAttach ? { onDragOver: (event: DragEvent) => event.preventDefault(), onDrop: drop } : {})}
        >
          <FormSheet
            form={draft.form}
            canEdit={canEdit}
            marks={marks}
            others={places}
            selected={selected}
            onSelect={setSelected}
            onType={type}
            onEntry={setEntry}
            onRow={onRow}
            onUndo={undo}
            onRedo={redo}
            onLeftOut={leftOut}
          />
        </Col>
        <Col xs={24} {...(isWide ? { xxl: 7 } : { xl: 7 })} className="no-print">
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
                        onFix={canEdit ? fix : undefined}
                        extra={extra}
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
          compared={looked?.compared ?? NOTHING}
          onTake={canEdit ? (rows) => edit(takenRows(draft.form, rows, () => crypto.randomUUID())) : null}
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

interface BarProps {
  readonly submission: Answer["submission"];
  readonly saving: Saving;
  readonly looked: ReturnType<typeof useEngine>;
  readonly draft: Draft;
  readonly canEdit: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onBeside: () => void;
  readonly onGo: (address: string) => void;
  readonly children: ReactNode;
}

function Bar({ submission, looked, draft, onGo, ...tools }: BarProps) {
  const { totalScore, grade, totalPoints } = draft.form;
  const under = looked?.recomputed?.underPolicy;
  const recomputed = under?.totalScore ?? (under?.between ? `${under.between[0]}～${under.between[1]}` : "—");
  return (
    <Card size="small" className="score-bar no-print" data-look={looked?.number}>
      <Flex justify="space-between" align="center" wrap gap="small">
        <Space size="middle" wrap>
          <BarTitle submission={submission} />
          <dl className="score-figures">
            {(submission.kind === "review"
              ? ([
                  [t("分值合计"), totalPoints],
                  [t("复核总分"), reviewedTotal(draft.form)],
                ] as const)
              : ([
                  [t("分值合计"), totalPoints],
                  [t("表上总分"), totalScore],
                  [
                    t("按办法重算"),
                    looked && under?.between ? (
                      <OpenRows key="open" looked={looked} onGo={onGo} form={draft.form}>
                        {recomputed}
                      </OpenRows>
                    ) : (
                      recomputed
                    ),
                  ],
                  [t("等级"), grade],
                ] as const)
            ).map(([name, figure]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{figure ?? "—"}</dd>
              </div>
            ))}
          </dl>
        </Space>
        <BarTools
          submission={submission.id}
          canUndo={draft.past.length > 0}
          canRedo={draft.future.length > 0}
          {...tools}
        />
      </Flex>
    </Card>
  );
}

const BarTitle = memo(function BarTitle({ submission }: Pick<BarProps, "submission">) {
  return (
    <>
      <title>
        {t("{{projectName}}（{{year}}年）", { projectName: submission.projectName, year: submission.year })}
      </title>
      <Typography.Title level={1} style={{ fontSize: 15, margin: 0 }}>
        {submission.projectName}
      </Typography.Title>
      <Tag>{t(submission.standing)}</Tag>
    </>
  );
});

/** The buttons of the bar: not drawn again while somebody types. */
const BarTools = memo(function BarTools({
  submission,
  saving,
  canEdit,
  canUndo,
  canRedo,
  onUndo,
  onRedo,
  onBeside,
  children,
}: Omit<BarProps, "submission" | "looked" | "draft" | "onGo"> & {
  readonly submission: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}) {
  const { message } = App.useApp();
  return (
    <Space>
      <Typography.Text type="secondary" role="status" aria-live="polite">
        {canEdit ? SAVING_WORDS[saving] : t("只读")}
      </Typography.Text>
      {canEdit && (
        <>
          <Button aria-label={t("撤销")} icon={<UndoOutlined />} disabled={!canUndo} onClick={onUndo} />
          <Button aria-label={t("重做")} icon={<RedoOutlined />} disabled={!canRedo} onClick={onRedo} />
        </>
      )}
      <Button icon={<SwapOutlined />} onClick={onBeside}>
        {t("对照")}
      </Button>
      <Dropdown
        menu={{
          items: [
            {
              key: "preview",
              label: t("预览（PDF）"),
              onClick: () => void preview(submission).catch(({ message: says }) => message.error(says)),
            },
            ...(["docx", "xlsx", "pdf"] as const).map((format) => ({
              key: format,
              label: (
                <a href={linkTo("downloadForm", { params: { submission, format } })}>
                  {t("下载")} {format}
                </a>
              ),
            })),
          ],
        }}
      >
        <Button aria-label={t("下载")} title={t("下载")} icon={<DownloadOutlined />} />
      </Dropdown>
      {children}
    </Space>
  );
});

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
