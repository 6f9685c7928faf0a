/** Mid-year: lamps of goals and money, and what the end of the year would bring. */
export { MonitoringPage } from "./MonitoringPage.tsx";
