/** Who is here: the login page, and the session every other feature asks about. */
export { LoginPage } from "./LoginPage.tsx";
export { SessionProvider, useSession } from "./session.tsx";
