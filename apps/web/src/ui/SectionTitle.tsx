import type { ReactNode } from "react";

/** The heading of a part of a page, as heads of cards have it: a heading for those who listen, no larger than the words around it. */
export function SectionTitle({ children }: { readonly children: ReactNode }) {
  return <h2 style={{ margin: 0, fontSize: 14, fontWeight: 600 }}>{children}</h2>;
}
