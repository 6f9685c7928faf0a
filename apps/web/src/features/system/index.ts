/** What keeps the system itself: backups, and the addresses that are told of events. */
export { SystemPage } from "./SystemPage.tsx";
