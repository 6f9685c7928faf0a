import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

interface Control {
  readonly heading: string;
  readonly control: string;
  readonly file: string;
  readonly test: string;
}

const { controls } = JSON.parse(readFileSync(join(ROOT, "docs/security-controls.json"), "utf8")) as {
  controls: readonly Control[];
};

/** Headings of GB/T 22239-2019, level 3: secure computing environment and management centre. */
const HEADINGS = [
  ...["身份鉴别", "访问控制", "安全审计", "入侵防范", "恶意代码防范", "可信验证", "数据完整性", "数据保密性"],
  ...["数据备份恢复", "剩余信息保护", "个人信息保护", "系统管理", "审计管理", "安全管理", "集中管控"],
];

describe("the controls of security", () => {
  it.each(controls)("$heading: $control", ({ heading, file, test }) => {
    expect(HEADINGS).toContain(heading);
    // The name as it is written in the source: a test that was renamed or removed proves nothing any more.
    const source = readFileSync(join(ROOT, file), "utf8");
    expect(source).toContain(`"${test}"`);
  });

  it("are each listed once", () => {
    const keys = controls.map(({ control }) => control);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
