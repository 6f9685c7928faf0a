import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What a running server can tell of itself, beside what the application counts. */
export interface Gauges {
  readonly pool?: { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number };
  /** Jobs by state. */
  readonly jobs?: () => Promise<Readonly<Record<string, number>>>;
}

/** The figures of one application, in the format of Prometheus. */
export interface Metrics {
  readonly answered: (endpoint: string, status: number, seconds: number) => void;
  readonly fault: (endpoint: string) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
  readonly stop: () => void;
}

const NANO = 1e9;

/** Counts requests by endpoint and status, with a histogram of their time; reads pool, jobs and event loop when asked. */
export function createMetrics(gauges: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "jiheng_http_request_seconds",
    help: "Time to answer, by endpoint and status",
    labelNames: ["endpoint", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const faults = new Counter({
    name: "jiheng_faults_total",
    help: "Requests that ended in an error of the program or the machine, by endpoint",
    labelNames: ["endpoint"] as const,
    registers,
  });
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  registerProcess(registers, loop);
  registerPool(registers, gauges);
  const { jobs } = gauges;
  if (jobs)
    new Gauge({
      name: "jiheng_jobs",
      help: "Jobs by state",
      labelNames: ["state"] as const,
      registers,
      async collect() {
        // A database that is away must not take the other figures with it.
        const states = await jobs().catch(() => ({}));
        this.reset();
        for (const [state, count] of Object.entries(states)) this.set({ state }, count);
      },
    });
  return {
    answered: (endpoint, status, seconds) => requests.observe({ endpoint, status }, seconds),
    fault: (endpoint) => faults.inc({ endpoint }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    stop: () => loop.disable(),
  };
}

function registerProcess(registers: Registry[], loop: ReturnType<typeof monitorEventLoopDelay>): void {
  new Gauge({
    name: "jiheng_event_loop_delay_seconds",
    help: "Delay of the event loop since the last reading",
    labelNames: ["quantile"] as const,
    registers,
    collect() {
      for (const quantile of [50, 90, 99])
        this.set({ quantile: `0.${quantile}` }, loop.percentile(quantile) / NANO);
      this.set({ quantile: "1" }, loop.max / NANO);
      loop.reset();
    },
  });
  new Gauge({
    name: "jiheng_memory_bytes",
    help: "Memory of the process",
    labelNames: ["kind"] as const,
    registers,
    collect() {
      const { rss, heapUsed, external } = process.memoryUsage();
      this.set({ kind: "resident" }, rss);
      this.set({ kind: "heap" }, heapUsed);
      this.set({ kind: "external" }, external);
    },
  });
  new Gauge({
    name: "jiheng_cpu_seconds",
    help: "Processor time of the process",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.set((user + system) / 1e6);
    },
  });
}

function registerPool(registers: Registry[], { pool }: Gauges): void {
  if (!pool) return;
  new Gauge({
    name: "jiheng_database_connections",
    help: "Connections to the database by use, and requests that wait for one",
    labelNames: ["use"] as const,
    registers,
    collect() {
      this.set({ use: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ use: "idle" }, pool.idleCount);
      this.set({ use: "waiting" }, pool.waitingCount);
    },
  });
}
