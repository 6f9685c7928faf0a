import { decimal, type Form, type FundSource, multiply, parseDecimal, round } from "@jiheng/domain";
import {
  declarationForm,
  monitoringForm,
  type Random,
  randomFrom,
  shanghaiDeclarationForm,
  variedForm,
} from "@jiheng/specimens";
import type { Desk, Kind, OrganisationKind, Role, State } from "@jiheng/workflow";
import { courseOf } from "./course.ts";
import {
  OF_TARGETS,
  SENT_BACK_FOR,
  sentBackFor,
  withDefect,
  withoutReasons,
  withRoundedMarks,
  withTargetDefect,
} from "./faults.ts";
import { temperOf } from "./temper.ts";

/** A body of the demo's district; `key` names it inside the demo only. */
export interface DemoOrganisation {
  readonly key: string;
  readonly kind: OrganisationKind;
  readonly parent: string | null;
  readonly code: string;
  readonly name: string;
}

/** A person of the demo, with one role. */
export interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
}

/** A project of the demo; a placeholder is a classified one of which nothing more is known. */
export interface DemoProject {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly unit: string;
  readonly placeholder: string | null;
}

/** One document of the finance system, in fen. */
export interface DemoEntry {
  readonly project: string;
  readonly year: number;
  readonly source: FundSource;
  readonly nature: "approved" | "adjustment" | "payment";
  readonly fen: bigint;
  readonly on: string;
  readonly document: string;
}

/** One form of the demo and where it stands. A form that was not begun is null; `clean` is the same without a defect. */
export interface DemoSubmission {
  readonly project: string;
  readonly year: number;
  readonly kind: Kind;
  readonly month: number | null;
  readonly form: Form | null;
  readonly clean: Form | null;
  readonly state: State;
  readonly desk: Desk | null;
  readonly withheld: string | null;
  /** Code of the check whose finding it was returned for. */
  readonly returned: string | null;
}

/** A whole invented district over four years. */
export interface DemoDistrict {
  readonly region: { readonly code: string; readonly name: string };
  readonly organisations: readonly DemoOrganisation[];
  readonly people: readonly DemoPerson[];
  readonly projects: readonly DemoProject[];
  readonly entries: readonly DemoEntry[];
  readonly submissions: readonly DemoSubmission[];
}

const PLACE = "青禾区";
const REGION = "qinghe";

/** Each department with the fields its projects come from (numbers of the specimens) and the layout it fills. */
const DEPARTMENTS: readonly (readonly [string, readonly number[], string])[] = [
  ["教育体育局", [0, 14], "national"],
  ["水利局", [1], "anhui"],
  ["文化旅游局", [2], "national"],
  ["农业农村局", [3, 11], "yunnan"],
  ["卫生健康局", [4], "national"],
  ["交通运输局", [5, 10], "shanghai-bureau-a"],
  ["民政局", [6, 16], "shanghai-bureau-a"],
  ["城市管理局", [7], "national"],
  ["经济和科学技术局", [8, 17], "sichuan-0013zp"],
  ["司法局", [9], "national"],
  ["住房和城乡建设局", [12], "yunnan"],
  ["生态环境和应急管理局", [13, 15], "anhui"],
];
const PARTS = ["城关", "东岭", "河湾", "北塘", "新市"];
const UNITS_EACH = PARTS.length;
const PROJECTS = 150;
/** Projects that are older than two years. */
const EARLIEST = 100;
const SURNAMES = [
  ..."陈林黄吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹",
];
const GIVEN = [..."敏静磊洋勇艳杰娟涛明超兰霞平刚燕辉玲军华丹萍鹏辰宁琳瑞晨楠璐"];

/** Where the self-evaluations of the year in work stand: [state, desk, share of 150]. All states that can be are there. */
const IN_WORK: Shares = [
  ["issued", null, 14],
  ["draft", null, 24],
  ["submitted", "unit", 8],
  ["submitted", "department", 22],
  ["under-review", "department", 16],
  ["returned", null, 12],
  ["withdrawn", null, 4],
  ["review-cancelled", "department", 3],
  ["approved", null, 42],
  ["published", null, 5],
];
/** The same for the declarations of the coming year. */
const COMING: Shares = [
  ["issued", null, 30],
  ["draft", null, 34],
  ["submitted", "unit", 10],
  ["submitted", "department", 20],
  ["under-review", "department", 10],
  ["submitted", "finance", 12],
  ["under-review", "finance", 6],
  ["returned", null, 8],
  ["approved", null, 20],
];

type Shares = readonly (readonly [State, Desk | null, number])[];

function standing(shares: Shares, index: number): { readonly state: State; readonly desk: Desk | null } {
  // A step that is prime to the number of projects, so that every department has some of each state.
  let left = (index * 67) % PROJECTS;
  for (const [state, desk, share] of shares) {
    left -= share;
    if (left < 0) return { state, desk };
  }
  return { state: "draft", desk: null };
}

