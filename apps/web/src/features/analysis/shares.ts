import { formatDecimal, parseDecimal, percentOf, ratio } from "@jiheng/domain";

/** A share in percent with one decimal, rounded half up from the exact figures; null of nothing. */
export function shareOf(part: string | number, whole: string | number): string | null {
  const [a, b] = [parseDecimal(String(part)), parseDecimal(String(whole))];
  const found = a && b && b.units !== 0n ? ratio(a, b) : null;
  return found && formatDecimal(percentOf(found, 1, "half-up"), 1);
}

/** A band of scores: from (inclusive) to below (exclusive; the last one has no end), and how many forms it holds. */
export interface ScoreBand {
  readonly from: number;
  readonly below: number;
  readonly forms: number;
}

/** Bands of one point where scores lie close together, else of five, without gaps between the lowest and the highest. */
export function scoreBands(bands: readonly { readonly from: number; readonly forms: number }[]): ScoreBand[] {
  if (bands.length === 0) return [];
  const points = bands.map(({ from }) => from);
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const width = high - low <= 15 ? 1 : 5;
  // A hundred is the end of the last band, not a band of its own.
  const placeOf = (from: number) => Math.min(Math.floor(from / width) * width, 100 - width);
  const found: ScoreBand[] = [];
  for (let from = placeOf(low); from <= placeOf(high); from += width) {
    const own = bands.filter((band) => placeOf(band.from) === from);
    found.push({
      from,
      below: from + width >= 100 ? 101 : from + width,
      forms: own.reduce((sum, { forms }) => sum + forms, 0),
    });
  }
  return found;
}

/** What a band is called: 95–100, or 98–99. */
export function bandName({ from, below }: ScoreBand): string {
  return `${from}–${Math.min(below, 100)}`;
}
