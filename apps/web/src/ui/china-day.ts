// Deadlines, grants and the log are of the region, whose day is China's, wherever the browser is.
const OFFSET = "+08:00";
const HOURS = 8;

/** The time zone days and hours are shown in. */
export const CHINA = "Asia/Shanghai";

/** The first instant of a day (YYYY-MM-DD) in China. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00${OFFSET}`).toISOString();
}

/** The last second of a day in China: until when what is due that day may come. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59${OFFSET}`).toISOString();
}

/** The day in China of an instant: YYYY-MM-DD. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + HOURS * 3_600_000).toISOString().slice(0, 10);
}
