import { variedForm } from "@jiheng/specimens";
import { applyEdits } from "@jiheng/workflow";
import { describe, expect, it } from "vitest";
import {
  change,
  type Draft,
  openDraft,
  rebase,
  redo,
  textAt,
  undo,
} from "../src/features/form-editor/draft.ts";

const form = variedForm({ seed: 5, template: "national", year: 2024 });
const [first, second] = form.indicators;
const at = (row: typeof first, key: string) => `indicators[${row?.id}].${key}`;

function typed(draft: Draft, address: string, to: string | null): Draft {
  const changed = change(draft, [{ op: "set", at: address, to }]);
  if (changed.kind === "refused") throw new Error(changed.says);
  return changed.draft;
}

describe("a draft", () => {
  it("keeps what is typed to the letter, goes back and comes again, and tells the server every step", () => {
    const opened = openDraft(form, 3).draft;
    const once = typed(opened, at(first, "score"), "7.50");
    const twice = typed(once, at(first, "score"), "8.0");
    expect(textAt(twice.form, at(first, "score"))).toBe("8.0");
    const back = undo(undo(twice));
    expect(back.form).toEqual(form);
    expect(redo(back).form).toEqual(once.form);
    const arrived = applyEdits(form, undo(twice).edits);
    expect(arrived.kind === "applied" && arrived.form).toEqual(once.form);
  });

  it("puts what was typed meanwhile on top of what the server made of the rest", () => {
    const mine = typed(typed(openDraft(form, 3).draft, at(first, "score"), "7"), at(second, "score"), "6");
    const theirs = applyEdits(form, [
      { op: "set", at: at(first, "score"), to: "7" },
      { op: "set", at: at(second, "evidence"), to: "台账" },
    ]);
    if (theirs.kind === "refused") throw new Error(theirs.says);
    const { draft, lost } = rebase(mine, 1, theirs.form, 4);
    expect([lost, draft.revision, draft.edits.length]).toEqual([0, 4, 1]);
    expect(textAt(draft.form, at(second, "score"))).toBe("6");
    expect(textAt(draft.form, at(second, "evidence"))).toBe("台账");
  });

  it("says how many of the edits that waited fit no longer, and keeps the others", () => {
    const { draft, lost } = openDraft(form, 9, [
      { op: "set", at: "indicators[gone].score", to: "1" },
      { op: "set", at: at(first, "score"), to: "5" },
    ]);
    expect(lost).toBe(1);
    expect(textAt(draft.form, at(first, "score"))).toBe("5");
  });

  it("refuses what a cell cannot hold and changes nothing; an unchanged cell is no step", () => {
    const opened = openDraft(form, 1).draft;
    expect(change(opened, [{ op: "set", at: "project", to: "改名" }]).kind).toBe("refused");
    const same = typed(opened, at(first, "score"), textAt(form, at(first, "score")));
    expect([same.edits, same.past]).toEqual([[], []]);
  });
});
