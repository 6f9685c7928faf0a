import { createRoot } from "react-dom/client";
import { prepareWords } from "./i18n/words.ts";

const root = document.getElementById("root");
if (root) {
  await prepareWords();
  // Only now: modules say their words as they are loaded.
  const { App } = await import("./app/App.tsx");
  createRoot(root).render(<App />);
}
