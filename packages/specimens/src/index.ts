/** Seeded, realistic forms under invented bodies, and defects planted in them: for tests, bench and demo. Pure. */
export { cleanForm, type SpecimenOptions } from "./clean.ts";
export type { Course, CourseMoney, RowCourse } from "./course.ts";
export type { BatchDefect, Defect, FormDefect, Planted, PlantedBatch } from "./defects/defect.ts";
export { DEFECTS } from "./defects/index.ts";
export { retotal } from "./edit.ts";
export {
  declarationForm,
  flatDepartmentForm,
  type KindOptions,
  monitoringForm,
  regionalForm,
  reviewSheetForm,
  shanghaiDeclarationForm,
} from "./kinds.ts";
export { type Random, randomFrom } from "./random.ts";
export { SHAPED_TEMPLATES } from "./shapes.ts";
export type { Theme, ThemeRow } from "./themes.ts";
export { FIELD_COUNT, type VariedOptions, variedBatch, variedForm } from "./varied.ts";
