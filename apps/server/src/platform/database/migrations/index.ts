import { foundation } from "./0001-foundation.ts";
import { reviews } from "./0002-reviews.ts";

/** A step of the database's shape: applied once, in order, never edited after a release. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/** All of them, in order. */
export const MIGRATIONS: readonly Migration[] = [foundation, reviews];
