import type { Form } from "@jiheng/domain";
import type { EnteredTotal, FormScore, PolicyPack } from "@jiheng/scoring";

/** A form to publish, with how its marks come about under its policy. */
export interface PublishedForm {
  readonly form: Form;
  readonly policy: PolicyPack;
  readonly score: FormScore;
  readonly entered: EnteredTotal;
}

/** A form that is not published: it is listed with its reason, and nothing else of it is shown. */
export interface Withheld {
  readonly year: number | null;
  readonly department: string | null;
  readonly project: string;
  readonly reason: string;
}

/** What a site is made from. The same source gives the same bytes. */
export interface SiteSource {
  /** Name of the publishing body or region, as its pages print it. */
  readonly title: string;
  readonly forms: readonly PublishedForm[];
  readonly withheld: readonly Withheld[];
  /** Engine, rules and policies with their versions, for the page on method. */
  readonly versions: readonly string[];
}

/** A published form with its place on the site. */
export interface SiteEntry extends PublishedForm {
  /** Stable name of the project, the same in every year: 12 characters of a–z and 0–9. */
  readonly projectId: string;
  /** Stable name of this year's form: the project's, and the year. */
  readonly id: string;
  readonly departmentId: string;
  /** The department as printed; 未填主管部门 where the form names neither department nor unit. */
  readonly department: string;
  /** What lists call the form: the project, else the unit, else the title. */
  readonly name: string;
}

/** One file of the site; paths use "/" and only a–z, 0–9, "-" and ".". */
export interface SiteFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A name without what differs from typist to typist: width, blanks, brackets, quotation marks, the mark 汇总. */
export function settledName(text: string | null): string {
  return (text ?? "")
    .normalize("NFKC")
    .replace(/\(汇总\)/g, "")
    .replace(/[\s\p{P}\p{S}]+/gu, "")
    .toLowerCase();
}

/** The same without the year, which differs in the name of one project. */
function settled(text: string | null): string {
  return settledName((text ?? "").normalize("NFKC").replace(/(?:19|20)\d{2}\s*年度?/g, ""));
}

const MASK = (1n << 64n) - 1n;

/** Twelve characters of a–z and 0–9 that stand for a text: 62 bits of FNV-1a, so that names do not change with the company they keep. */
function nameOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK;
  return (hash & ((1n << 62n) - 1n)).toString(36).padStart(12, "0");
}

/**
 * Places every form on the site. A project is known by its code, else by its name, within its department and unit: its name on
 * the site stays the same in every year, whatever else is published. Forms of one project and year that are told apart by
 * nothing get a number in the order given.
 */
export function placeForms(forms: readonly PublishedForm[]): SiteEntry[] {
  const taken = new Map<string, number>();
  return forms.map((published) => {
    const { form } = published;
    const department = form.department ?? form.unit ?? "未填主管部门";
    const departmentKey = `${form.departmentCode ?? settled(department)}`;
    const name = form.project ?? form.unit ?? form.title ?? "未填项目名称";
    const key = form.projectCode
      ? ["code", settled(form.jurisdiction), form.projectCode.normalize("NFKC").replace(/\s+/g, "")]
      : ["name", departmentKey, settled(form.unit), form.kind, settled(name)];
    const projectId = nameOf(key.join("\u0000"));
    const base = `${projectId}-${form.year ?? "undated"}`;
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return {
      ...published,
      projectId,
      id: count === 1 ? base : `${base}-${count}`,
      departmentId: nameOf(departmentKey),
      department,
      name,
    };
  });
}
