import { GlobalOutlined, LogoutOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Button, Flex, Layout, Menu, Typography } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { useSession } from "../features/session/index.ts";
import { language, speak, t } from "../i18n/words.ts";
import type { MenuGroup, Page } from "../ui/page.ts";
import { PAGES } from "./pages.ts";

const GROUPS: Readonly<Record<MenuGroup, string>> = {
  work: t("填报"),
  review: t("审核"),
  results: t("结果"),
  rules: t("制度"),
  administration: t("管理"),
};
const KEPT = "jiheng.menu-folded";

/** What stands around every page: where one is, who one is, and the way out. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const go = useNavigate();
  const { profile, leave } = useSession();
  const [isNarrow, setNarrow] = useState(false);
  const [isFoldedWide, setFoldedWide] = useState(() => localStorage.getItem(KEPT) === "yes");
  const [isFoldedNarrow, setFoldedNarrow] = useState(true);
  const isFolded = isNarrow ? isFoldedNarrow : isFoldedWide;
  // What somebody opens over a narrow page (a small window, 200 % zoom) says nothing about a wide one.
  const fold = () => {
    if (isNarrow) return setFoldedNarrow(!isFolded);
    localStorage.setItem(KEPT, isFolded ? "no" : "yes");
    setFoldedWide(!isFolded);
  };
  const mine = PAGES.filter(
    ({ menu, needs }) => menu && (!needs || needs.some((action) => profile?.actions.includes(action))),
  );
  const current = mine
    .filter(({ path }) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`)))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  return (
    <Layout style={{ minHeight: "100vh" }}>
      <a className="skip" href="#main">
        {t("跳到正文")}
      </a>
      <Layout.Header className="no-print app-head">
        <Flex align="center" gap="small">
          <Button
            type="text"
            className="on-dark"
            aria-label={isFolded ? t("展开菜单") : t("收起菜单")}
            aria-expanded={!isFolded}
            icon={isFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            onClick={fold}
          />
          <Typography.Text strong className="on-dark" style={{ fontSize: 16, flex: 1 }}>
            绩衡
            <span className="app-region">{profile?.regionName}</span>
          </Typography.Text>
          <Link to="/me" className="on-dark">
            {profile ? t("{{name}}（{{roles}}）", { name: profile.name, roles: rolesIn(profile) }) : ""}
          </Link>
          <Button
            type="text"
            className="on-dark"
            icon={<GlobalOutlined />}
            lang={language === "en" ? "zh-CN" : "en"}
            onClick={() => speak(language === "en" ? "zh-CN" : "en")}
          >
            {language === "en" ? "中文" : "English"}
          </Button>
          <Button type="text" className="on-dark" icon={<LogoutOutlined />} onClick={() => void leave()}>
            {t("退出")}
          </Button>
        </Flex>
      </Layout.Header>
      <Layout>
        <Layout.Sider
          className="no-print app-menu"
          theme="light"
          width={language === "en" ? 208 : 168}
          collapsedWidth={48}
          collapsed={isFolded}
          breakpoint="lg"
          onBreakpoint={(isNow) => {
            setNarrow(isNow);
            setFoldedNarrow(true);
          }}
          trigger={null}
        >
          <nav aria-label={t("主菜单")}>
            <Menu
              mode="inline"
              items={groupsOf(mine)}
              selectedKeys={current ? [current.path] : []}
              onClick={({ key }) => go(key)}
              style={{ borderInlineEnd: 0 }}
            />
          </nav>
        </Layout.Sider>
        <Layout.Content id="main" role="main" tabIndex={-1} className="app-main">
          {children}
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

function groupsOf(pages: readonly Page[]) {
  return Object.entries(GROUPS).flatMap(([group, label]) => {
    const children = pages
      .flatMap(({ path, menu }) => (menu?.group === group ? [{ path, menu }] : []))
      .toSorted((a, b) => a.menu.order - b.menu.order)
      .map(({ path, menu }) => ({ key: path, icon: menu.icon, label: menu.label }));
    return children.length > 0 ? [{ key: group, type: "group" as const, label, children }] : [];
  });
}

function rolesIn({ grants }: { readonly grants: readonly { readonly roleTitle: string }[] }): string {
  return [...new Set(grants.map(({ roleTitle }) => t(roleTitle)))].join("、");
}
