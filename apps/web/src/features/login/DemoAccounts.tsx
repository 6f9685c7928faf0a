import { Button, Card, Collapse, Flex, Input, Table, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useCommand } from "../../ui/use-command.ts";
import { useSession } from "../session/index.ts";

type Demo = NonNullable<Answered<"getInstallation">["demo"]>;
type Account = Demo["accounts"][number];

/** The accounts of the demonstration: one of each role to begin with, all of them beneath. */
export function DemoAccounts({ demo }: { readonly demo: Demo }) {
  const { enter } = useSession();
  const [words, setWords] = useState("");
  const logIn = useCommand(
    async ({ region, login }: Account) =>
      enter((await call("logIn", { body: { region, login, password: demo.password } })).body),
    { refreshes: [] },
  );
  const firsts = [
    ...new Map(demo.accounts.toReversed().map((account) => [account.role, account])).values(),
  ].toReversed();
  const shown = demo.accounts.filter(({ login, name, organisation, roleTitle }) =>
    `${login} ${name} ${organisation} ${roleTitle}`.includes(words.trim()),
  );
  return (
    <Card style={{ width: "min(56rem, 100%)" }}>
      <h2 style={{ marginTop: 0, fontSize: 15 }}>{t("演示：选一个角色进去看看")}</h2>
      <Flex gap="small" wrap>
        {firsts.map((account) => (
          <Button key={account.role} loading={logIn.isPending} onClick={() => logIn.mutate(account)}>
            {t(account.roleTitle)}
          </Button>
        ))}
      </Flex>
      <Typography.Paragraph type="secondary" style={{ marginTop: 8 }}>
        {t("单位、人员和数据都是虚构的。演示账号的密码都是 {{password}} 。", { password: demo.password })}
      </Typography.Paragraph>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: "all",
            label: t("全部演示账号（{{accounts}}个）", { accounts: demo.accounts.length }),
            children: (
              <Flex vertical gap="small">
                <Input
                  allowClear
                  aria-label={t("查找演示账号")}
                  placeholder={t("登录名、姓名、单位或角色")}
                  style={{ maxWidth: 300 }}
                  value={words}
                  onChange={({ target }) => setWords(target.value)}
                />
                <Table<Account>
                  size="small"
                  rowKey={({ login, role, organisation }) => `${login} ${role} ${organisation}`}
                  pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
                  scroll={{ x: 600 }}
                  dataSource={shown}
                  columns={[
                    { title: t("登录名"), dataIndex: "login" },
                    { title: t("姓名"), dataIndex: "name" },
                    { title: t("角色"), dataIndex: "roleTitle", render: (title: string) => t(title) },
                    { title: t("单位"), dataIndex: "organisation" },
                    {
                      title: t("操作"),
                      key: "enter",
                      render: (_, account) => (
                        <Button size="small" onClick={() => logIn.mutate(account)}>
                          {t("以此登录")}
                        </Button>
                      ),
                    },
                  ]}
                />
              </Flex>
            ),
          },
        ]}
      />
    </Card>
  );
}
