import type { Form } from "@jiheng/domain";
import type { Edit } from "@jiheng/workflow";
import { addressOf } from "@jiheng/workflow";
import { App, Flex } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { changeWhatCan, type Draft, openDraft, redo, undo } from "./draft.ts";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { FormSheet } from "./FormSheet.tsx";
import type { Entry } from "./SheetRow.tsx";
import { marksOf, shownOf } from "./shown-findings.ts";
import { useEngine } from "./use-engine.ts";
import { notWritten, useSheetCommands, withEntry } from "./use-sheet-commands.ts";
import { Why } from "./Why.tsx";

/** What the engine says of a practised form. */
export type Practised = NonNullable<ReturnType<typeof useEngine>>;

/** The sheet of the editor over a form of nobody: written in, scored and reviewed like any other, kept nowhere. */
export function PracticeEditor({
  first,
  selected,
  onSelect,
  onLooked,
  beside,
}: {
  readonly first: Form;
  readonly selected: string | null;
  readonly onSelect: (address: string | null) => void;
  readonly onLooked: (form: Form, looked: Practised) => void;
  readonly beside: React.ReactNode;
}) {
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft>(() => openDraft(first, 0).draft);
  const [entry, setEntry] = useState<Entry | null>(null);
  const looked = useEngine(
    useMemo(() => withEntry(draft.form, entry), [draft.form, entry]),
    null,
  );
  useEffect(() => {
    if (looked) onLooked(draft.form, looked);
  }, [draft.form, looked, onLooked]);
  const edit = useCallback(
    (edits: readonly Edit[]) =>
      setDraft((before) => {
        const { draft: next, refusals } = changeWhatCan(before, edits);
        if (refusals.length > 0) message.error(notWritten(refusals), 8);
        return next;
      }),
    [message],
  );
  const { type, onRow, leftOut } = useSheetCommands(draft.form, edit, onSelect);
  const goBack = useCallback(() => setDraft(undo), []);
  const goForth = useCallback(() => setDraft(redo), []);
  const findings = useMemo(
    () => shownOf(draft.form, looked?.findings ?? [], null, null),
    [draft.form, looked],
  );
  const marks = useMemo(() => marksOf(findings), [findings]);
  return (
    <div className="practice">
      <FormSheet
        form={draft.form}
        canEdit
        marks={marks}
        selected={selected}
        onSelect={onSelect}
        onType={type}
        onEntry={setEntry}
        onRow={onRow}
        onUndo={goBack}
        onRedo={goForth}
        onLeftOut={leftOut}
      />
      <Flex vertical gap="middle">
        {beside}
        <Why
          looked={looked}
          form={draft.form}
          selected={selected === null ? null : addressOf(draft.form, selected)}
        />
        <FindingsPanel findings={findings} onGo={onSelect} />
      </Flex>
    </div>
  );
}
