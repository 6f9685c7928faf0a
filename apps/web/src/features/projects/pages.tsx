import { ProjectOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

const load = () => import("./index.ts");

/** The library of projects, and one project. */
export const PAGES: readonly Page[] = [
  {
    path: "/projects",
    show: later(load, ({ ProjectsPage }) => ProjectsPage),
    menu: { group: "work", order: 3, label: t("项目库"), icon: <ProjectOutlined /> },
    needs: ["view-projects"],
  },
  {
    path: "/projects/:project",
    show: later(load, ({ ProjectPage }) => ProjectPage),
    needs: ["view-projects"],
  },
];
