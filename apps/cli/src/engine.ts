/** Name and version of the engine as every machine-readable answer states it. */
export const ENGINE = { name: "jiheng", version: "0.1.0" } as const;
