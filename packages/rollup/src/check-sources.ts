import { type Form, yuanPer } from "@jiheng/domain";
import type { Conflict, ConflictCode, Term } from "./derivation.ts";
import { type Leaf, termOf } from "./leaf.ts";
import { nameKey } from "./lexicon/names.ts";

const NOT_ROLLED_UP: Readonly<Record<string, string>> = {
  "target-declaration": "绩效目标申报表",
  monitoring: "绩效运行监控表",
  review: "复核表",
};

const KINDS: Readonly<Record<string, string>> = {
  "project-self-evaluation": "项目支出绩效自评表",
  "department-self-evaluation": "部门整体支出绩效自评表",
  "transfer-self-evaluation": "转移支付绩效自评表",
  "regional-self-evaluation": "区域绩效自评表",
  unknown: "未能识别的表",
  ...NOT_ROLLED_UP,
};

/** Values and the projects that have them, in words: "2023：甲、乙；2024：丙". */
function sidesOf(leaves: readonly Leaf[], fieldOf: (form: Form) => string): string {
  const sides = new Map<string, string[]>();
  for (const leaf of leaves) {
    const value = fieldOf(leaf.form);
    sides.set(value, [...(sides.get(value) ?? []), `“${leaf.title}”`]);
  }
  const shown = (titles: readonly string[]): string =>
    titles.length > 3 ? `${titles.slice(0, 2).join("、")}等${titles.length}个项目` : titles.join("、");
  return [...sides].map(([value, titles]) => `${shown(titles)}为${value}`).join("，");
}

/** Project, unit, year and money: what two readings of one form share though their ids differ. */
function likenessOf({ form: { project, unit, year, funds } }: Leaf): string | null {
  const total = funds[0];
  if (project === null || total === undefined) return null;
  return [project, unit, year, total.adjustedBudget, total.expenditure].join("|");
}

/** The figures of the rows, which tell two forms of one name and budget apart. */
function rowsOf({ form }: Leaf): string {
  return form.indicators
    .map((row) => `${nameKey(row.name ?? "")} ${row.actual.value ?? nameKey(row.actual.text ?? "")}`)
    .join("|");
}

/** Forms alike in project, unit, year and money whose rows differ: two forms, or one form in two states. In words. */
export function alikeForms(leaves: readonly Leaf[]): readonly string[] {
  const seen = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const alike = likenessOf(leaf);
    if (alike !== null) seen.set(alike, [...(seen.get(alike) ?? []), leaf]);
  }
  return [...seen.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length < 2) return [];
    const files = same.flatMap(({ file }) => (file === null ? [] : [file]));
    const where = files.length > 0 ? `（${files.join("、")}）` : "";
    return [
      `有${same.length}张表的项目“${first.title}”、单位和金额都相同而指标不同${where}，已分别计入；请确认不是同一张表的两个版本`,
    ];
  });
}

/** Whether forms may stand in one roll-up at all: every reason against it, by head and money. */
export function checkSources(leaves: readonly Leaf[], template: string | null): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const refuse = (code: ConflictCode, says: string, remedy: string, terms: readonly Term[]): void => {
    conflicts.push({ code, says, remedy, terms });
  };
  if (leaves.length === 0) {
    refuse("nothing", "没有可以汇总的表", "请指定要汇总的二级项目自评表", []);
    return conflicts;
  }
  const seen = new Map<string, Leaf>();
  for (const leaf of leaves) {
    const { project } = leaf.form;
    const alike = likenessOf(leaf);
    const keys = [`id ${leaf.form.id}`];
    if (alike !== null) keys.push(`name ${alike}|${rowsOf(leaf)}`);
    const twin = keys.map((key) => seen.get(key)).find((each) => each !== undefined);
    if (twin) {
      refuse(
        "same-form-twice",
        `“${twin.title}”出现了两次${twin.file && leaf.file ? `（${twin.file}、${leaf.file}）` : ""}，汇总会重复计算`,
        "请去掉重复的一张",
        [termOf(twin, "project", project), termOf(leaf, "project", project)],
      );
      continue;
    }
    for (const key of keys) seen.set(key, leaf);
  }
  const differ = (
    code: ConflictCode,
    place: string,
    what: string,
    remedy: string,
    fieldOf: (form: Form) => string | null,
    show: (value: string) => string = (value) => value,
  ): void => {
    const values = new Set(leaves.map((leaf) => fieldOf(leaf.form)).filter((value) => value !== null));
    if (values.size < 2) return;
    const sides = sidesOf(leaves, (form) => {
      const value = fieldOf(form);
      return value === null ? "未填" : show(value);
    });
    refuse(
      code,
      `${what}不同：${sides}`,
      remedy,
      leaves.map((leaf) => termOf(leaf, place, fieldOf(leaf.form))),
    );
  };
  differ(
    "kind",
    "kind",
    "表的种类",
    "不同种类的表请分别汇总",
    (form) => form.kind,
    (value) => KINDS[value] ?? value,
  );
  if (template === null)
    differ(
      "template",
      "template",
      "表式",
      "请用 --template 指定汇总表的表式，例如 --template national",
      (form) => form.template,
    );
  differ("year", "year", "年度", "只能汇总同一年度的表，请分年度汇总", (form) =>
    form.year === null ? null : String(form.year),
  );
  for (const leaf of leaves) {
    const named = NOT_ROLLED_UP[leaf.form.kind];
    if (named)
      refuse("kind", `“${leaf.title}”是${named}，不是自评表`, "请换成该项目的绩效自评表", [
        termOf(leaf, "kind", named),
      ]);
  }
  const units = leaves.map((leaf) => leaf.form.moneyUnit);
  const known = leaves.find((leaf) => yuanPer(leaf.form.moneyUnit) !== null);
  const beside = known ? `（“${known.title}”为${known.form.moneyUnit}）` : "";
  if (units.some((unit) => unit !== null))
    for (const leaf of leaves) {
      const unit = leaf.form.moneyUnit;
      if (yuanPer(unit) !== null) continue;
      refuse(
        "money-unit",
        unit === null
          ? `“${leaf.title}”没有印金额单位，不能与其他项目${beside}相加`
          : `“${leaf.title}”的金额单位“${unit}”不能与其他项目${beside}换算`,
        "请在该表上写明金额单位（元、万元或亿元）",
        [termOf(leaf, "moneyUnit", unit)],
      );
    }
  return conflicts;
}
