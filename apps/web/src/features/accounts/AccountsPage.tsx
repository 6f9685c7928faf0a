import { ROLE_TITLES, ROLES, type Role } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, Form, Input, Modal, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { RowsDialog } from "../../ui/RowsDialog.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { AccountDrawer } from "./AccountDrawer.tsx";
import { MANY_ACCOUNTS } from "./many-accounts.ts";
import { MANY_GRANTS } from "./many-grants.ts";
import { OneTimePassword } from "./OneTimePassword.tsx";

type Account = Answered<"listAccounts">["items"][number];

/** Who has an account: the system administrator makes them, the security administrator gives roles; nobody does both. */
export function AccountsPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"q" | "role" | "account">();
  const [isMaking, setMaking] = useState(false);
  const [many, setMany] = useState<"accounts" | "grants" | null>(null);
  const query = {
    ...(filter("q") ? { search: filter("q") as string } : {}),
    ...(filter("role") ? { role: filter("role") as Role } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["accounts", query],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listAccounts", {
          query: { ...query, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  const mayMake = profile?.actions.includes("manage-accounts") ?? false;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("账号和角色")}
        says={t("系统管理员建账号，安全管理员授予角色，安全审计员查日志：三员分设，互不兼任。")}
      >
        {mayMake && (
          <>
            <Button onClick={() => setMany("accounts")}>{t("批量建立账号")}</Button>
            <Button type="primary" onClick={() => setMaking(true)}>
              {t("建立账号")}
            </Button>
          </>
        )}
        {profile?.actions.includes("manage-roles") && (
          <Button onClick={() => setMany("grants")}>{t("批量授予角色")}</Button>
        )}
      </PageHead>
      <Flex gap="small" wrap>
        <Input.Search
          allowClear
          aria-label={t("查找账号")}
          placeholder={t("登录名或姓名")}
          style={{ width: 240 }}
          defaultValue={filter("q") ?? ""}
          onSearch={setFilter("q")}
        />
        <Pick
          label={t("角色")}
          width={200}
          value={filter("role")}
          onChange={setFilter("role")}
          options={ROLES.map((value) => ({ value, label: t(ROLE_TITLES[value]) }))}
        />
      </Flex>
      <Table<Account>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: <Empty description={t("没有符合条件的账号。")} /> }}
        columns={[
          {
            title: t("登录名"),
            dataIndex: "login",
            width: 180,
            render: (login: string, { id }) => (
              <Button type="link" className="link-in-table" onClick={() => setFilter("account")(id)}>
                {login}
              </Button>
            ),
          },
          { title: t("姓名"), dataIndex: "name", width: 140 },
          {
            title: t("角色"),
            key: "roles",
            render: (_, { grants }) =>
              grants.length === 0 ? (
                <Typography.Text type="secondary">{t("还没有角色，不能办理任何事项")}</Typography.Text>
              ) : (
                grants.map(({ role, organisation, organisationName }) => (
                  <div key={`${role} ${organisation}`}>
                    {t(ROLE_TITLES[role])}　{organisationName}
                  </div>
                ))
              ),
          },
          {
            title: t("状态"),
            key: "state",
            width: 200,
            render: (_, { disabled, lockedUntil, secondFactor }) => (
              <>
                {disabled !== null && <Tag>{t("停用")}</Tag>}
                {lockedUntil !== null && Date.parse(lockedUntil) > Date.now() && (
                  <Tag color="warning">{t("已锁定")}</Tag>
                )}
                {secondFactor && <Tag color="success">{t("动态口令")}</Tag>}
              </>
            ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("再列一页")}
        </Button>
      )}
      {many === "accounts" && <RowsDialog of={MANY_ACCOUNTS} onClose={() => setMany(null)} />}
      {many === "grants" && <RowsDialog of={MANY_GRANTS} onClose={() => setMany(null)} />}
      {isMaking && <NewAccount onClose={() => setMaking(false)} onMade={setFilter("account")} />}
      {filter("account") !== undefined && (
        <AccountDrawer account={filter("account") ?? ""} onClose={() => setFilter("account")(undefined)} />
      )}
    </Flex>
  );
}

interface Typed {
  readonly login: string;
  readonly name: string;
  readonly oidcSubject?: string;
}

function NewAccount({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (account: string) => void;
}) {
  const [form] = Form.useForm<Typed>();
  const make = useCommand(
    async ({ login, name, oidcSubject }: Typed) =>
      (await call("createAccount", { body: { login, name, ...(oidcSubject ? { oidcSubject } : {}) } })).body,
    { refreshes: ["accounts"] },
  );
  const done = () => {
    const account = make.data?.account;
    onClose();
    if (account) onMade(account);
  };
  return (
    <Modal
      open
      title={t("建立账号")}
      okText={t(make.data ? "完成" : "建立")}
      cancelButtonProps={{ style: make.data ? { display: "none" } : {} }}
      cancelText={t("取消")}
      confirmLoading={make.isPending}
      onOk={() => (make.data ? done() : form.submit())}
      onCancel={make.data ? done : onClose}
    >
      {make.data ? (
        make.data.password === null ? (
          <Alert
            type="success"
            showIcon
            title={t("账号已建立，用统一身份认证登录。请安全管理员授予角色。")}
          />
        ) : (
          <OneTimePassword password={make.data.password} />
        )
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => make.mutate(typed)}>
          <Form.Item
            name="login"
            label={t("登录名")}
            rules={[{ required: true, min: 2, message: t("请填写登录名，至少2位") }]}
          >
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label={t("姓名")} rules={[{ required: true, message: t("请填写姓名") }]}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="oidcSubject"
            label={t("统一身份认证的主体标识（可以不填）")}
            extra={t("填了就不设本地密码。")}
          >
            <Input maxLength={255} autoComplete="off" />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
