/** The library of projects, and one project over its years. */
export { ProjectPage } from "./ProjectPage.tsx";
export { ProjectsPage } from "./ProjectsPage.tsx";
