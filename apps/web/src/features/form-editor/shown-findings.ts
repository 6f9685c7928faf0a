import type { Form } from "@jiheng/domain";
import { addressOf } from "@jiheng/workflow";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import type { Shown } from "./FindingsPanel.tsx";
import type { CellMark } from "./SheetRow.tsx";

type Stored = Answered<"getForm">["review"];

const FORCE_ORDER = { must: 0, should: 1, hint: 2 };

type EngineFinding = Omit<Shown, "addresses" | "fixes"> & {
  readonly at: readonly string[];
  readonly rule: string;
  readonly fixes?: readonly { readonly at: string; readonly from: string; readonly to: string }[];
};

/** Rules by which a reason becomes compulsory; their first place is the cell of the reason. */
const ASKS_REASON = new Set(["lost-points-without-reason", "large-deviation-without-reason"]);

/**
 * The engine's findings of now, and those of the last save that the engine of the browser could not see on the very form that was saved:
 * they come from what only the server has (other years, approved targets, evidence).
 */
export function shownOf(
  form: Form,
  now: readonly EngineFinding[],
  onSaved: readonly EngineFinding[] | null,
  stored: Stored,
): Shown[] {
  const seen = new Set([...now, ...(onSaved ?? [])].map(({ fingerprint }) => fingerprint));
  const elsewhere =
    onSaved === null ? [] : (stored?.findings ?? []).filter(({ fingerprint }) => !seen.has(fingerprint));
  const mine = now.map(
    ({ fixes = [], ...finding }): Shown => ({
      ...finding,
      addresses: finding.at.map((at) => addressOf(form, at)),
      fixes: fixes.map(({ at, from, to }) => ({ address: addressOf(form, at), from, to })),
      asksReason: ASKS_REASON.has(finding.rule),
    }),
  );
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

/** The gravest finding at each cell. */
export function marksOf(findings: readonly Shown[]): ReadonlyMap<string, CellMark> {
  const marks = new Map<string, CellMark>();
  const asked = new Map(
    findings.flatMap(({ asksReason, addresses, remedy }) =>
      asksReason && addresses[0]?.endsWith(".deviation") ? [[addresses[0], remedy] as const] : [],
    ),
  );
  for (const { force, message, addresses } of findings)
    for (const address of addresses) {
      const asks = asked.get(address);
      if (!marks.has(address)) marks.set(address, { force, says: message, ...(asks ? { asks } : {}) });
    }
  return marks;
}
