import { beforeAll, describe, expect, test, vi } from "vitest";

const MIB = 1024 * 1024;
let gather: typeof import("../src/features/imports/gather.ts").gather;

beforeAll(async () => {
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.stubGlobal("document", { documentElement: { lang: "" } });
  await (await import("../src/i18n/words.ts")).prepareWords();
  ({ gather } = await import("../src/features/imports/gather.ts"));
});

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
