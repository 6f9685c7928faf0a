import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { openDossier, RULES_VERSION } from "@jiheng/audit";
import { type PublishedForm, publishSite } from "@jiheng/exporters/publish";
import type { Arguments } from "../arguments.ts";
import { ENGINE } from "../engine.ts";
import { CommandError, type ExitCode, type Io } from "../io.ts";
import { onePolicy } from "../policies.ts";
import { formsOf, readSources, reportUnread } from "../sources.ts";
import { readWithheld, withheldBy } from "../withheld.ts";

const USAGE = "写法：jiheng publish 自评表文件夹 -o 网站文件夹";
/** Lists the files of a site, so that the next one may take its place and nothing else is ever removed. */
const MARKER = ".jiheng-site";
/** A page beyond this loads slowly on a bad line. */
const PAGE_BYTES = 200_000;

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** Refuses a folder that holds anything but a site of ours. Answers whether there is a folder. */
async function checkFolder(folder: string, shown: string): Promise<boolean> {
  const info = await stat(folder).catch(() => null);
  if (info === null) return false;
  if (!info.isDirectory()) throw new CommandError(`${shown} 是文件，不是文件夹`, "请用 -o 另取一个文件夹");
  const present = await filesBelow(folder);
  if (present.length === 0) return true;
  const marker = await readFile(join(folder, MARKER), "utf8").catch(() => null);
  const ours = new Set([MARKER, ...(marker?.split("\n") ?? [])]);
  const foreign = present.filter((path) => !ours.has(path));
  if (marker === null || foreign.length > 0)
    throw new CommandError(
      `文件夹 ${shown} 里有别的文件：${foreign.slice(0, 3).join("、")}${foreign.length > 3 ? `等${foreign.length}个` : ""}`,
      "请用 -o 另取一个空文件夹，或先移走这些文件",
    );
  return true;
}

/** Moves a finished site to its place; where that fails the one that stood there stands there again. */
async function takePlace(beside: string, folder: string, exists: boolean): Promise<void> {
  const old = `${folder}.${process.pid}.old`;
  if (exists) await rename(folder, old);
  try {
    await rename(beside, folder);
  } catch (error) {
    if (exists) await rename(old, folder);
    throw error;
  }
  // The new site stands; what cannot be removed of the old one does no harm.
  if (exists) await rm(old, { recursive: true, force: true }).catch(() => undefined);
}

/** `jiheng publish`: the public site in a folder that is written whole or not at all. */
export async function publish({ rest, options }: Arguments, io: Io): Promise<ExitCode> {
  if (options.out === null) throw new CommandError("没有指定网站写到哪个文件夹", USAGE);
  const policy = onePolicy(options, "publish");
  const folder = resolve(io.cwd, options.out);
  for (const name of rest) {
    const input = resolve(io.cwd, name);
    if (`${input}${sep}`.startsWith(`${folder}${sep}`) || `${folder}${sep}`.startsWith(`${input}${sep}`))
      throw new CommandError(`网站文件夹 ${options.out} 与要读的 ${name} 重叠`, "请用 -o 另取一个文件夹");
  }
  const exists = await checkFolder(folder, options.out);
  const replaced = await stat(join(folder, MARKER)).then(
    () => true,
    () => false,
  );
  const list = options.withheld === null ? [] : await readWithheld(options.withheld, io);
  const { documents, unread } = await readSources(rest, io);
  const sourced = formsOf(documents, options.form);
  const lines = sourced.map(({ form }) => withheldBy(form, list));
  const open = sourced.filter((_, index) => lines[index] === undefined);
  if (open.length === 0) {
    reportUnread(unread, io);
    throw new CommandError(
      "没有可以公开的自评表",
      sourced.length > 0 ? "全部列在不公开名单里" : "请核对文件",
    );
  }
  const forms = open.map(({ form }): PublishedForm => {
    const dossier = openDossier(form, policy ? { policy } : {});
    return { form, policy: dossier.policy, score: dossier.score, entered: dossier.entered };
  });
  const policies = [...new Set(forms.map((each) => `${each.policy.id} ${each.policy.version}`))];
  const source = {
    title: options.name ?? "项目支出绩效自评公开",
    forms,
    withheld: list,
    versions: [`${ENGINE.name} ${ENGINE.version}`, `规则 ${RULES_VERSION}`, `政策包 ${policies.join("、")}`],
  };
  const beside = `${folder}.${process.pid}.part`;
  const paths: string[] = [];
  const large: string[] = [];
  try {
    const made = new Set<string>();
    for (const { path, bytes } of publishSite(source)) {
      const target = join(beside, ...path.split("/"));
      const parent = dirname(target);
      if (!made.has(parent)) {
        await mkdir(parent, { recursive: true });
        made.add(parent);
      }
      await writeFile(target, bytes, { flag: "wx" });
      paths.push(path);
      if (path.endsWith(".html") && bytes.length > PAGE_BYTES) large.push(path);
    }
    await writeFile(join(beside, MARKER), `${paths.join("\n")}\n`);
    await takePlace(beside, folder, exists);
  } catch (error) {
    await rm(beside, { recursive: true, force: true }).catch(() => undefined);
    const code = (error as { code?: string }).code;
    if (code === undefined) throw error;
    throw new CommandError(
      `不能写入 ${options.out}（${code}）`,
      "请核对磁盘空间和写权限；原有的网站没有改动",
    );
  }
  const withheld = sourced.length - open.length;
  io.err(
    `已写入 ${options.out}${replaced ? "（替换了原有的网站）" : ""}：${forms.length} 张表，${paths.length} 个文件${list.length > 0 ? `；不公开名单 ${list.length} 项，其中 ${withheld} 张表在所读的文件里，没有公开` : ""}。请从 ${join(options.out, "index.html")} 打开。\n`,
  );
  const unmatched = list.filter((line) => !lines.includes(line));
  if (unmatched.length > 0)
    io.err(
      `不公开名单里有 ${unmatched.length} 项没有对上读到的表，请核对名称、年度和主管部门：${unmatched.map(({ project }) => project).join("、")}。\n`,
    );
  for (const path of large) io.err(`${path} 超过 ${PAGE_BYTES / 1000} KB，打开会慢。\n`);
  return reportUnread(unread, io) ? 2 : 0;
}
