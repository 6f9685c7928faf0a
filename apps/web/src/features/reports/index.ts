/** Reports on a body's year, and its forms as files. */
export { ReportsPage } from "./ReportsPage.tsx";
