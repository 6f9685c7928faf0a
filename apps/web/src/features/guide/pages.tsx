import { later, type Page } from "../../ui/page.ts";

/** The guided first form. */
export const PAGES: readonly Page[] = [
  {
    path: "/forms/guide",
    show: later(
      () => import("./index.ts"),
      ({ GuidePage }) => GuidePage,
    ),
  },
];
