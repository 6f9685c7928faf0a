/** Why no server could be had: decides what a person can do about it. */
export type PostgresTrouble =
  | "noBinaries"
  | "otherVersion"
  | "folder"
  | "account"
  | "cannotInitialise"
  | "cannotStart";

/** The machine gives us no PostgreSQL. `message` is for the person at the command line: what, why, what to do. */
export class PostgresUnavailable extends Error {
  override readonly name = "PostgresUnavailable";
  readonly trouble: PostgresTrouble;

  constructor(trouble: PostgresTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}
