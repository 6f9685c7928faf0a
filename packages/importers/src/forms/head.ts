import { compactLabel, type HeadLabel, headLabelOf, isWeakHeadLabel } from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import { formNumberOf, inlinePairs } from "../recognise/roles.ts";
import { addField, addNote, clip, type Draft, trace } from "./draft.ts";
import { isFieldLabel } from "./foot.ts";
import { oneLine } from "./plain-text.ts";

const PROJECT_CODE = /^([0-9A-Z]{10,40})\s*[-—－:：]\s*(.+)$/;
const YEAR_LABEL = /^(?:自评|评价|预算|绩效|填报|项目)?(?:所属)?年度[:：]?$/;
const UNIT_CODE = /^(\d{3,12})\s*[-—－]\s*(?=\S)/;

/** Labels that stand in the head beside names of projects and bodies, and are no such names themselves. */
const HEAD_FIELD =
  /^(?:项目)?负责人(?:(?:及|和|与)?(?:联系)?电话)?$|^联系(?:人|电话|方式)$|^项目(?:属性|性质|类别|类型|期)$|^(?:计划)?(?:开始|完成|结束)(?:日期|时间)$|^填报(?:人|日期)$/;

/** Puts the value of a head label into the draft; a value printed twice differently is noted. */
export function setHead(
  draft: Draft,
  label: HeadLabel,
  printedLabel: string,
  printed: string,
  slot: Slot,
): void {
  const text = oneLine(printed).replace(/^[\\/—-]+$/, "");
  const weak = isWeakHeadLabel(printedLabel);
  const before = draft[label];
  if (before !== null && weak) {
    if (text !== "" && text !== before)
      addField(draft, oneLine(printedLabel).replace(/[:：]$/, ""), text, slot);
    return;
  }
  if (before !== null && text !== "") {
    const yielding = draft.weakHeads.get(label);
    if (yielding) {
      const known = draft.origins[label];
      if (before !== text) {
        addField(draft, yielding, before, null);
        if (known) draft.origins[`fields[${draft.fields.length - 1}]`] = known;
      }
      draft[label] = null;
      draft.weakHeads.delete(label);
    }
  }
  if (draft[label] === null) trace(draft, label, slot);
  if (text === "") return;
  if (weak) draft.weakHeads.set(label, oneLine(printedLabel).replace(/[:：]$/, ""));
  if (draft[label] !== null) {
    if (draft[label] !== text)
      addNote(
        draft,
        "guessed",
        "second-value",
        `表头另有一处写作“${clip(text)}”，已取前一处`,
        label,
        slot.at,
      );
    return;
  }
  if (label === "project") {
    const match = PROJECT_CODE.exec(text);
    if (match?.[1] && match[2]) {
      draft.project = match[2];
      draft.projectCode ??= match[1];
      trace(draft, "projectCode", { ...slot, leaked: false });
      return;
    }
  }
  draft[label] = text;
  if (label === "department" || label === "unit") {
    const code = UNIT_CODE.exec(text)?.[1];
    const key = label === "department" ? "departmentCode" : "unitCode";
    if (code && draft[key] === null) {
      draft[key] = code;
      trace(draft, key, { ...slot, leaked: false });
    }
  }
}

/** A row of the head of a form: labels with their values beside them or behind a colon. */
export function readHeadRow(draft: Draft, line: Line): void {
  let open: { label: HeadLabel | null; slot: Slot } | null = null;
  const close = (): void => {
    if (!open) return;
    if (open.label) trace(draft, open.label, blankAfter(line, open.slot));
    else addField(draft, oneLine(open.slot.text).replace(/[:：]$/, ""), null, open.slot);
    open = null;
  };
  for (const slot of line.filled) {
    const number = formNumberOf(slot.text);
    if (number !== null && open === null) {
      draft.formNumber ??= number;
      trace(draft, "formNumber", slot);
      continue;
    }
    const pairs = inlinePairs(slot.text);
    if (pairs.length > 0 && pairs.some((pair) => pair.text !== "")) {
      close();
      for (const pair of pairs) setHead(draft, pair.label, pair.printed, pair.text, slot);
      const rest = /[\s　]([\u4e00-\u9fff]{2,8})[:：]\s*([^:：]*)$/.exec(slot.text);
      if (rest?.[1] && headLabelOf(rest[1]) === null) addField(draft, rest[1], (rest[2] ?? "").trim(), slot);
      continue;
    }
    const label = headLabelOf(slot.text);
    if (label) {
      close();
      open = { label, slot };
      continue;
    }
    if (open?.label && (HEAD_FIELD.test(compactLabel(slot.text)) || isBlankBetween(line, open.slot, slot))) {
      close();
      open = { label: null, slot };
      continue;
    }
    if (open?.label) {
      setHead(draft, open.label, open.slot.text, slot.text, slot);
      open = null;
      continue;
    }
    if (
      open &&
      draft.year === null &&
      YEAR_LABEL.test(oneLine(open.slot.text)) &&
      /^20\d\d年?度?$/.test(slot.text)
    ) {
      draft.year = Number(slot.text.slice(0, 4));
      trace(draft, "year", slot);
      open = null;
      continue;
    }
    // A blank between two labels: the next one is no value of the first.
    if (
      open &&
      (isBlankBetween(line, open.slot, slot) || (isFieldLabel(open.slot.text) && isFieldLabel(slot.text)))
    ) {
      close();
      open = { label: null, slot };
      continue;
    }
    if (open) {
      addField(draft, oneLine(open.slot.text).replace(/[:：]$/, ""), slot.text, slot);
      open = null;
      continue;
    }
    const inline: RegExpExecArray | null = /^([^:：\n]{2,14})[:：]\s*([\s\S]*)$/.exec(slot.text);
    if (inline?.[1] && (inline[2] ?? "") !== "")
      addField(draft, oneLine(inline[1]), (inline[2] ?? "").trim(), slot);
    else open = { label: null, slot };
  }
  close();
}

/** Whether a cell of its own stands empty between the two; only where spans are known, else merged cells leave blanks too. */
function isBlankBetween(line: Line, left: Slot, right: Slot): boolean {
  return (
    line.table?.shape === "exact" &&
    line.slots.some(
      (slot) => slot.own && slot.text === "" && slot.column > left.end && slot.end < right.column,
    )
  );
}

function blankAfter(line: Line, slot: Slot): Slot {
  const next = line.slots.find((candidate) => candidate.column > slot.end);
  return next && next.text === "" ? next : slot;
}
