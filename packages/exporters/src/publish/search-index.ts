import { remembered } from "@jiheng/domain";
import { pinyin } from "pinyin-pro";
import type { SiteEntry } from "./entry.ts";

/** Bytes of one file of the index: each is loaded by a script element, which works without a server. */
const SHARD_BYTES = 150_000;

/** Pinyin and initials of a text: 托管 is "tuoguan" and "tg"; other letters and digits stand in both. */
const spoken = remembered(
  (text): readonly [string, string] => {
    const syllables = pinyin(text, { toneType: "none", type: "array", nonZh: "consecutive", v: true });
    const plain = syllables.map((each) => each.toLowerCase().replace(/[^a-z0-9]+/g, ""));
    const initials = syllables.map((each, index) =>
      /^[a-zü]+$/i.test(each) && /\p{Script=Han}/u.test(text)
        ? (plain[index]?.[0] ?? "")
        : (plain[index] ?? ""),
    );
    return [plain.join(""), initials.join("")];
  },
  { limit: 50_000, longest: 200 },
);

/**
 * One form in the index: id, name, department, year, grade, kind, total, then what is searched: name in pinyin and initials,
 * department in both, names of indicators, their initials.
 */
type IndexRow = readonly [
  id: string,
  name: string,
  department: number,
  year: number | null,
  grade: string | null,
  kind: string,
  total: string | null,
  pinyin: string,
  initials: string,
  indicators: string,
  indicatorInitials: string,
];

/** Text of a script that cannot end the script element or be anything but data. */
function data(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** The index of all forms as scripts that hand their rows to the page: the first names the departments and how many follow. */
export function searchIndex(entries: readonly SiteEntry[], kinds: ReadonlyMap<string, string>): string[] {
  const departments = [...new Set(entries.map(({ department }) => department))];
  const rows = entries.map((entry): IndexRow => {
    const { form } = entry;
    const names = [...new Set(form.indicators.flatMap(({ name }) => (name === null ? [] : [name])))];
    const [full, initials] = spoken(entry.name);
    return [
      entry.id,
      entry.name,
      departments.indexOf(entry.department),
      form.year,
      form.grade,
      kinds.get(form.kind) ?? form.kind,
      form.totalScore,
      full,
      initials,
      names.join(" "),
      names.map((name) => spoken(name)[1]).join(" "),
    ];
  });
  const shards: string[][] = [[]];
  let size = 0;
  for (const row of rows) {
    const text = data(row);
    // Han characters take three bytes in the file.
    const bytes = text.length * 2;
    if (size + bytes > SHARD_BYTES && size > 0) {
      shards.push([]);
      size = 0;
    }
    shards.at(-1)?.push(text);
    size += bytes;
  }
  const heads = departments.map((name) => [name, ...spoken(name)]);
  return shards.map(
    (shard, index) =>
      `jihengIndex(${index},${shards.length},${index === 0 ? data(heads) : "null"},[\n${shard.join(",\n")}\n]);\n`,
  );
}
