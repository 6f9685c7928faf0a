import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Typography } from "antd";
import { lazy, Suspense } from "react";
import { Link, Navigate } from "react-router";
import { call } from "../../api/client.ts";
import { language, speak, t } from "../../i18n/words.ts";
import { LoginSteps } from "./LoginSteps.tsx";

const DemoAccounts = lazy(async () => ({ default: (await import("./DemoAccounts.tsx")).DemoAccounts }));

/** Login; of a demonstration with everybody who may be tried. */
export function LoginPage() {
  const { data } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await call("getInstallation")).body,
  });
  if (data?.needsSetup) return <Navigate to="/setup" replace />;
  return (
    <main>
      <Flex vertical align="center" gap="large" style={{ padding: "8vh 16px 24px" }}>
        <Card style={{ width: "min(26rem, 100%)" }}>
          <Typography.Title level={1} style={{ fontSize: 26, marginTop: 0 }}>
            绩衡
          </Typography.Title>
          <Typography.Paragraph type="secondary">
            {t("预算绩效自评的记录系统：每一分有来历，每一步有记录。")}
          </Typography.Paragraph>
          <LoginSteps />
          <Flex justify="space-between" style={{ marginTop: 16 }}>
            <Link to="/public">{t("查看已公开的自评结果")}</Link>
            <button
              type="button"
              className="link-button"
              lang={language === "en" ? "zh-CN" : "en"}
              onClick={() => speak(language === "en" ? "zh-CN" : "en")}
            >
              {language === "en" ? "中文" : "English"}
            </button>
          </Flex>
        </Card>
        {data?.demo && (
          <Suspense>
            <DemoAccounts demo={data.demo} />
          </Suspense>
        )}
      </Flex>
    </main>
  );
}
