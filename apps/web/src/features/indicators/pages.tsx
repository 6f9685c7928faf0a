import { AimOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** The library of indicators. */
export const PAGES: readonly Page[] = [
  {
    path: "/indicators",
    show: later(
      () => import("./index.ts"),
      ({ IndicatorsPage }) => IndicatorsPage,
    ),
    menu: { group: "work", order: 6, label: t("指标库"), icon: <AimOutlined /> },
    needs: ["view-statistics"],
  },
];
