import type { Action } from "@jiheng/workflow";
import { type ComponentType, lazy, type ReactNode } from "react";

/** Groups of the menu, in its order. */
export type MenuGroup = "work" | "review" | "results" | "rules" | "administration";

/** One page: where it stands, and where it is found in the menu. */
export interface Page {
  readonly path: string;
  readonly show: ComponentType;
  /** Absent where the page is reached from another one. `order` is its place within the group. */
  readonly menu?: {
    readonly group: MenuGroup;
    readonly order: number;
    readonly label: string;
    readonly icon: ReactNode;
  };
  /** Whoever may do none of these does not find it in the menu; the server decides what is shown. */
  readonly needs?: readonly Action[];
  /** Set where the page stands open to everybody, outside of what surrounds the pages of those who are logged in. */
  readonly isOpen?: true;
}

/** A page that is loaded when it is first gone to, with its feature. */
export function later<Feature>(
  load: () => Promise<Feature>,
  pick: (feature: Feature) => ComponentType,
): ComponentType {
  return lazy(async () => ({ default: pick(await load()) }));
}
