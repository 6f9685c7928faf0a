/** Accounts of the region and what they may do where. */
export { AccountsPage } from "./AccountsPage.tsx";
