import { describe, expect, test } from "vitest";
import { filesOfDrop, gather } from "../src/features/imports/gather.ts";

const MIB = 1024 * 1024;

const file = (name: string, size = 1000) => ({ name, size });

describe("files that are handed in", () => {
  test("of a wrong kind are left out, each with its reason, and spoil none of the others", () => {
    const good = [file("甲.docx"), file("乙.XLSX"), file("丙.pdf"), file("丁.et")];
    const bad = [
      file("照片.jpg"),
      file("全部.zip"),
      file("空.docx", 0),
      file("大.pdf", 21 * MIB),
      file("程序.exe"),
      file("无后缀"),
    ];
    const { batches, leftOut } = gather([...good, ...bad]);
    expect(batches).toEqual([good]);
    expect(leftOut.map(({ name }) => name)).toEqual(bad.map(({ name }) => name));
    for (const { says } of leftOut) expect(says).toMatch(/。$/);
    expect(new Set(leftOut.map(({ says }) => says)).size).toBe(5);
  });

  test("leave out in silence only what the system left lying about", () => {
    const { batches, leftOut } = gather([file(".DS_Store"), file("~$甲.docx"), file("Thumbs.db")]);
    expect([batches, leftOut]).toEqual([[], []]);
  });

  test("go in several requests, each beneath the limits, in their order and none twice", () => {
    const many = Array.from({ length: 320 }, (_, index) => file(`${index}.docx`));
    const large = Array.from({ length: 11 }, (_, index) => file(`大${index}.pdf`, 15 * MIB));
    const { batches } = gather([...many, ...large]);
    expect(batches.flat()).toEqual([...many, ...large]);
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(200);
      expect(batch.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(100 * MIB);
    }
    expect(batches.length).toBe(5);
  });
});

describe("what is dropped", () => {
  const fileEntry = (name: string) => ({
    ...{ name, isFile: true },
    file: (done: (file: File) => void, fail: (error: Error) => void) =>
      name.startsWith("锁") ? fail(new Error("NotReadable")) : done(new File(["x"], name)),
  });
  const folder = (name: string, ...parts: object[][]) => ({
    ...{ name, isFile: false },
    createReader: () => {
      const left = [...parts, []];
      return { readEntries: (done: (entries: object[]) => void) => done(left.shift() ?? []) };
    },
  });
  const dropOf = (...entries: (object | null)[]) =>
    ({
      items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
      files: [new File(["x"], "直接.docx")],
    }) as unknown as DataTransfer;

  test("is taken folder by folder, by all the parts a folder is handed out in; what cannot be opened is told", async () => {
    const inner = folder("里", [fileEntry("三.docx")]);
    const dropped = dropOf(
      folder("外", [fileEntry("一.docx"), inner], [fileEntry("二.docx"), fileEntry("锁.docx")]),
      fileEntry("四.pdf"),
    );
    const { files, leftOut } = await filesOfDrop(dropped);
    expect(files.map(({ name }) => name)).toEqual(["一.docx", "三.docx", "二.docx", "四.pdf"]);
    expect(leftOut).toEqual([{ name: "锁.docx", says: expect.stringContaining("打不开") }]);
  });

  test("has no entries where a program dropped it: then its files are taken", async () => {
    const { files } = await filesOfDrop(dropOf(null));
    expect(files.map(({ name }) => name)).toEqual(["直接.docx"]);
  });

  test("beyond what can be handed in at once is told, once", async () => {
    const many = Array.from({ length: 5_003 }, (_, index) => fileEntry(`${index}.docx`));
    let deep: object = fileEntry("深.docx");
    for (let level = 0; level < 14; level++) deep = folder(`第${level}层`, [deep]);
    const { files, leftOut } = await filesOfDrop(dropOf(deep, folder("全部", many)));
    expect(files).toHaveLength(5_000);
    expect(leftOut.map(({ says }) => says)).toEqual([
      expect.stringContaining("太深"),
      expect.stringContaining("最多交5000个"),
    ]);
  });
});
