/** Seeded, realistic forms under invented bodies, and defects planted in them: for tests, bench and demo. Pure. */
export { cleanForm, type SpecimenOptions } from "./clean.ts";
export { type Random, randomFrom } from "./random.ts";
