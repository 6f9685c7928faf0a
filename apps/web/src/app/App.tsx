import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider, Spin } from "antd";
import zhCN from "antd/locale/zh_CN";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { Refused } from "../api/client.ts";
import { LoginPage, SessionProvider, useSession } from "../features/session/index.ts";
import { Shell } from "./Shell.tsx";
import { themeFor } from "./theme.ts";
import "./app.css";

const WorkbenchPage = lazy(async () => ({
  default: (await import("../features/workbench/index.ts")).WorkbenchPage,
}));
const SubmissionsPage = lazy(async () => ({
  default: (await import("../features/submissions/index.ts")).SubmissionsPage,
}));
const FormEditorPage = lazy(async () => ({
  default: (await import("../features/form-editor/index.ts")).FormEditorPage,
}));

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
    <ConfigProvider locale={zhCN} theme={themeFor(useDark())} button={{ autoInsertSpace: false }}>
      <AntApp>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <SessionProvider>
              <Pages />
            </SessionProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function Pages() {
  const { session } = useSession();
  if (session === "unknown") return <Spin fullscreen description="正在打开" />;
  if (session === null) return <LoginPage />;
  return (
    <Shell>
      <Suspense fallback={<Spin className="page-waits" />}>
        <Routes>
          <Route path="/" element={<WorkbenchPage />} />
          <Route path="/forms" element={<SubmissionsPage />} />
          <Route path="/forms/:submission" element={<FormEditorPage />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
