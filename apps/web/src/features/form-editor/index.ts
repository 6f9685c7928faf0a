/** One form, written in, scored and reviewed as one types; and the same sheet to practise on. */
export { textAt } from "./draft.ts";
export { FormEditorPage } from "./FormEditorPage.tsx";
export { PracticeEditor, type Practised } from "./PracticeEditor.tsx";
