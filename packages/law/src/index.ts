export type { Citation, ClauseTopic, Instrument, InstrumentId, Standing } from "./instruments.ts";
export { cite, INSTRUMENTS, showCitation } from "./instruments.ts";
