/** Accounts, as other features ask about them and change them. */

export { frontPage } from "./front-page.ts";
export { aboutAccount } from "./log-in.ts";
export { endSessions, revokeTokens, setPassword, setTotp, tokensOf } from "./store.ts";
