import { defineConfig } from "vite";

/** The application as static files in `dist`, which the server sends; in development the interface is asked of a running server. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      // Every file of the component library says "use client"; there is no server to render on.
      onLog: (level, log, otherwise) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") otherwise(level, log);
      },
    },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": process.env.JIHENG_DEV_SERVER ?? "http://127.0.0.1:8080" } },
});
