/** The department's report: figures to a document in which every number is bound to cells of the forms. */
export type { Report } from "./compose-report.ts";
export { type DepartmentReportSource, departmentReport } from "./department-report.ts";
export { type ReportRecord, reportRecord } from "./report-record.ts";
export { type ReportDifference, verifyReport } from "./verify-report.ts";
