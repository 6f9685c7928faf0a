import { Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { language, speak, t } from "../../i18n/words.ts";

/** What stands around the public's pages. */
export function PortalFrame({
  region,
  name,
  children,
}: {
  readonly region: string | null;
  readonly name: string | null;
  readonly children: ReactNode;
}) {
  return (
    <>
      <header className="no-print portal-head">
        <Link
          to={region === null ? "/public" : `/public/${region}`}
          className="on-dark"
          style={{ fontSize: 16 }}
        >
          <strong>{name === null ? t("预算绩效自评公开") : t("{{name}}预算绩效自评公开", { name })}</strong>
        </Link>
        <Flex gap="middle">
          <button
            type="button"
            className="link-button on-dark"
            lang={language === "en" ? "zh-CN" : "en"}
            onClick={() => speak(language === "en" ? "zh-CN" : "en")}
          >
            {language === "en" ? "中文" : "English"}
          </button>
          <Link to="/" className="on-dark">
            {t("工作人员登录")}
          </Link>
        </Flex>
      </header>
      <main className="portal-main">{children}</main>
      <footer className="no-print portal-foot">
        <Typography.Text type="secondary">
          {t("各表由填报单位填写、经审核后公开；得分由来按当地公开的评分办法说明。")}
        </Typography.Text>
      </footer>
    </>
  );
}
