import { later, type Page } from "../../ui/page.ts";

/** One's own page, gone to by one's name. */
export const PAGES: readonly Page[] = [
  {
    path: "/me",
    show: later(
      () => import("./index.ts"),
      ({ ProfilePage }) => ProfilePage,
    ),
  },
];
