import type { Form, Place } from "@jiheng/domain";

/** FNV-1a over UTF-16 code units, twice with different seeds: 16 hex digits, enough to tell findings of one archive apart. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
}

const ROW = /^(funds|indicators)\[(\d+)\](.*)$/;

/** A place spoken by the name of its row instead of its number, so that it survives rows moving up or down. */
function stablePlace(form: Form, at: Place): string {
  const match = ROW.exec(at);
  if (!match) return at;
  const index = Number(match[2]);
  const name = match[1] === "funds" ? form.funds[index]?.label : form.indicators[index]?.name;
  return `${match[1]}:${(name ?? `#${index}`).replace(/\s+/g, "")}${match[3]}`;
}

/** What a form is, apart from the file it came in: the same declaration read from Word and Excel has the same identity. */
function identityOf(form: Form): string {
  return [
    form.kind,
    form.year ?? "",
    form.unit ?? form.department ?? "",
    form.projectCode ?? form.project ?? "",
  ]
    .join("|")
    .replace(/\s+/g, "");
}

/**
 * Stays the same while the defect does: rule, form and the rows concerned, without figures and without row numbers.
 * `occurrence` tells apart several findings that would otherwise be the same.
 */
export function fingerprint(
  rule: string,
  places: readonly { form: Form; at: Place }[],
  occurrence: number,
): string {
  const keys = places.map(({ form, at }) => `${identityOf(form)}@${stablePlace(form, at)}`).sort();
  return hash([rule, ...keys, String(occurrence)].join("\n"));
}
