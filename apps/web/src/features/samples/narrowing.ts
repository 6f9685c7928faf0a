import { yuanOfWan } from "../../ui/wan.ts";

/** By what somebody narrows a population, as it is typed: money in 万元. */
export interface TypedNarrowing {
  readonly departments?: readonly string[] | undefined;
  readonly grade?: string | undefined;
  readonly moneyFrom?: string | undefined;
  readonly moneyTo?: string | undefined;
  readonly riskFrom?: number | null | undefined;
}

/** The same as the server takes it, what is left blank left out; null where an amount cannot be read. */
export function narrowingOf({ departments, grade, moneyFrom, moneyTo, riskFrom }: TypedNarrowing) {
  const [from, to] = [yuanOfWan(moneyFrom ?? ""), yuanOfWan(moneyTo ?? "")];
  if (from === undefined || to === undefined || from?.startsWith("-") || to?.startsWith("-")) return null;
  return {
    ...(departments && departments.length > 0 ? { departments: [...departments] } : {}),
    ...(grade ? { grade } : {}),
    ...(from === null ? {} : { moneyFrom: from }),
    ...(to === null ? {} : { moneyTo: to }),
    ...(typeof riskFrom === "number" ? { riskFrom } : {}),
  };
}
