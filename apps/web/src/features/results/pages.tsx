import { CheckSquareOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Results. */
export const PAGES: readonly Page[] = [
  {
    path: "/results",
    show: later(
      () => import("./index.ts"),
      ({ ResultsPage }) => ResultsPage,
    ),
    menu: { group: "results", order: 1, label: t("整改与应用"), icon: <CheckSquareOutlined /> },
    needs: ["open-rectification", "answer-rectification", "use-results"],
  },
];
