/** Login, and what still stands between a login and the work: second factor, first password. */
export { LoginAgain } from "./LoginAgain.tsx";
export { LoginPage } from "./LoginPage.tsx";
