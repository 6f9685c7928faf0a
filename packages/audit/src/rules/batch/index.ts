import type { Rule } from "../../rule.ts";
import { allProjectsFullMarks } from "./all-projects-full-marks.ts";
import { allTopGrade } from "./all-top-grade.ts";
import { boilerplateRows } from "./boilerplate-rows.ts";
import { bundledProjects } from "./bundled-projects.ts";
import { categoryOutvoted } from "./category-outvoted.ts";
import { categorySiblingsHave } from "./category-siblings-have.ts";
import { copiedFromOtherUnit } from "./copied-from-other-unit.ts";
import { differentActual } from "./different-actual.ts";
import { differentTargetLevel } from "./different-target-level.ts";
import { exactHitsInBatch } from "./exact-hits-in-batch.ts";
import { figureClaimedTwice } from "./figure-claimed-twice.ts";
import { formWithoutApprovedProject } from "./form-without-approved-project.ts";
import { fullMarks } from "./full-marks.ts";
import { likeAnswersScoredUnlike } from "./like-answers-scored-unlike.ts";
import { namesSharedByProjects } from "./names-shared-by-projects.ts";
import { oppositeComparison } from "./opposite-comparison.ts";
import { performanceAboveSpending } from "./performance-above-spending.ts";
import { projectNameTwice } from "./project-name-twice.ts";
import { projectWithoutForm } from "./project-without-form.ts";
import { projectsAgainstDepartmentTotal } from "./projects-against-department-total.ts";
import { publishedInTime } from "./published-in-time.ts";
import { reportCountDiffers } from "./report-count-differs.ts";
import { roundingDiffersBetweenForms } from "./rounding-differs-between-forms.ts";
import { sentencesSharedBetweenForms } from "./sentences-shared-between-forms.ts";
import { templatesMixed } from "./templates-mixed.ts";
import { unequalDeductions } from "./unequal-deductions.ts";

/** Rules of this section, in the order of their codes. */
export const BATCH_RULES: readonly Rule[] = [
  projectWithoutForm,
  formWithoutApprovedProject,
  projectNameTwice,
  projectsAgainstDepartmentTotal,
  performanceAboveSpending,
  fullMarks,
  allProjectsFullMarks,
  likeAnswersScoredUnlike,
  reportCountDiffers,
  copiedFromOtherUnit,
  publishedInTime,
  categoryOutvoted,
  exactHitsInBatch,
  boilerplateRows,
  categorySiblingsHave,
  unequalDeductions,
  allTopGrade,
  roundingDiffersBetweenForms,
  oppositeComparison,
  differentActual,
  differentTargetLevel,
  figureClaimedTwice,
  sentencesSharedBetweenForms,
  namesSharedByProjects,
  bundledProjects,
  templatesMixed,
];
