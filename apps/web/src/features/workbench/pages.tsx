import { HomeOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** What waits for whoever is logged in: the first page. */
export const PAGES: readonly Page[] = [
  {
    path: "/",
    show: later(
      () => import("./index.ts"),
      ({ WorkbenchPage }) => WorkbenchPage,
    ),
    menu: { group: "work", order: 1, label: t("工作台"), icon: <HomeOutlined /> },
  },
];
