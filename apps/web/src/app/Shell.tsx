import { FormOutlined, HomeOutlined, LogoutOutlined } from "@ant-design/icons";
import { Button, Flex, Layout, Menu, Typography } from "antd";
import type { ReactNode } from "react";
import { useLocation, useNavigate } from "react-router";
import { useSession } from "../features/session/index.ts";

const ENTRIES = [
  { key: "/", icon: <HomeOutlined />, label: "工作台" },
  { key: "/forms", icon: <FormOutlined />, label: "表格" },
];

/** What stands around every page: where one is, who one is, and the way out. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const go = useNavigate();
  const { profile, leave } = useSession();
  const current = ENTRIES.toReversed().find(({ key }) =>
    key === "/" ? pathname === "/" : pathname.startsWith(key),
  );
  return (
    <Layout style={{ minHeight: "100vh" }}>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Layout.Header className="no-print" style={{ paddingInline: 16, height: 44, lineHeight: "44px" }}>
        <Flex align="center" gap="large">
          <Typography.Text strong style={{ color: "#fff", fontSize: 16 }}>
            绩衡
          </Typography.Text>
          <Menu
            theme="dark"
            mode="horizontal"
            style={{ flex: 1, minWidth: 0 }}
            items={ENTRIES}
            selectedKeys={current ? [current.key] : []}
            onClick={({ key }) => go(key)}
          />
          <Typography.Text style={{ color: "#dfe7f1" }} ellipsis>
            {profile ? `${profile.regionName}　${profile.name}（${rolesIn(profile)}）` : ""}
          </Typography.Text>
          <Button
            type="text"
            icon={<LogoutOutlined />}
            style={{ color: "#fff" }}
            onClick={() => void leave()}
          >
            退出
          </Button>
        </Flex>
      </Layout.Header>
      <Layout.Content id="main" role="main" style={{ padding: 16 }}>
        {children}
      </Layout.Content>
    </Layout>
  );
}

function rolesIn({ grants }: { readonly grants: readonly { readonly roleTitle: string }[] }): string {
  return [...new Set(grants.map(({ roleTitle }) => roleTitle))].join("、");
}
