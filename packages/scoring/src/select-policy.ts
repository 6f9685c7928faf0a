import type { Form } from "@jiheng/domain";
import { national2020 } from "./packs/national-2020.ts";
import { POLICIES } from "./policies.ts";
import type { PolicyPack } from "./policy-pack.ts";

/** The pack a form is scored under, with the reason said in Chinese. */
export interface PolicyChoice {
  readonly policy: PolicyPack;
  readonly why: string;
}

const PROVINCES =
  /^(?:北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)/;

/** A street or a district may carry a province's name (上海路街道, 河北区): then it names no province. */
const NO_SEAT = /^(?:[东西南北中一二三]*(?:路|街|大道)|[区县镇乡村])/;

/** Whether a body's name begins with the seat. */
function seated(text: string, name: string): boolean {
  return text.startsWith(name) && (/[区县]$/.test(name) || !NO_SEAT.test(text.slice(name.length)));
}

/** Whether a body's name begins with some province. */
function namesProvince(text: string): boolean {
  const found = PROVINCES.exec(text);
  return found !== null && seated(text, found[0]);
}

/** The bodies that filled the form, without the codes before their names; a province named later in them is no seat (上海市驻新疆…). */
function bodiesOf(form: Form): readonly string[] {
  return [form.department, form.unit]
    .map((text) => text?.replace(/^[\s\d\-—_]+/, "") ?? "")
    .filter((text) => text !== "");
}

/** The longest name of the pack's place that the form gives: in its jurisdiction, or where that is blank or names no district, at the start of a body's name. */
function placeMatch(policy: PolicyPack, form: Form, bodies: readonly string[]): string | null {
  const jurisdiction = form.jurisdiction?.trim() ?? "";
  let best: string | null = null;
  for (const name of policy.places) {
    const district = /[县区]$/.test(name);
    const byBodies = jurisdiction === "" || district;
    const hit =
      (jurisdiction !== "" && jurisdiction.includes(name)) ||
      (byBodies && bodies.some((text) => seated(text, name) || cityWithin(text, name)));
    if (hit && (best === null || name.length > best.length)) best = name;
  }
  return best;
}

/** A district or county may stand behind its province and city: 四川省某市某区某局. */
function cityWithin(text: string, name: string): boolean {
  if (!/[县区]$/.test(name)) return false;
  const at = text.indexOf(name);
  return at > 0 && /^(?:[^省市区县]+(?:省|自治区))?(?:[^省市区县]+市)?$/.test(text.slice(0, at));
}

function covers(policy: PolicyPack, year: number | null): boolean {
  if (year === null) return true;
  const { from, to } = policy.period;
  return (from === null || year >= from) && (to === null || year <= to);
}

/**
 * The pack for a form by place, template and year; else the national method. A local pack is taken where the place is named, or
 * where the form is printed in the place's own template and names no other province. Drafts and general packs are never taken.
 */
export function selectPolicy(form: Form): PolicyChoice {
  const bodies = bodiesOf(form);
  const elsewhere = Boolean(form.jurisdiction?.trim()) || bodies.some(namesProvince);
  let best: { readonly choice: PolicyChoice; readonly rank: number } | null = null;
  let outdated: string | null = null;
  for (const policy of POLICIES) {
    if (policy.draft || policy.scope !== "place") continue;
    const place = placeMatch(policy, form, bodies);
    const ownTemplate =
      policy.templates.includes(form.template) && !national2020.templates.includes(form.template);
    const byTemplate = ownTemplate && place === null && !elsewhere && !needsNarrowPlace(policy);
    if (place === null && !byTemplate) continue;
    if (policy.onlyTemplates && !ownTemplate) continue;
    if (policy.kinds !== null && !policy.kinds.includes(form.kind)) continue;
    if (!covers(policy, form.year)) {
      outdated ??= `${policy.title}不含${form.year}年度`;
      continue;
    }
    const rank = (place ? 100 * place.length : 0) + (ownTemplate ? 10 : 0) + newer(policy);
    if (best !== null && rank <= best.rank) continue;
    const year = form.year === null ? "年度未印" : `${form.year}年度`;
    const why = place
      ? `按填报地区“${place}”${ownTemplate ? `、表式“${form.template}”` : ""}和${year}选用${policy.title}`
      : `表上未见地区，按表式“${form.template}”和${year}选用${policy.title}`;
    best = { choice: { policy, why }, rank };
  }
  if (best) return best.choice;
  const why = outdated
    ? `${outdated}，选用${national2020.title}`
    : `没有与该表地区、表式和年度相符的地方口径，选用${national2020.title}`;
  return { policy: national2020, why };
}

/** A district's pack needs the district's name: its template is that of the whole province. */
function needsNarrowPlace(policy: PolicyPack): boolean {
  return policy.places.every((name) => /[县区]$/.test(name));
}

/** Prefers the later of two packs of one place, where the form prints no year. */
function newer(policy: PolicyPack): number {
  return policy.period.from === null ? 0 : (policy.period.from - 2000) / 100;
}
