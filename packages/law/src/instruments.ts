import type { Clause, Instrument, Standing } from "./instrument.ts";
import { LOCAL } from "./instruments/local.ts";
import { NATIONAL } from "./instruments/national.ts";
import { PRACTICE } from "./instruments/practice.ts";
import { PUBLISHED_FORMS } from "./instruments/published-forms.ts";

/** Every source the project rests on, by id, with the clauses that were read and how far. */
export const INSTRUMENTS = { ...NATIONAL, ...LOCAL, ...PUBLISHED_FORMS, ...PRACTICE };

/** The id of a source that is stated here. */
export type InstrumentId = keyof typeof INSTRUMENTS;
/** A clause of that source, by its Chinese topic: any other word does not compile. */
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

/** The clause behind a citation: what it says and how far it was read. */
export function clauseOf(citation: Citation): Clause {
  const clauses: Readonly<Record<string, Clause>> = INSTRUMENTS[citation.instrument].clauses;
  const found = clauses[citation.clause];
  if (!found) throw new Error(`no clause ${citation.clause} in ${citation.instrument}`);
  return found;
}

/**
 * Whether a `must` may rest on this clause alone: read at its source (`primary`), or known from practice inside the
 * pack of its own place (`ownPack`) and not merely repeated from a text nobody re-read.
 */
export function mayBind(citation: Citation, ownPack = false): boolean {
  if (citation.standing === "primary") return true;
  return ownPack && citation.standing === "secondary" && clauseOf(citation).notReread !== true;
}

/** How a standing is said to people. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  primary: "已核原文",
  secondary: "据转述或实务",
  unread: "未核原文",
};

/** One line for people: 财预〔2020〕10号《项目支出绩效评价管理办法》·权重（据转述或实务）. */
export function showCitation(citation: Citation): string {
  const instrument: Instrument = INSTRUMENTS[citation.instrument];
  const title =
    instrument.kind === "instrument" ? `${instrument.number}《${instrument.title}》` : instrument.title;
  return `${title}·${citation.clause}（${STANDING_WORDS[citation.standing]}）`;
}
