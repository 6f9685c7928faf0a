/**
 * How a fact is known: `primary` (official page, or an official form as published), `secondary` (reprint, digest,
 * observed practice), `unread` (from memory). Nothing is enforced (`must`) on `unread` words alone.
 */
export type Standing = "primary" | "secondary" | "unread";

/** What kind of source it is: a legal text, a published official form, or observed practice. */
export type SourceKind = "instrument" | "published-form" | "practice";

export interface Clause {
  /** What the clause says, in our words. */
  readonly says: string;
  readonly standing: Standing;
}

export interface Instrument {
  readonly kind: SourceKind;
  /** 文号 or short name. */
  readonly number: string;
  readonly title: string;
  /** ISO date or year, null where it is not known. */
  readonly date: string | null;
  readonly governs: string;
  /** How far number, title and date were read. */
  readonly standing: Standing;
  readonly clauses: Readonly<Record<string, Clause>>;
}

/** Keeps literal keys, so that `cite` knows every clause by name at compile time. */
function instruments<const T extends Record<string, Instrument>>(table: T): T {
  return table;
}

export const INSTRUMENTS = instruments({
  "mof-2020-10": {
    kind: "instrument",
    number: "财预〔2020〕10号",
    title: "项目支出绩效评价管理办法",
    date: "2020-02-25",
    governs: "单位自评、部门评价、财政评价；单位自评的计分",
    standing: "primary",
    clauses: {
      权重: { says: "原则上预算执行率10分、产出50分、效益30分、满意度10分，可以调整", standing: "secondary" },
      "定量·未完成": { says: "定量指标未完成的，按完成值与指标值的比例计分", standing: "secondary" },
    },
  },
});

export type InstrumentId = keyof typeof INSTRUMENTS;
export type ClauseTopic<I extends InstrumentId> = keyof (typeof INSTRUMENTS)[I]["clauses"] & string;

/** A clause as a rule, pack or step cites it. */
export interface Citation {
  readonly instrument: InstrumentId;
  readonly clause: string;
  readonly standing: Standing;
}

/** Cites one clause; an instrument or clause that is not in the table does not compile. */
export function cite<I extends InstrumentId>(instrument: I, clause: ClauseTopic<I>): Citation {
  const clauses: Readonly<Record<string, Clause>> = INSTRUMENTS[instrument].clauses;
  const found = clauses[clause];
  if (!found) throw new Error(`no clause ${clause} in ${instrument}`);
  return { instrument, clause, standing: found.standing };
}

const STANDING_WORDS: Record<Standing, string> = { primary: "已核原文", secondary: "据转述或实务", unread: "未核原文" };

/** One line for people: 财预〔2020〕10号《项目支出绩效评价管理办法》·权重（据转述或实务）. */
export function showCitation(citation: Citation): string {
  const instrument: Instrument = INSTRUMENTS[citation.instrument];
  const title = instrument.kind === "instrument" ? `${instrument.number}《${instrument.title}》` : instrument.title;
  return `${title}·${citation.clause}（${STANDING_WORDS[citation.standing]}）`;
}
