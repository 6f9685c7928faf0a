/** Where the platform says what it does: the part of the server's logger it needs, so that a command or a test can give its own. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
