import { MergeCellsOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

const load = () => import("./index.ts");

/** Roll-ups, a new one, one of them, and one made again. */
export const PAGES: readonly Page[] = [
  {
    path: "/rollups",
    show: later(load, ({ RollUpsPage }) => RollUpsPage),
    menu: { group: "results", order: 2, label: t("汇总"), icon: <MergeCellsOutlined /> },
    needs: ["roll-up"],
  },
  { path: "/rollups/new", show: later(load, ({ NewRollUpPage }) => NewRollUpPage), needs: ["roll-up"] },
  { path: "/rollups/:submission", show: later(load, ({ RollUpPage }) => RollUpPage) },
  {
    path: "/rollups/:submission/remake",
    show: later(load, ({ RemakePage }) => RemakePage),
    needs: ["roll-up"],
  },
];
