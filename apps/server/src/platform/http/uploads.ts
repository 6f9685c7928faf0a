import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Settings } from "../settings/settings.ts";
import { parseJson, requireKeepable } from "./input.ts";
import { Refusal } from "./refusal.ts";
import type { Upload } from "./route.ts";

/** What came as multipart: the JSON of the part `body`, and every part `file`. */
export interface Multipart {
  readonly body: unknown;
  readonly bodyText: string;
  readonly uploads: readonly Upload[];
}

/** Reads the parts one by one, each bounded while it arrives; what is over a limit is refused before it is held whole. */
export async function readMultipart(request: FastifyRequest, settings: Settings): Promise<Multipart> {
  const { limits } = settings;
  let bodyText: string | null = null;
  const uploads: Upload[] = [];
  let together = 0;
  const parts = request.parts({
    limits: {
      fieldNameSize: 50,
      fieldSize: limits.body,
      fields: 1,
      fileSize: limits.upload,
      files: limits.uploads,
      parts: limits.uploads + 1,
      headerPairs: 20,
    },
  });
  for await (const part of parts) {
    if (part.type === "field") {
      if (part.fieldname !== "body" || part.valueTruncated || typeof part.value !== "string")
        throw new Refusal("invalid-input", "上传时正文放在名为 body 的部分，为 JSON。");
      bodyText = part.value;
      continue;
    }
    if (part.fieldname !== "file") throw new Refusal("invalid-input", "文件放在名为 file 的部分。");
    const chunks: Buffer[] = [];
    const hash = createHash("sha256");
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      together += chunk.length;
      if (together > limits.uploadsTogether)
        throw new Refusal("too-large", `文件合计超过 ${mib(limits.uploadsTogether)}，请分批上传。`);
      hash.update(chunk);
      chunks.push(chunk);
    }
    const name = nameOf(part.filename ?? "");
    if (part.file.truncated)
      throw new Refusal("too-large", `“${name}”超过单个文件的上限 ${mib(limits.upload)}。`);
    const bytes = Buffer.concat(chunks);
    requireKnownKind(name, bytes);
    uploads.push({ name, bytes, sha256: hash.digest("hex") });
  }
  return { body: bodyText === null ? undefined : parseJson(bodyText), bodyText: bodyText ?? "", uploads };
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** The name without any path and control characters, at most 200 characters with its ending kept. */
function nameOf(given: string): string {
  requireKeepable(given, "file.filename");
  const bare = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = bare.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  if (clean === "" || /^\.+$/.test(clean)) throw new Refusal("invalid-input", "上传的文件没有名称。");
  const letters = [...clean];
  if (letters.length <= 200) return clean;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(clean)?.[0] ?? "";
  return letters.slice(0, 200 - ending.length).join("") + ending;
}

const ZIP = [0x50, 0x4b];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const PDF = [0x25, 0x50, 0x44, 0x46];
const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];
type Look = (bytes: Buffer) => boolean;
const begins =
  (...marks: readonly (readonly number[])[]): Look =>
  (bytes) =>
    marks.some((mark) => mark.every((byte, at) => bytes[at] === byte));
/** PDF readers allow some bytes before the mark. */
const pdf: Look = (bytes) => bytes.subarray(0, 1024).includes(Buffer.from(PDF));
const text: Look = (bytes) =>
  begins([0xff, 0xfe], [0xfe, 0xff])(bytes) || !bytes.subarray(0, 4096).includes(0);
const office = begins(ZIP, OLE);
/** Older systems save spreadsheets and documents that are tables of HTML under these endings. */
const officeOrText: Look = (bytes) => office(bytes) || text(bytes);

/** What may be uploaded: the ending, and what the content has to look like. What is inside is judged by who reads it. */
const KINDS: Readonly<Record<string, Look | undefined>> = {
  ...{ docx: office, xlsx: office, ods: office, odt: office, zip: begins(ZIP), wps: office, et: office },
  ...{ doc: officeOrText, xls: officeOrText, pdf, png: begins(PNG), jpg: begins(JPEG), jpeg: begins(JPEG) },
  ...{ html: text, htm: text, txt: text, csv: text, tsv: text, json: text, ofd: begins(ZIP) },
};

function requireKnownKind(name: string, bytes: Buffer): void {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const look = Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined;
  if (!look)
    throw new Refusal("wrong-media", `“${name}”的类型不在接受之列：${Object.keys(KINDS).join("、")}。`);
  if (bytes.length === 0) throw new Refusal("unreadable-file", `“${name}”是空文件。`);
  if (!look(bytes))
    throw new Refusal("wrong-media", `“${name}”的内容与扩展名 .${ending} 不符，请用原软件另存后再上传。`);
}
