import type { Decimal, Form, Place } from "@jiheng/domain";
import type { Random } from "../random.ts";

/** A form with a defect in it, and where: places any of which a reviewer may point at. None: the form as a whole. */
export interface Planted {
  readonly form: Form;
  readonly at: readonly Place[];
  /** What a reviewer must know beyond the form to see it. */
  readonly context?: {
    readonly approvedTargets?: Form;
    readonly evidence?: readonly Place[];
    /** ISO dates. */
    readonly handedIn?: string;
    readonly due?: string;
  };
}

/** Forms with a defect between them, and which of them it concerns. */
export interface PlantedBatch {
  readonly forms: readonly Form[];
  readonly at: readonly number[];
  /** What a reviewer must know beyond the forms to see it. */
  readonly outside?: {
    readonly departmentReport?: { readonly projects?: number; readonly expenditure?: Decimal };
    readonly projectList?: readonly string[];
  };
}

interface Kind {
  /** The check of the catalogue that should see it. */
  readonly code: string;
  /** Chinese: what is wrong; names the variant where a code has several. */
  readonly title: string;
  /** Codes that say the same of the same defect, where the catalogue has two views of one thing. */
  readonly also?: readonly string[];
  /** True where the catalogue leaves it to a person: said to be unclear at its place counts as found. */
  readonly assist?: boolean;
  /** Why no official layout shows it: such a form is reviewed as it stands, without being printed and read. */
  readonly unprinted?: string;
}

/** A defect of one form. `plant` gives null where the form has no room for it. */
export interface FormDefect extends Kind {
  readonly plant: (form: Form, random: Random) => Planted | null;
}

/** A defect between forms of one department, or between two years of a project. */
export interface BatchDefect extends Kind {
  readonly plantBatch: (forms: readonly Form[], random: Random) => PlantedBatch | null;
}

/** A kind of defect that can be planted. */
export type Defect = FormDefect | BatchDefect;
