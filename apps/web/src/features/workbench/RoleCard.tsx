import type { Role } from "@jiheng/workflow";
import { Card, Flex, Typography } from "antd";
import { Link } from "react-router";
import { t } from "../../i18n/words.ts";
import type { Page } from "../../ui/page.ts";

const FEATURES = import.meta.glob<readonly Page[]>("../*/pages.tsx", { eager: true, import: "PAGES" });

const DUTIES: Partial<Readonly<Record<Role, string>>> = {
  auditor: t("您查看操作日志，核对它有没有被改动过；填报和审核的事由别人办理。"),
  administrator: t("您维护机构、账号和系统对接；看不到业务表格，也不授予角色。"),
  "security-administrator": t("您授予和收回角色、登记回避、锁定账号；看不到业务表格。"),
  "publication-officer": t("您公开已审核的表，或者登记不公开的理由；待公开的列在待办里。"),
  "third-party": t("您复核指派给您的表，授权到期后就看不到了。"),
};

/** What somebody can do here who has no forms to fill in or to review: their duty in a sentence, and the pages that are theirs. */
export function RoleCard({
  roles,
  actions,
}: {
  readonly roles: readonly Role[];
  readonly actions: readonly string[];
}) {
  const duties = [...new Set(roles)].flatMap((role) => DUTIES[role] ?? []);
  const pages = Object.values(FEATURES)
    .flat()
    .filter(
      ({ path, menu, needs }) => path !== "/" && menu && needs?.some((action) => actions.includes(action)),
    );
  if (duties.length === 0) return null;
  return (
    <Card size="small" title={t("您在这里做什么")}>
      {duties.map((duty) => (
        <Typography.Paragraph key={duty}>{duty}</Typography.Paragraph>
      ))}
      <Flex gap="middle" wrap>
        {pages.map(({ path, menu }) => (
          <Link key={path} to={path}>
            {menu?.icon} {menu?.label}
          </Link>
        ))}
      </Flex>
    </Card>
  );
}
