import { remembered } from "@jiheng/domain";

/** What a unit counts or measures. `rank` is no unit of an amount; `composite` is a unit per another unit. */
export type UnitClass =
  | "people"
  | "visits"
  | "households"
  | "bodies"
  | "events"
  | "things"
  | "cases"
  | "length"
  | "area"
  | "weight"
  | "volume"
  | "energy"
  | "money"
  | "time"
  | "lessons"
  | "percent"
  | "score"
  | "rank"
  | "composite";

const WORDS: Readonly<Record<UnitClass, string>> = {
  people: "人 名 位 人员 学生 学员",
  visits: "人次 人·次 人(次) 人/次 人次数",
  households: "户 户数 户次",
  bodies: "家 所 村 镇 乡 社区 街道 乡镇 校 县 区 市 个村 个镇 个社区 个乡镇 个县 单位 企业",
  events: "次 场 场次 期 届 批 批次 回 轮 班 班次 节 趟 车次 架次",
  things:
    "个 本 册 份 套 台 辆 张 篇 项 处 座 幢 栋 间 条 只 头 株 棵 艘 部 块 盏 根 口 眼 片 支 幅 门 枚 盘 卷 箱 袋 瓶 盒 包 羽 尾 台套 套(台) 台(套) 台/套 架 孔 对 面 颗 组 点 床 张床 杆 扇 把 部(套) 副 件套",
  cases: "件 起 宗 例 案 件次 例次",
  length: "米 公里 千米 km 延米 里 m 厘米 毫米",
  area: "亩 平方米 平米 ㎡ m2 公顷 平方公里 平方千米 km2",
  weight: "吨 公斤 千克 kg t 斤 克",
  volume: "立方米 m3 m³ 方 立方 升 毫升",
  energy: "千瓦时 度 千瓦 兆瓦 吨标准煤 吨标煤",
  money: "元 圆 角 美元 块钱",
  time: "天 日 个工作日 工作日 小时 分钟 秒 个月 月 年 周 个季度 季度 自然日 个自然日",
  lessons: "课时 学时 节课 个课时 个学时",
  percent: "% ％ 百分比 百分之 ‰ 个百分点 百分点 成",
  score: "分 星 星级 级",
  rank: "",
  composite: "",
};

const CLASS = new Map<string, UnitClass>();
for (const [name, words] of Object.entries(WORDS) as [UnitClass, string][])
  for (const word of words.split(" ")) if (word !== "") CLASS.set(word, name);

const SAME: Readonly<Record<string, string>> = {
  名: "人",
  位: "人",
  人员: "人",
  人·次: "人次",
  "人(次)": "人次",
  "人/次": "人次",
  平米: "平方米",
  "㎡": "平方米",
  m2: "平方米",
  千米: "公里",
  km: "公里",
  千克: "公斤",
  kg: "公斤",
  t: "吨",
  "m³": "立方米",
  m3: "立方米",
  立方: "立方米",
  方: "立方米",
  日: "天",
  自然日: "天",
  个自然日: "天",
  工作日: "个工作日",
  月: "个月",
  学时: "课时",
  个课时: "课时",
  个学时: "课时",
  "％": "%",
  百分比: "%",
  百分之: "%",
  个百分点: "%",
  百分点: "%",
  圆: "元",
  场次: "场",
  批次: "批",
  班次: "班",
  起: "件",
  宗: "件",
  案: "件",
  册: "本",
  台套: "台",
  "台(套)": "台",
  "套(台)": "台",
  "台/套": "台",
};

const SCALE = /^(?:百万|千万|十万|万亿|万|亿|千|百)(?=.)/;
const RANK =
  /^(?:前[一二三四五六七八九十\d]+|第[一二三四五六七八九十\d]+|名次|位次|第?名次|等级|[一二三]等)$/;

const bareUnit = remembered((unit) =>
  unit
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^[(（](.*)[)）]$/, "$1"),
);

/** The scale word a unit begins with (万人 → 万), or "". */
export function scaleOf(unit: string | null): string {
  return unit === null ? "" : (SCALE.exec(bareUnit(unit))?.[0] ?? "");
}

/** Class of a printed unit, null where it is unknown or none is printed. 万, 百 and the like before it do not matter. */
export function unitClassOf(unit: string | null): UnitClass | null {
  return unit === null ? null : classOf(unit);
}

const classOf = remembered((unit): UnitClass | null => {
  const bare = bareUnit(unit);
  if (bare === "") return null;
  const direct = CLASS.get(bare) ?? CLASS.get(bare.replace(SCALE, ""));
  if (direct) return direct;
  if (RANK.test(bare)) return "rank";
  if (/[/每·]/.test(bare)) return "composite";
  return null;
});

/** One spelling per unit (名 → 人, 平米 → 平方米), scale word kept, for comparing two units. */
export function sameUnit(a: string, b: string): boolean {
  return a === b || spelled(a) === spelled(b);
}

const spelled = remembered((unit) => {
  const bare = bareUnit(unit);
  const scale = CLASS.has(bare) ? "" : (SCALE.exec(bare)?.[0] ?? "");
  const rest = bare.slice(scale.length);
  return scale + (SAME[rest] ?? rest);
});

const COUNTING: ReadonlySet<UnitClass> = new Set([
  "people",
  "visits",
  "households",
  "bodies",
  "events",
  "things",
  "cases",
  "lessons",
  "length",
  "area",
]);

/** Whether the unit counts people, bodies, events, things or a built extent: what an output is counted in. */
export function isCounting(unit: UnitClass | null): boolean {
  return unit !== null && COUNTING.has(unit);
}

/** Units in which one and the same thing is loosely counted side by side (个 for 家, 期 for 场). */
const LOOSE: Readonly<Partial<Record<UnitClass, string>>> = {
  people: "person",
  visits: "person",
  households: "body",
  bodies: "body",
  events: "event",
  things: "thing",
  cases: "thing",
  lessons: "lesson",
};

/** Whether two different units can still be meant for the same thing; 个 fits nearly everything. */
export function looselyAlike(a: string, b: string): boolean {
  if (sameUnit(a, b)) return true;
  if (scaleOf(a) !== scaleOf(b)) return false;
  if (/个$/.test(bareUnit(a)) || /个$/.test(bareUnit(b))) {
    const other = unitClassOf(/个$/.test(bareUnit(a)) ? b : a);
    return (
      other === "bodies" ||
      other === "events" ||
      other === "things" ||
      other === "cases" ||
      other === "people"
    );
  }
  const first = unitClassOf(a);
  const second = unitClassOf(b);
  if (first === null || second === null) return true;
  const loose = LOOSE[first];
  return loose !== undefined && loose === LOOSE[second];
}
