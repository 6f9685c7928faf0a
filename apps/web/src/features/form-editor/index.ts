/** One form, written in, scored and reviewed as one types. */
export { FormEditorPage } from "./FormEditorPage.tsx";
