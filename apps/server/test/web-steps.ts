import type { Role } from "@jiheng/workflow";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { buildWeb } from "../../../scripts/build-web.mjs";
import { webFilesIn } from "../src/platform/http/web-files.ts";
import {
  openSession,
  type TestAccount,
  type TestServer,
  type TestServerOptions,
  testServer,
} from "./client.ts";

/** The application in a browser, over a server of its own. */
export interface OpenWeb {
  readonly server: TestServer;
  readonly address: string;
  /** A page of somebody who is logged in (null: of nobody), in a context of its own; close it with `leave`. */
  readonly pageOf: (
    who: Role | TestAccount | null,
    path: string,
    options?: BrowserContextOptions,
  ) => Promise<Page>;
  /** Ends the page's context; what the page complained of in its console is a failure. */
  readonly leave: (page: Page) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Builds the application where it has to be built, and serves it on a database of its own. */
export async function openWeb(browser: Browser, options: TestServerOptions = {}): Promise<OpenWeb> {
  const web = webFilesIn(await buildWeb());
  if (!web) throw new Error("the application was not built");
  const server = await testServer({ ...options, web });
  await server.http.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.http.server.address() as { readonly port: number };
  const address = `http://127.0.0.1:${port}`;
  const complaints = new WeakMap<Page, string[]>();
  return {
    server,
    address,
    pageOf: async (who, path, contextOptions = {}) => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...contextOptions });
      if (who !== null) {
        const account = typeof who === "string" ? server.home.accounts[who] : who;
        const { cookie = "" } = await openSession(server.platform, account);
        const [name = "", value = ""] = cookie.split("=");
        await context.addCookies([{ name, value, url: address, httpOnly: true, sameSite: "Strict" }]);
      }
      const page = await context.newPage();
      const said: string[] = [];
      complaints.set(page, said);
      page.on("pageerror", ({ message }) => said.push(message));
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().includes("Failed to load resource"))
          said.push(message.text());
      });
      await page.goto(address + path, { waitUntil: "networkidle" });
      return page;
    },
    leave: async (page) => {
      expect(complaints.get(page)).toEqual([]);
      await page.context().close();
    },
    close: () => server.close(),
  };
}
