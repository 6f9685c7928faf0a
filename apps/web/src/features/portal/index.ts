/** What the public sees, without login: what is published, what is not and why. */
export { PortalFormPage } from "./PortalFormPage.tsx";
export { PortalPage } from "./PortalPage.tsx";
export { RegionsPage } from "./RegionsPage.tsx";
