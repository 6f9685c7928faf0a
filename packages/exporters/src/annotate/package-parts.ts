import { XML_HEAD, xml } from "../writers/xml.ts";
import { NotAnnotated } from "./cell-comment.ts";
import type { OfficePackage } from "./office-package.ts";
import { scanMarkup } from "./scan-markup.ts";
import { appendTo, named, rootOf, spliced } from "./splice.ts";

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT_TYPES = "[Content_Types].xml";

/** A relation of a part to another part of the package. */
export interface Relation {
  readonly id: string;
  /** Last step of its type: "comments", "worksheet". */
  readonly type: string;
  readonly part: string;
}

/** Path of a target relative to the folder of the part that names it. */
function resolved(base: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const steps = base.split("/").slice(0, -1);
  for (const each of target.split("/"))
    if (each === "..") steps.pop();
    else if (each !== "." && each !== "") steps.push(each);
  return steps.join("/");
}

/** How a part names another: relative to its own folder. */
function relative(from: string, to: string): string {
  const base = from.split("/").slice(0, -1);
  const steps = to.split("/");
  let same = 0;
  while (same < base.length && same < steps.length - 1 && base[same] === steps[same]) same += 1;
  return [...base.slice(same).map(() => ".."), ...steps.slice(same)].join("/");
}

function relationsPart(part: string): string {
  const slash = part.lastIndexOf("/") + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** A package that is being changed: parts are read as they stand so far, and written all at once. */
export class Workpiece {
  private readonly file: OfficePackage;
  private readonly changed = new Map<string, Uint8Array>();

  constructor(file: OfficePackage) {
    this.file = file;
  }

  get names(): readonly string[] {
    return [...this.file.names, ...[...this.changed.keys()].filter((name) => !this.file.has(name))];
  }

  has(part: string): boolean {
    return this.changed.has(part) || this.file.has(part);
  }

  read(part: string): Uint8Array {
    return this.changed.get(part) ?? this.file.read(part);
  }

  write(part: string, content: Uint8Array | string): void {
    this.changed.set(part, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }

  /** The first name of the pattern that no part has: `word/comments.xml`, `word/comments2.xml`. */
  free(name: (suffix: string) => string): string {
    const taken = new Set(this.names.map((each) => each.toLowerCase()));
    for (let number = 1; ; number += 1) {
      const candidate = name(number === 1 ? "" : String(number));
      if (!taken.has(candidate.toLowerCase())) return candidate;
    }
  }

  finish(): Uint8Array {
    return this.file.rewrite(this.changed);
  }

  /** The relations of a part inside the package; "" is the package itself. */
  relations(part: string): readonly Relation[] {
    const rels = relationsPart(part);
    const relations: Relation[] = [];
    if (!this.has(rels)) return relations;
    scanMarkup(this.read(rels), rels, {
      open: (tag) => {
        if (tag.local !== "Relationship" || tag.attribute("TargetMode") === "External") return;
        const type = tag.attribute("Type") ?? "";
        relations.push({
          id: tag.attribute("Id") ?? "",
          type: type.slice(type.lastIndexOf("/") + 1),
          part: resolved(part, tag.attribute("Target") ?? ""),
        });
      },
    });
    return relations;
  }

  /** Adds a relation and answers its id. */
  relate(part: string, type: string, target: string): string {
    const rels = relationsPart(part);
    const ids = new Set<string>();
    const line = (prefix: string, id: string): string =>
      `<${named(prefix, "Relationship")} Id="${id}" Type="${type}" Target="${xml(relative(part, target))}"/>`;
    if (!this.has(rels)) {
      const id = "rId1";
      this.write(
        rels,
        `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${line("", id)}</Relationships>`,
      );
      return id;
    }
    const bytes = this.read(rels);
    const root = rootOf(bytes, rels, (tag) => {
      const id = tag.attribute("Id");
      if (id !== undefined) ids.add(id);
    });
    let number = ids.size + 1;
    while (ids.has(`rId${number}`)) number += 1;
    this.write(rels, spliced(bytes, [appendTo(root.tag, root.close, line(root.tag.prefix, `rId${number}`))]));
    return `rId${number}`;
  }

  /** States what a new part is: by its extension where `extension` is given and free, else by its name. */
  declare(part: string, contentType: string, extension: string | null): void {
    if (!this.has(CONTENT_TYPES))
      throw new NotAnnotated(
        "文件不能加批注：缺少 [Content_Types].xml",
        "请用 Office 或 WPS 打开后另存一份再试",
      );
    const bytes = this.read(CONTENT_TYPES);
    let known: string | undefined;
    let stated = false;
    const root = rootOf(bytes, CONTENT_TYPES, (tag) => {
      if (tag.local === "Default" && tag.attribute("Extension")?.toLowerCase() === extension)
        known = tag.attribute("ContentType");
      if (tag.local === "Override" && tag.attribute("PartName")?.toLowerCase() === `/${part}`.toLowerCase())
        stated = true;
    });
    if (stated || known === contentType) return;
    const { prefix } = root.tag;
    const line =
      extension !== null && known === undefined
        ? `<${named(prefix, "Default")} Extension="${extension}" ContentType="${contentType}"/>`
        : `<${named(prefix, "Override")} PartName="/${xml(part)}" ContentType="${contentType}"/>`;
    this.write(CONTENT_TYPES, spliced(bytes, [appendTo(root.tag, root.close, line)]));
  }
}

/** Path of the main part as the package names it; `usual` where it nearly always is. */
export function mainPart(file: Workpiece, usual: string): string {
  if (file.has(usual)) return usual;
  for (const relation of file.relations(""))
    if (relation.type === "officeDocument" && file.has(relation.part)) return relation.part;
  throw new NotAnnotated(`文件不能加批注：缺少正文（${usual}）`, "请用 Office 或 WPS 打开后另存一份再试");
}

/** Refuses what a comment would break, and tells what the copy still carries. */
export function heedPrecious(file: Workpiece): readonly string[] {
  const signed = file.names.some((name) => /^_xmlsignatures\//i.test(name));
  if (signed)
    throw new NotAnnotated(
      "文件带有数字签名，加批注会使签名失效，因此没有加",
      "请用不带签名的原稿；或在 Word、Excel 中另存一份、删除签名后再试",
    );
  return file.names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))
    ? ["文件带有宏，副本原样保留了宏；批注没有改动它"]
    : [];
}
