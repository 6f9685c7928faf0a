import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "apps/*/test/**/*.test.ts",
      "scripts/test/**/*.test.ts",
      "fixtures/**/*.test.ts",
    ],
    globalSetup: ["apps/server/test/database-setup.ts"],
    pool: "forks",
    // Packages keep no state between calls, so files share a process: 3 times faster than a process for each.
    isolate: false,
    // Most of the time is spent waiting for databases and browsers: two at a time on the smallest machine.
    maxWorkers: 2,
    testTimeout: 90_000,
  },
});
