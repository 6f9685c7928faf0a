import type { Form } from "@jiheng/domain";
import type { Edit } from "@jiheng/workflow";
import { App } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, Refused } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { changeWhatCan, type Draft, openDraft, rebase, redo, undo } from "./draft.ts";
import { notWritten } from "./use-sheet-commands.ts";
import { keepWaiting, readWaiting } from "./waiting.ts";

type Answer = Answered<"getForm">;
/** How the draft stands with the server. */
export type Saving = "saved" | "waiting" | "saving" | "offline";

const SAVE_AFTER = 1_200;
const TRY_AGAIN_EVERY = 15_000;

/** A form as the server has it, with what was typed since: saved by itself, merged with what others save, kept in the browser meanwhile. */
export function useSavedDraft(
  answer: Answer,
  first: Form,
  firstRevision: number,
  mayEdit: (of: Answer["submission"]) => boolean,
) {
  const { message } = App.useApp();
  const [submission, setSubmission] = useState(answer.submission);
  const [stored, setStored] = useState(answer.review);
  const [saving, setSaving] = useState<Saving>("saved");
  const [draft, setDraft] = useState<Draft>(
    () => openDraft(first, firstRevision, mayEdit(answer.submission) ? readWaiting(submission.id) : []).draft,
  );
  // What was typed last, also before it was painted: two saves must never send the same edits.
  const latest = useRef(draft);
  const running = useRef<Promise<void> | null>(null);
  const { id } = submission;

  const put = useCallback((next: Draft) => {
    latest.current = next;
    setDraft(next);
  }, []);

  const sayLost = useCallback(
    (lost: number) => {
      if (lost > 0) message.warning(t("有{{lost}}处修改与他人的不能合并，请核对后重填。", { lost }), 8);
    },
    [message],
  );

  const send = useCallback(async () => {
    const { edits, revision: on } = latest.current;
    if (edits.length === 0) return;
    setSaving("saving");
    try {
      const params = { submission: id };
      const { body } = await call("editForm", { params, ifMatch: on, body: { edits: edits as never } });
      const { draft: next, lost } = rebase(latest.current, edits.length, body.form as Form, body.revision);
      put(next);
      setSubmission(body.submission);
      setStored(body.review);
      setSaving(next.edits.length > 0 ? "waiting" : "saved");
      if (body.merged) message.info(t("已与他人同时的修改合并。"));
      sayLost(lost);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setSaving("offline");
      if (error.code !== "offline") message.error(error.message, 8);
    }
  }, [id, message, put, sayLost]);

  const save = useCallback(() => {
    running.current ??= send().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [send]);

  useEffect(() => {
    if (!keepWaiting(id, draft.edits)) message.error(t("浏览器没有空间保存草稿，请尽快联网保存。"));
    if (draft.edits.length === 0) return;
    setSaving((before) => (before === "saving" ? before : "waiting"));
    const timer = setTimeout(() => void save(), SAVE_AFTER);
    return () => clearTimeout(timer);
  }, [draft.edits, save, id, message]);

  // What could not be sent is tried again by itself, and at once when the network is back.
  useEffect(() => {
    if (saving !== "offline") return;
    const again = () => void save();
    const timer = setInterval(again, TRY_AGAIN_EVERY);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
    };
  }, [saving, save]);

  /** Saves all that is typed; the revision then, or null where something could not be saved. */
  const flush = useCallback(async (): Promise<number | null> => {
    for (let tries = 0; latest.current.edits.length > 0 && tries < 3; tries++) await save();
    return latest.current.edits.length === 0 ? latest.current.revision : null;
  }, [save]);

  const edit = useCallback(
    (edits: readonly Edit[]) => {
      const { draft: next, refusals } = changeWhatCan(latest.current, edits);
      put(next);
      if (refusals.length > 0) message.error(notWritten(refusals), 8);
    },
    [message, put],
  );

  /** Takes over what somebody else saved, where there is something newer; what is typed here stays on top of it. */
  const takeOver = useCallback(
    async (revision: number) => {
      if (revision <= latest.current.revision || running.current) return;
      const { body, revision: on } = await call("getForm", { params: { submission: id } });
      if (running.current || !body.form || (on ?? 0) <= latest.current.revision) return;
      const { draft: next, lost } = rebase(latest.current, 0, body.form as Form, on ?? 0);
      put(next);
      setSubmission(body.submission);
      setStored(body.review);
      message.info(t("他人保存了修改，已并入您的页面。"));
      sayLost(lost);
    },
    [id, message, put, sayLost],
  );

  return {
    submission,
    stored,
    draft,
    saving,
    setSubmission,
    edit,
    flush,
    takeOver,
    undo: useCallback(() => put(undo(latest.current)), [put]),
    redo: useCallback(() => put(redo(latest.current)), [put]),
  };
}
