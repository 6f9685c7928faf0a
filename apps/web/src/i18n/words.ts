import i18next from "i18next";

/** Languages of the application. Chinese is the language of the source; English is looked up by the Chinese words. */
export type Language = "zh-CN" | "en";

const KEPT = "jiheng.language";

/** The language of this page; a change of it opens the page anew, so that nothing half translated is seen. */
export const language: Language =
  // Functions of the page are tested without one.
  typeof localStorage !== "undefined" && localStorage.getItem(KEPT) === "en" ? "en" : "zh-CN";

/** Keeps another language and opens the page anew. */
export function speak(chosen: Language): void {
  localStorage.setItem(KEPT, chosen);
  location.reload();
}

// Chinese needs no words: it can be said from the first module on.
void i18next.init({
  lng: language,
  fallbackLng: false,
  initAsync: false,
  resources: {},
  // The key is the Chinese sentence itself.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** Loads the words of the language; to be awaited before the first page. */
export async function prepareWords(): Promise<void> {
  document.documentElement.lang = language;
  if (language === "zh-CN") return;
  const features = import.meta.glob<Record<string, string>>("../**/words.en.json", { import: "default" });
  for (const words of await Promise.all(Object.values(features).map((load) => load())))
    i18next.addResourceBundle(language, "translation", words);
}

/**
 * The words for a Chinese sentence in the language of the page, with `{{name}}` filled in from `values`.
 * What has no translation stays Chinese: findings, articles and terms of the law are quoted, not translated.
 */
export function t(chinese: string, values: Readonly<Record<string, string | number>> = {}): string {
  return i18next.t(chinese, values);
}
