/** The forms a person may see. */
export { SubmissionsPage } from "./SubmissionsPage.tsx";
