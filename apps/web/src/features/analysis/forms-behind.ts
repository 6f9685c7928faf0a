/** The forms behind a figure: without what draws, so that a list is there at once. */
export { FormsBehindPage } from "./FormsBehindPage.tsx";