function nameOf(random: Random): string {
  return `${random.pick(SURNAMES)}${random.pick(GIVEN)}${random.chance(60) ? random.pick(GIVEN) : ""}`;
}

function organisations(): DemoOrganisation[] {
  const list: DemoOrganisation[] = [
    { key: "region", kind: "region", parent: null, code: "900", name: `${PLACE}财政局` },
  ];
  DEPARTMENTS.forEach(([name, fields], index) => {
    const code = String(101 + index);
    list.push({ key: `d${index}`, kind: "department", parent: "region", code, name: `${PLACE}${name}` });
    const own = variedForm({ seed: 1, template: "national", field: fields[0] ?? 0, place: "" }).unit ?? name;
    PARTS.forEach((part, unit) => {
      list.push({
        key: `d${index}u${unit}`,
        kind: "unit",
        parent: `d${index}`,
        code: `${code}${String(unit + 1).padStart(3, "0")}`,
        name: `${PLACE}${part}${own}`,
      });
    });
  });
  return list;
}

function people(bodies: readonly DemoOrganisation[], random: Random): DemoPerson[] {
  const list: DemoPerson[] = [];
  const add = (login: string, role: Role, organisation: string): void => {
    list.push({ login, name: nameOf(random), role, organisation });
  };
  add("caizheng", "finance-officer", "region");
  add("gongkai", "publication-officer", "region");
  add("shenji", "auditor", "region");
  add("xitong", "administrator", "region");
  add("anquan", "security-administrator", "region");
  add("disanfang", "third-party", "region");
  // A roll-up passes desks of the department itself: a head of its own, and a reviewer who did not make it.
  add("fuzeren101", "unit-head", "d0");
  add("fuhe101", "department-reviewer", "d0");
  for (const body of bodies) {
    if (body.kind === "department") add(`zhuguan${body.code}`, "department-reviewer", body.key);
    if (body.kind === "unit") {
      add(`jingban${body.code}`, "clerk", body.key);
      add(`fuzeren${body.code}`, "unit-head", body.key);
    }
  }
  return list;
}

interface Drafted extends DemoProject {
  readonly field: number;
  readonly template: string;
  readonly number: number;
}

function projects(bodies: readonly DemoOrganisation[]): Drafted[] {
  const units = bodies.filter((body) => body.kind === "unit");
  const list: Drafted[] = [];
  for (let number = 0; number < PROJECTS; number += 1) {
    const unit = units[(number * 7) % units.length] as DemoOrganisation;
    const department = Number(unit.key.slice(1).split("u")[0]);
    const [, fields, template] = DEPARTMENTS[department] as (typeof DEPARTMENTS)[number];
    const round = Math.floor(number / units.length);
    const field = fields[round % fields.length] ?? 0;
    const matter = variedForm({ seed: 1, template: "national", field, place: "" }).project ?? "";
    const part = PARTS[Number(unit.key.split("u")[1]) % UNITS_EACH] ?? "";
    const again = Math.floor(round / fields.length);
    list.push({
      key: `p${number}`,
      code: `${unit.code}-${String(number + 1).padStart(3, "0")}`,
      name: `${part}${matter}${["", "（二期）", "（三期）"][again] ?? ""}`,
      department: `d${department}`,
      unit: unit.key,
      placeholder: null,
      field,
      template,
      number,
    });
  }
  return list;
}

/** The figures of the finance system that belong to a form without a defect; payments in three parts. */
function entriesOf(project: string, form: Form, year: number): DemoEntry[] {
  const fen = (figure: string | null): bigint => {
    const value = parseDecimal(figure);
    return value === null ? 0n : round(multiply(value, decimal(1_000_000)), 0, "half-up").units;
  };
  const list: DemoEntry[] = [];
  form.funds.forEach((fund, index) => {
    if (fund.source === "total") return;
    const approved = fen(fund.initialBudget ?? fund.adjustedBudget);
    const change = fen(fund.adjustedBudget) - approved;
    const paid = fen(fund.expenditure);
    const add = (nature: DemoEntry["nature"], amount: bigint, on: string, document: string): void => {
      if (amount !== 0n)
        list.push({
          project,
          year,
          source: fund.source,
          nature,
          fen: amount,
          on,
          document: `${document}-${index}`,
        });
    };
    add("approved", approved, `${year}-01-15`, `${year}指标1号`);
    add("adjustment", change, `${year}-07-20`, `${year}追减7号`);
    const part = paid / 3n;
    add("payment", part, `${year}-04-12`, `${year}支付4号`);
    add("payment", part, `${year}-08-09`, `${year}支付8号`);
    add("payment", paid - 2n * part, `${year}-12-05`, `${year}支付12号`);
  });
  return list;
}

/**
 * An invented district of twelve departments, sixty units and 150 projects in four years: the forms of the two past years published, this
 * year's in every state, next year's targets under way; about one form in three of the year in work has a defect that real forms have.
 * `year` is the year whose self-evaluations are in work. The same year gives the same district.
 */
