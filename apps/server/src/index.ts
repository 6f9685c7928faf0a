/** The server, as the command line knows it. */

export { backupInstallation, type Installation, type Maintained, restoreInstallation } from "./maintain.ts";
export { type KnownHead, type LogVerdict, verifyLog } from "./platform/event-log/log-file.ts";
export { type RunningServer, type ServeOptions, type ServeOutcome, serve } from "./serve.ts";
