import { DownloadOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import type { Form } from "@jiheng/domain";
import type { Edit } from "@jiheng/workflow";
import { useQuery, useQueryClient } from "@tanstack/react-query";
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
  Tag,
  Typography,
} from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useParams } from "react-router";
import { call, addressOf as linkTo, Refused } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { addressAt, change, type Draft, openDraft, rebase, redo, undo } from "./draft.ts";
import { FindingsPanel, type Shown } from "./FindingsPanel.tsx";
import { type CellMark, FormSheet } from "./FormSheet.tsx";
import { useEngine } from "./use-engine.ts";
import { keepWaiting, readWaiting } from "./waiting.ts";

type Answer = Answered<"getForm">;
type Saving = "saved" | "waiting" | "saving" | "offline";

const EDITABLE = ["draft", "returned", "withdrawn"];
const SAVE_AFTER = 1_200;
const FORCE_ORDER = { must: 0, should: 1, hint: 2 };
const SAVING_WORDS: Readonly<Record<Saving, string>> = {
  saved: t("已保存"),
  waiting: t("待保存"),
  saving: t("正在保存"),
  offline: t("未保存，已留在本机"),
};

/** One form: written in, scored and reviewed as one types, saved by itself. */
export function FormEditorPage() {
  const { submission: id = "" } = useParams();
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["form", id],
    queryFn: async () => {
      const { body, revision } = await call("getForm", { params: { submission: id } });
      return { ...body, revision: revision ?? body.submission.revision };
    },
    refetchOnWindowFocus: false,
  });
  const begin = async () => {
    await call("startSubmission", { params: { submission: id }, body: { from: "blank" } });
    await queries.invalidateQueries({ queryKey: ["form", id] });
  };
  if (error) return <Alert type="error" title={error.message} />;
  if (!data) return <Spin className="page-waits" />;
  if (!data.form)
    return (
      <Card
        title={t("{{projectName}}（{{year}}年）", {
          projectName: data.submission.projectName,
          year: data.submission.year,
        })}
      >
        <Typography.Paragraph>
          {data.submission.standing}
          {t("，还没有开始填报。")}
        </Typography.Paragraph>
        <Button type="primary" onClick={() => void begin()}>
          {t("开始填报")}
        </Button>
      </Card>
    );
  return <Editor key={id} answer={data} form={data.form as Form} revision={data.revision} />;
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
  const { message } = App.useApp();
  const [submission, setSubmission] = useState(answer.submission);
  const [stored, setStored] = useState(answer.review);
  const canEdit =
    EDITABLE.includes(submission.state) &&
    submission.buttons.some(({ command, refused }) => command === "save" && refused === null);
  const [draft, setDraft] = useState<Draft>(
    () => openDraft(first, revision, canEdit ? readWaiting(submission.id) : []).draft,
  );
  const [selected, setSelected] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>("saved");
  const looked = useEngine(draft.form, submission.policy);
  const lookedOnSaved = useEngine(draft.base, submission.policy);
  const latest = useRef(draft);
  latest.current = draft;

  const save = useCallback(async () => {
    const { edits, revision: on } = latest.current;
    if (edits.length === 0) return;
    setSaving("saving");
    try {
      const params = { submission: submission.id };
      const { body } = await call("editForm", { params, ifMatch: on, body: { edits: edits as never } });
      const { draft: next, lost } = rebase(latest.current, edits.length, body.form as Form, body.revision);
      setDraft(next);
      setSubmission(body.submission);
      setStored(body.review);
      setSaving(next.edits.length > 0 ? "waiting" : "saved");
      if (body.merged) message.info(t("已与他人同时的修改合并。"));
      if (lost > 0) message.warning(t("有{{lost}}处修改与他人的不能合并，请核对后重填。", { lost }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setSaving("offline");
      if (error.code !== "offline") message.error(error.message);
    }
  }, [submission.id, message]);

  useEffect(() => {
    if (!keepWaiting(submission.id, draft.edits))
      message.error(t("浏览器没有空间保存草稿，请尽快联网保存。"));
    if (draft.edits.length === 0) return;
    setSaving((before) => (before === "saving" ? before : "waiting"));
    const timer = setTimeout(() => void save(), SAVE_AFTER);
    return () => clearTimeout(timer);
  }, [draft.edits, save, submission.id, message]);

  const type = useCallback(
    (typed: readonly { readonly at: string; readonly text: string }[]) => {
      const edits: Edit[] = typed.map(({ at, text }) => ({ op: "set", at, to: text === "" ? null : text }));
      const changed = change(latest.current, edits);
      if (changed.kind === "changed") setDraft(changed.draft);
      else message.error(changed.says);
    },
    [message],
  );
  const goBack = useCallback(() => setDraft(undo), []);
  const goForth = useCallback(() => setDraft(redo), []);

  const findings = useMemo(
    () => shownOf(draft.form, looked?.findings ?? [], lookedOnSaved?.findings ?? null, stored),
    [draft.form, looked, lookedOnSaved, stored],
  );
  const marks = useMemo(() => marksOf(findings), [findings]);
  return (
    <Flex vertical gap="small">
      <Bar
        submission={submission}
        saving={saving}
        looked={looked}
        draft={draft}
        canEdit={canEdit}
        onUndo={goBack}
        onRedo={goForth}
      />
      <Row gutter={16}>
        <Col xs={24} xl={17}>
          <FormSheet
            form={draft.form}
            canEdit={canEdit}
            marks={marks}
            selected={selected}
            onSelect={setSelected}
            onType={type}
            onUndo={goBack}
            onRedo={goForth}
          />
        </Col>
        <Col xs={24} xl={7} className="no-print">
          <Flex vertical gap="small" style={{ position: "sticky", top: 64 }}>
            <Why looked={looked} form={draft.form} selected={selected} />
            <Card size="small" title={t("审核问题（{{length}}）", { length: findings.length })}>
              <FindingsPanel findings={findings} onGo={setSelected} />
            </Card>
          </Flex>
        </Col>
      </Row>
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
  return [...mine, ...elsewhere].toSorted((a, b) => FORCE_ORDER[a.force] - FORCE_ORDER[b.force]);
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
}: {
  readonly submission: Answer["submission"];
  readonly saving: Saving;
  readonly looked: ReturnType<typeof useEngine>;
  readonly draft: Draft;
  readonly canEdit: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}) {
  const { totalScore, grade, totalPoints } = draft.form;
  const under = looked?.recomputed?.underPolicy;
  const recomputed = under?.totalScore ?? (under?.between ? `${under.between[0]}～${under.between[1]}` : "—");
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
          <Dropdown
            menu={{
              items: formats.map((format) => ({
                key: format,
                label: (
                  <a href={linkTo("downloadForm", { params: { submission: submission.id, format } })}>
                    {t("下载")} {format}
                  </a>
                ),
              })),
            }}
          >
            <Button icon={<DownloadOutlined />}>{t("下载")}</Button>
          </Dropdown>
        </Space>
      </Flex>
    </Card>
  );
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
