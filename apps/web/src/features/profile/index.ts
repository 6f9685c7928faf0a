/** Oneself: roles, password, second factor, sessions, tokens. */
export { ProfilePage } from "./ProfilePage.tsx";
