/** The library of indicators: how each is used, and into a form with it. */
export { IndicatorsPage } from "./IndicatorsPage.tsx";
