/** The tree of bodies: region, departments, units. */
export { OrganisationsPage } from "./OrganisationsPage.tsx";
