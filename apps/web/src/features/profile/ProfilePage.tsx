import { ROLE_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import {
  Alert,
  App,
  Button,
  Card,
  Checkbox,
  Col,
  Flex,
  Input,
  InputNumber,
  Row,
  Table,
  Typography,
} from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { PasswordForm } from "../../ui/PasswordForm.tsx";
import { SecondFactorForm } from "../../ui/SecondFactorForm.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useSession } from "../session/index.ts";

type Token = Answered<"listTokens">["items"][number];
type Scope = Token["scopes"][number];

const SCOPES: Readonly<Record<Scope, string>> = {
  read: t("查看"),
  write: t("填报"),
  review: t("审核"),
  publish: t("公开"),
  budget: t("预算数据"),
  administer: t("管理"),
};

/** One's own page: who one is here, and how one is known. */
export function ProfilePage() {
  const { message } = App.useApp();
  const { profile, enter } = useSession();
  if (!profile) return null;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={profile.name}
        says={t("{{login}}，{{region}}", { login: profile.login, region: profile.regionName })}
      />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <Flex vertical gap="middle">
            <Card size="small" title={<SectionTitle>{t("我的角色")}</SectionTitle>}>
              {profile.grants.map(({ role, organisation, organisationName, until }) => (
                <div key={`${role} ${organisation}`}>
                  {t(ROLE_TITLES[role])}　{organisationName}
                  {until !== null && t("（到{{until}}为止）", { until: moment(until) })}
                </div>
              ))}
              {profile.grants.length === 0 && t("还没有角色，请联系安全管理员。")}
            </Card>
            <Card size="small" title={<SectionTitle>{t("动态口令")}</SectionTitle>}>
              {profile.secondFactor ? (
                <RemoveFactor />
              ) : (
                <SecondFactorForm
                  onDone={(session) => {
                    void enter(session);
                    message.success(t("动态口令已登记，下次登录时要用。"));
                  }}
                />
              )}
            </Card>
            <Sessions />
          </Flex>
        </Col>
        <Col xs={24} lg={12}>
          <Flex vertical gap="middle">
            <Card size="small" title={<SectionTitle>{t("修改密码")}</SectionTitle>}>
              <PasswordForm
                onDone={(session) => {
                  void enter(session);
                  message.success(t("密码已修改。"));
                }}
              />
            </Card>
            <Tokens />
          </Flex>
        </Col>
      </Row>
    </Flex>
  );
}

function RemoveFactor() {
  const { enter } = useSession();
  const [code, setCode] = useState("");
  const remove = useCommand(
    async () => {
      await call("removeSecondFactor", { body: { code } });
      await enter((await call("getSession")).body);
    },
    { said: () => t("动态口令已停用。"), refreshes: [] },
  );
  return (
    <Flex gap="small" wrap align="center">
      <span>{t("已登记。停用须填一次现在的动态口令：")}</span>
      <Input
        aria-label={t("6位动态口令")}
        inputMode="numeric"
        maxLength={6}
        style={{ width: 110 }}
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <Button loading={remove.isPending} disabled={!/^\d{6}$/.test(code)} onClick={() => remove.mutate()}>
        {t("停用")}
      </Button>
    </Flex>
  );
}

function Sessions() {
  const { data, error, refetch } = useQuery({
    queryKey: ["sessions"],
    queryFn: async () => (await call("listSessions")).body.items,
  });
  const endOthers = useCommand(async () => (await call("endOtherSessions")).body, {
    said: ({ ended }) => t("已结束{{ended}}个其他会话。", { ended }),
    refreshes: ["sessions"],
  });
  return (
    <Card
      size="small"
      title={<SectionTitle>{t("登录在哪些地方")}</SectionTitle>}
      extra={
        <Button size="small" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t("结束其他会话")}
        </Button>
      }
    >
      {error && <Failed error={error} again={refetch} />}
      {data?.map(({ id, device, current, seen }) => (
        <div key={id} style={{ overflowWrap: "anywhere" }}>
          {device}　<Typography.Text type="secondary">{current ? t("本次") : moment(seen)}</Typography.Text>
        </div>
      ))}
    </Card>
  );
}

function Tokens() {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["read"]);
  const [days, setDays] = useState(90);
  const { data, error, refetch } = useQuery({
    queryKey: ["tokens"],
    queryFn: async () => (await call("listTokens")).body.items,
  });
  const make = useCommand(
    async () => (await call("createToken", { body: { name: name.trim(), scopes, days } })).body,
    { refreshes: ["tokens"] },
  );
  const revoke = useCommand((token: string) => call("revokeToken", { params: { token } }), {
    said: () => t("令牌已收回。"),
    refreshes: ["tokens"],
  });
  return (
    <Card size="small" title={<SectionTitle>{t("接口令牌")}</SectionTitle>}>
      <Flex vertical gap="small">
        <Typography.Text type="secondary">
          {t("给程序用的。权限不会超过本人，也不会超过所选范围；只在建立时显示一次。")}
        </Typography.Text>
        {error && <Failed error={error} again={refetch} />}
        <Table<Token>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={data ?? []}
          locale={{ emptyText: t("还没有接口令牌。") }}
          columns={[
            { title: t("名称"), dataIndex: "name" },
            {
              title: t("范围"),
              dataIndex: "scopes",
              render: (of: Scope[]) => of.map((scope) => SCOPES[scope]).join("、"),
            },
            {
              title: t("有效期"),
              key: "until",
              render: (_, { expires, revoked }) => (revoked ? t("已收回") : moment(expires)),
            },
            {
              title: t("操作"),
              key: "revoke",
              render: (_, { id, revoked }) =>
                revoked === null && (
                  <Button size="small" onClick={() => revoke.mutate(id)}>
                    {t("收回")}
                  </Button>
                ),
            },
          ]}
        />
        {make.data && (
          <Alert
            type="success"
            showIcon
            title={t("令牌（只显示这一次）")}
            description={
              <Typography.Text code copyable style={{ overflowWrap: "anywhere" }}>
                {make.data.token}
              </Typography.Text>
            }
          />
        )}
        <Input
          aria-label={t("令牌名称")}
          placeholder={t("令牌名称，如“预算系统对接”")}
          maxLength={60}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Checkbox.Group<Scope>
          value={scopes}
          onChange={setScopes}
          options={(Object.entries(SCOPES) as [Scope, string][]).map(([value, label]) => ({ value, label }))}
        />
        <Flex gap="small" align="center">
          <label htmlFor="token-days">{t("有效天数")}</label>
          <InputNumber
            id="token-days"
            min={1}
            max={366}
            value={days}
            onChange={(value) => setDays(value ?? 90)}
          />
          <Button
            loading={make.isPending}
            disabled={name.trim() === "" || scopes.length === 0}
            onClick={() => make.mutate()}
          >
            {t("建立令牌")}
          </Button>
        </Flex>
      </Flex>
    </Card>
  );
}
