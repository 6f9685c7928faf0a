/** The first installation: a region, its bureau and the three administrators. */
export { SetupPage } from "./SetupPage.tsx";
