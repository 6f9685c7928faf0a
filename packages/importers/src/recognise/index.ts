export { readForms } from "./read-forms.ts";
