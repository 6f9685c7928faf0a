import { later, type Page } from "../../ui/page.ts";

/** One form. */
export const PAGES: readonly Page[] = [
  {
    path: "/forms/:submission",
    show: later(
      () => import("./index.ts"),
      ({ FormEditorPage }) => FormEditorPage,
    ),
  },
];
