/** The server, as the command line knows it. */
export { type RunningServer, type ServeOptions, type ServeOutcome, serve } from "./serve.ts";
