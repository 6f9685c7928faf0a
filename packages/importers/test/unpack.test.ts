import { describe, expect, test } from "vitest";
import { unpack } from "../src/index.ts";
import { gbk, utf8, zip } from "./office-builder.ts";

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Sets a field of two bytes in the central directory entry, and in the local header, of the entry at `index`. */
function forge(bytes: Uint8Array, index: number, at: number, value: number): Uint8Array {
  const out = bytes.slice();
  const view = new DataView(out.buffer);
  let seen = -1;
  for (let from = 0; from + 4 < out.length; from += 1)
    if (view.getUint32(from, true) === 0x02014b50) {
      seen += 1;
      if (seen === index) view.setUint16(from + at, value, true);
    }
  return out;
}

describe("an archive of files", () => {
  test("gives its files by their own names, without folders and without what the system added", () => {
    const { files, leftOut } = unpack(
      "自评表.zip",
      zip({ "一科/": "", "一科/甲.docx": "甲", "一科/二/乙.xlsx": "乙", "__MACOSX/一科/._甲.docx": "x" }),
    );
    expect(files.map(({ name, bytes }) => [name, textOf(bytes)])).toEqual([
      ["甲.docx", "甲"],
      ["乙.xlsx", "乙"],
    ]);
    expect(leftOut).toEqual([]);
  });

  test("has names in the code page of Chinese Windows", () => {
    const name = gbk("自评表.docx");
    const plain = zip({ [String.fromCharCode(...name.map(() => 0x78))]: "甲" });
    const bytes = plain.slice();
    // The name stands twice: in the local header and in the directory.
    for (let at = 0; at + name.length <= bytes.length; at += 1)
      if (bytes.subarray(at, at + name.length).every((byte) => byte === 0x78)) bytes.set(name, at);
    expect(unpack("a.zip", bytes).files.map((file) => file.name)).toEqual(["自评表.docx"]);
  });

  test("loses none of its files by one that has a password or a strange way of packing", () => {
    const packed = zip({ "甲.docx": "甲", "乙.docx": "乙", "丙.docx": "丙" });
    const { files, leftOut } = unpack("a.zip", forge(forge(packed, 0, 8, 1), 1, 10, 12));
    expect(files.map(({ name }) => name)).toEqual(["丙.docx"]);
    expect(leftOut).toEqual([
      { name: "甲.docx", what: "压缩包内的 甲.docx 设有密码" },
      { name: "乙.docx", what: "压缩包内 乙.docx 用了少见的压缩方法" },
    ]);
  });

  test("that is none, is cut off, climbs out of its folder or packs a bomb is named, and gives nothing of it", () => {
    const whole = zip({ "甲.docx": utf8("甲".repeat(5000)) });
    const bomb = zip({ "炸弹.docx": new Uint8Array(40 * 1024 * 1024), "甲.docx": "甲" });
    expect(unpack("a.zip", utf8("不是压缩包"))).toEqual({
      files: [],
      leftOut: [{ name: "a.zip", what: "压缩结构不完整，文件末尾的目录缺失" }],
    });
    expect(unpack("a.zip", whole.subarray(0, whole.length - 30)).files).toEqual([]);
    expect(unpack("a.zip", zip({ "../甲.docx": "甲" })).leftOut).toEqual([
      { name: "a.zip", what: "压缩包内有越出文件夹的路径“../甲.docx”" },
    ]);
    const { files, leftOut } = unpack("a.zip", bomb);
    expect(files.map(({ name }) => name)).toEqual(["甲.docx"]);
    expect(leftOut[0]?.what).toMatch(/^压缩包内 炸弹.docx 展开后是压缩前的 \d+ 倍，疑似恶意压缩$/);
  });
});
