// Gate: README.md and README.zh-CN.md say the same: the same headings in number and level, the same commands, the same links.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./toolchain.mjs";

/** What two translations of a page must have in common. Comments inside commands are translated, the commands are not. */
export function skeletonOf(page) {
  const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, "");
  const commands = blocks
    .filter(([, language]) => language === "sh")
    .flatMap(([, , text]) => text.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map(([, level]) => level),
    commands,
    pictures: [...prose.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, target]) => target),
    links: [...prose.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^README/.test(target))
      .sort(),
  };
}

function main() {
  const [english, chinese] = ["README.md", "README.zh-CN.md"].map((file) =>
    skeletonOf(readFileSync(join(ROOT, file), "utf8")),
  );
  for (const part of Object.keys(english)) {
    const [left, right] = [english[part], chinese[part]].map((list) => list.join("\n  "));
    if (left === right) continue;
    console.log(`${part} of README.md:\n  ${left}\n${part} of README.zh-CN.md:\n  ${right}`);
    process.exitCode = 1;
  }
  if (english.headings.length === 0 || english.commands.length === 0) process.exitCode = 1;
  console.log(`${english.headings.length} headings, ${english.commands.length} commands in both`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
