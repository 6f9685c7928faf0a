import type { Answered } from "../api/operations-of.ts";

type Round = Answered<"listReturns">["returns"][number];

/** How many points a return has, how many are answered and how many are not. */
export function answeredOf({ opinions }: Pick<Round, "opinions">) {
  const answered = opinions.filter(({ answer }) => answer !== null).length;
  return { opinions: opinions.length, answered, open: opinions.length - answered };
}
