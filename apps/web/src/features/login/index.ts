/** Login, and what still stands between a login and the work: second factor, first password. */

export { LoginPage } from "./LoginPage.tsx";
export { loadLoginAgain } from "./login-again.ts";
