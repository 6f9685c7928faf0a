const LONGEST = 60;

/** What no system allows in a file name, and what would lead out of the folder. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSAFE = /[\u0000-\u001F\u007F\\/:*?"<>|\p{Cf}\p{Cs}]+/gu;

/** Names for a file each: numbered in order, so that they are unique everywhere, then the given name as far as a system takes it. */
export function fileNames(names: readonly string[], extension: string): string[] {
  const digits = Math.max(2, String(names.length).length);
  return names.map((name, index) => {
    const plain = name.replace(UNSAFE, " ").replace(/\s+/g, " ").trim();
    const short = [...plain]
      .slice(0, LONGEST)
      .join("")
      .replace(/^[. ]+|[. ]+$/g, "");
    const number = String(index + 1).padStart(digits, "0");
    return `${short === "" ? number : `${number}-${short}`}.${extension}`;
  });
}
