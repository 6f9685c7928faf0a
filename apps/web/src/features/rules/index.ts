/** Rules of the review and policy packs: what holds here, why, and what another pack would change. */
export { PoliciesPage } from "./PoliciesPage.tsx";
export { RulesPage } from "./RulesPage.tsx";
