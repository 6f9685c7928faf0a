import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, Spin } from "antd";
import enGB from "antd/locale/en_GB";
import zhCN from "antd/locale/zh_CN";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { Refused } from "../api/client.ts";
import { SessionProvider, useSession } from "../features/session/index.ts";
import { language, t } from "../i18n/words.ts";
import { PAGES } from "./pages.ts";
import { themeFor } from "./theme.ts";
import "./app.css";

const LoginPage = lazy(async () => ({
  default: (await import("../features/login/index.ts")).LoginPage,
}));
const LoginAgain = lazy(async () => ({
  default: await (await import("../features/login/index.ts")).loadLoginAgain(),
}));
const Shell = lazy(async () => ({ default: (await import("./Shell.tsx")).Shell }));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      // A refusal is an answer; only a machine that is away is asked again, and the client did that already.
      retry: (count, error) => !(error instanceof Refused) && count < 2,
    },
  },
});

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function useDark(): boolean {
  return useSyncExternalStore(
    (changed) => {
      dark.addEventListener("change", changed);
      return () => dark.removeEventListener("change", changed);
    },
    () => dark.matches,
  );
}

/** The whole application: providers, and which page stands at which address. */
export function App() {
  return (
    <ConfigProvider
      locale={language === "en" ? enGB : zhCN}
      theme={themeFor(useDark())}
      button={{ autoInsertSpace: false }}
    >
      <AntApp>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Suspense fallback={<Spin className="page-waits" />}>
              <Routes>
                {PAGES.filter(({ isOpen }) => isOpen).map(({ path, show: Show }) => (
                  <Route key={path} path={path} element={<Show />} />
                ))}
                <Route
                  path="*"
                  element={
                    <SessionProvider>
                      <Inside />
                    </SessionProvider>
                  }
                />
              </Routes>
            </Suspense>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/** The pages of whoever is logged in; everybody else is asked who they are, and comes to the page they wanted. */
function Inside() {
  const { session, profile, hasEnded } = useSession();
  if (session === "unknown") return <Spin fullscreen description={t("正在打开")} />;
  // A session that ended leaves the page open: only who never was in is shown nothing but the login.
  if (profile === null) return <LoginPage />;
  return (
    <Shell>
      {hasEnded && (
        <Suspense>
          <LoginAgain />
        </Suspense>
      )}
      <Suspense fallback={<Spin className="page-waits" />}>
        <Routes>
          {PAGES.filter(({ isOpen }) => !isOpen).map(({ path, show: Show }) => (
            <Route key={path} path={path} element={<Show />} />
          ))}
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