export function demoDistrict(year: number): DemoDistrict {
  const random = randomFrom(20_260_101);
  const bodies = organisations();
  const nameOfBody = new Map(bodies.map((body) => [body.key, body.name]));
  const drafted = projects(bodies);
  const entries: DemoEntry[] = [];
  const submissions: DemoSubmission[] = [];
  for (const project of drafted) {
    const formOf = (of: number): Form => ({
      ...variedForm({
        seed: project.number * 10 + (of - year) + 4,
        template: project.template,
        year: of,
        field: project.field,
        place: PLACE,
        course: courseOf({
          number: project.number,
          department: Number(project.department.slice(1)),
          year: of,
          from: of - year,
        }),
      }),
      project: project.name,
      projectCode: project.code,
      department: nameOfBody.get(project.department) ?? null,
      departmentCode: null,
      unit: nameOfBody.get(project.unit) ?? null,
    });
    const declared = (form: Form, of: number): Form =>
      (project.template === "shanghai-bureau-a" ? shanghaiDeclarationForm : declarationForm)({
        seed: project.number,
        year: of,
        of: form,
      });
    const add = (of: number, kind: Kind, form: Form | null, more: Partial<DemoSubmission>): void => {
      submissions.push({
        project: project.key,
        year: of,
        kind,
        month: null,
        form,
        clean: form,
        state: "approved",
        desk: null,
        withheld: null,
        returned: null,
        ...more,
      });
    };
    const rounded = temperOf(Number(project.department.slice(1))).roundedUp;
    const handedIn = (form: Form, number: number, isFaulty: boolean): Form => {
      if (isFaulty) return withDefect(form, number);
      const chance = randomFrom(number * 19 + 1);
      return chance.chance(rounded + 8 * (year - (form.year ?? year))) ? withRoundedMarks(form) : form;
    };
    const [first, before, now, next] = [
      formOf(year - 2),
      formOf(year - 1),
      formOf(year),
      formOf(year + 1),
    ] as const;
    const paid = project.number < EARLIEST ? [first, before, now] : [before, now];
    for (const form of paid) entries.push(...entriesOf(project.key, form, form.year ?? year));

    // Later phases were not there yet.
    if (project.number < EARLIEST)
      add(year - 2, "self-evaluation", handedIn(first, project.number + 900, project.number % 11 === 6), {
        state: project.number % 4 === 1 ? "archived" : "published",
      });

    add(year - 1, "target-declaration", declared(before, year - 1), {});
    const kept =
      project.number % 30 === 7 ? "涉及个人隐私，依照《政府信息公开条例》第十五条不予公开。" : null;
    add(year - 1, "self-evaluation", handedIn(before, project.number + 500, project.number % 9 === 4), {
      state: kept ? "approved" : project.number % 15 === 3 ? "archived" : "published",
      withheld: kept,
    });

    add(year, "target-declaration", declared(now, year), {});
    const lag = { soFar: 62, lagging: project.number % 4 === 0 ? 20 : 46 };
    add(year, "monitoring", monitoringForm({ seed: project.number, year, of: now, ...lag }), { month: 7 });
    const place = standing(IN_WORK, project.number);
    const isUnfinished = place.state === "draft" && project.number % 3 === 0;
    const filled = handedIn(now, project.number, random.chance(32));
    const own = isUnfinished ? withoutReasons(filled) : filled;
    const back = place.state === "returned" ? sentBackFor(now, SENT_BACK_FOR, project.number) : null;
    const form = back?.form ?? own;
    add(year, "self-evaluation", place.state === "issued" ? null : form, {
      ...place,
      clean: now,
      returned: back?.code ?? null,
    });

    const coming = standing(COMING, project.number);
    const targets = random.chance(35) ? withTargetDefect(next, project.number) : next;
    const asked =
      coming.state === "returned"
        ? sentBackFor(next, OF_TARGETS, project.number, (given) => declared(given, year + 1))
        : null;
    const declaration = declared(asked?.form ?? targets, year + 1);
    add(year + 1, "target-declaration", coming.state === "issued" ? null : declaration, {
      ...coming,
      clean: declared(next, year + 1),
      returned: asked?.code ?? null,
    });
  }
  const hidden: DemoProject[] = [
    {
      key: "p-hidden",
      code: "110001-900",
      name: "（涉密项目）",
      department: "d9",
      unit: "d9u0",
      placeholder: "按保密规定不纳入本系统，绩效自评另行组织。",
    },
  ];
  return {
    region: { code: REGION, name: PLACE },
    organisations: bodies,
    people: people(bodies, random),
    projects: [...drafted, ...hidden].map(({ key, code, name, department, unit, placeholder }) => ({
      key,
      code,
      name,
      department,
      unit,
      placeholder,
    })),
    entries,
    submissions,
  };
}
