/** Version of the engine, as every machine-readable answer states it. */
export const ENGINE_VERSION = "0.1.0";
