import { ExperimentOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

const load = () => import("./index.ts");

/** Samples, one sample, and a form beside its review sheet. */
export const PAGES: readonly Page[] = [
  {
    path: "/samples",
    show: later(load, ({ SamplesPage }) => SamplesPage),
    menu: { group: "review", order: 2, label: t("抽样复核"), icon: <ExperimentOutlined /> },
    needs: ["draw-sample", "assign-review"],
  },
  { path: "/samples/:year/:sample", show: later(load, ({ SamplePage }) => SamplePage) },
  { path: "/reviews/:review", show: later(load, ({ TwoSheetsPage }) => TwoSheetsPage) },
];
