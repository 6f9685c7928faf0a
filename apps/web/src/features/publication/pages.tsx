import { GlobalOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Publication. */
export const PAGES: readonly Page[] = [
  {
    path: "/publication",
    show: later(
      () => import("./index.ts"),
      ({ PublicationPage }) => PublicationPage,
    ),
    menu: { group: "results", order: 5, label: t("公开"), icon: <GlobalOutlined /> },
    needs: ["publish"],
  },
];
