export { type FormsReading, readForms } from "./read-forms.ts";
