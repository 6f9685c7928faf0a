import { later, type Page } from "../../ui/page.ts";

/** The first installation; open, since nobody can log in before it. */
export const PAGES: readonly Page[] = [
  {
    path: "/setup",
    show: later(
      () => import("./index.ts"),
      ({ SetupPage }) => SetupPage,
    ),
    isOpen: true,
  },
];
