/** The publication officer's desk: what can be published, what is withheld and why. */
export { PublicationPage } from "./PublicationPage.tsx";
