// Gate: no text under version control names a place of one machine or the host of a package registry.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./toolchain.mjs";

/** Folders of a developer's machine, written so that this file does not name them itself. */
const FOLDERS = ["work", "root", "farm", "home", "Users", "mnt", "private/tmp"].join("|");
const MACHINE = new RegExp(`(?<![\\w.~}:/*-])/(?:${FOLDERS})/[\\w.-]+|(?<!\\w)[A-Z]:\\\\+(?:Users|work)\\b`);
const REGISTRY = new RegExp(
  ["\\bregistry\\.(?:npm|yarn)[a-z]*\\.", "\\bnpmmirror\\.", '"resolved":\\s*"http'].join("|"),
);

/** The lines of a text that name a machine or a registry. */
export function machineLines(text) {
  return text
    .split("\n")
    .flatMap((line, index) => (MACHINE.test(line) || REGISTRY.test(line) ? [index + 1] : []));
}

function main() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  let files = 0;
  for (const file of listed.split("\0").filter(Boolean)) {
    const bytes = read(file);
    // A file with a zero byte is no text.
    if (bytes === null || bytes.subarray(0, 8000).includes(0)) continue;
    files += 1;
    const text = bytes.toString("utf8");
    for (const line of machineLines(text)) {
      console.log(`${file}:${line}: ${text.split("\n")[line - 1].trim().slice(0, 120)}`);
      process.exitCode = 1;
    }
  }
  console.log(`${files} texts`);
  if (files === 0) process.exitCode = 1;
}

function read(file) {
  try {
    return readFileSync(join(ROOT, file));
  } catch {
    // Listed but deleted, or a link to a folder.
    return null;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
