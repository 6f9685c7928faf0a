const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long until an instant, in words: days, and hours on the last day. */
export function dueIn(instant: string, now: number): { readonly says: string; readonly isOver: boolean } {
  const left = Date.parse(instant) - now;
  const size = Math.abs(left);
  const long = size >= DAY ? `${Math.floor(size / DAY)}天` : `${Math.max(1, Math.ceil(size / HOUR))}小时`;
  return left < 0 ? { says: `逾期${long}`, isOver: true } : { says: `还有${long}`, isOver: false };
}
