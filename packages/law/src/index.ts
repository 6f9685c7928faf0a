/** What the state has said: sources, their clauses, and how far each was read. Imports nothing. */
export type { Clause, Instrument, SourceKind, Standing } from "./instrument.ts";
export type { Citation, ClauseTopic, InstrumentId } from "./instruments.ts";
export { cite, clauseOf, INSTRUMENTS, mayBind, STANDING_WORDS, showCitation } from "./instruments.ts";
export { lawCatalogue } from "./law-catalogue.ts";
