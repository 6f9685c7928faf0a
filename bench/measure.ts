// What the parts of the bench have in common: a line of the result, and how time is taken.

/** A figure of the bench, with its goal where it has one. */
export interface Line {
  readonly what: string;
  readonly value: string;
  /** A peer or a further figure of the same run. */
  readonly beside: string;
  readonly goal: string;
  /** Null where the line has no goal. */
  readonly met: boolean | null;
}

/** Milliseconds by the clock, and of this thread on the processor. */
export interface Spent {
  readonly clock: number;
  readonly cpu: number;
}

/** What some work takes, whether it answers at once or later. */
export async function spent(work: () => unknown): Promise<Spent> {
  const cpuFrom = process.threadCpuUsage();
  const from = process.hrtime.bigint();
  await work();
  const clock = Number(process.hrtime.bigint() - from) / 1e6;
  const { user, system } = process.threadCpuUsage(cpuFrom);
  return { clock, cpu: (user + system) / 1000 };
}

/** The middle one of the values; NaN of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
