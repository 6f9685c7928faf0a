import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** The built web application: its page, whatever address within it was asked for. */
export interface WebFiles {
  readonly page: string;
  readonly assets: string;
}

/** The application in a folder; null where it was not built. */
export function webFilesIn(folder: string): WebFiles | null {
  const [page, assets] = [join(folder, "index.html"), join(folder, "assets")];
  return existsSync(page) && existsSync(assets) ? { page: readFileSync(page, "utf8"), assets } : null;
}

/** Sends the files of the application; their names change with their content, so they are kept by browsers for good. */
export async function serveAssets(http: FastifyInstance, { assets }: WebFiles): Promise<void> {
  await http.register(files, {
    root: assets,
    prefix: "/assets/",
    index: false,
    dotfiles: "deny",
    maxAge: "365d",
    immutable: true,
    decorateReply: false,
  });
}

/** Whether a browser asks for a page, rather than a program for an answer. */
export function asksForPage({ method, headers, url }: FastifyRequest): boolean {
  return method === "GET" && !url.startsWith("/api/") && /text\/html/.test(headers.accept ?? "");
}

/** Sends the page; what stands at the address is for the application to find. */
export function sendPage(reply: FastifyReply, { page }: WebFiles): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(page);
}
