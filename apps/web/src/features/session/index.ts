/** Who is here; the page of login is loaded only for those who are not. */
export { SessionProvider, useSession } from "./session.tsx";
