/** Figures of the finance system: imported, listed, and held against the forms. */
export { BudgetPage } from "./BudgetPage.tsx";
