import type { Form } from "@jiheng/domain";
import { App, Flex } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { addressAt, change, type Draft, openDraft, redo, undo } from "./draft.ts";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { FormSheet } from "./FormSheet.tsx";
import { marksOf, shownOf } from "./shown-findings.ts";
import { typedText } from "./typed-text.ts";
import { useEngine } from "./use-engine.ts";
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
  const looked = useEngine(draft.form, null);
  useEffect(() => {
    if (looked) onLooked(draft.form, looked);
  }, [draft.form, looked, onLooked]);
  const type = useCallback(
    (typed: readonly { readonly at: string; readonly text: string }[]) => {
      setDraft((before) => {
        const changed = change(
          before,
          typed.map(({ at, text }) => ({ op: "set", at, to: typedText(at, text, before.form.moneyUnit) })),
        );
        if (changed.kind === "changed") return changed.draft;
        message.error(changed.says);
        return before;
      });
    },
    [message],
  );
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
        onUndo={() => setDraft(undo)}
        onRedo={() => setDraft(redo)}
      />
      <Flex vertical gap="middle">
        {beside}
        <Why
          looked={looked}
          form={draft.form}
          selected={selected === null ? null : addressAt(draft.form, selected)}
        />
        <FindingsPanel findings={findings} onGo={onSelect} />
      </Flex>
    </div>
  );
}
