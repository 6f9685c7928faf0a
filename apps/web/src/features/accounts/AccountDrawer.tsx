import { type Action, ROLE_TITLES, ROLES, type Role } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Descriptions, Drawer, Flex, Input, Modal, Select, Space, Spin, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { endOfDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useSession } from "../session/index.ts";
import { OneTimePassword } from "./OneTimePassword.tsx";

type Whole = Answered<"getAccount">;

interface Act {
  readonly key: string;
  readonly title: string;
  readonly needs: Action;
  readonly isOffered: (account: Whole) => boolean;
  readonly carryOut: (account: string, reason: string) => Promise<string | null>;
}

const LOCK_DAYS = 30;
const none = async (done: Promise<unknown>): Promise<null> => {
  await done;
  return null;
};
const isLocked = ({ lockedUntil }: Whole): boolean =>
  lockedUntil !== null && Date.parse(lockedUntil) > Date.now();

/** What can be done with an account, each for a reason that goes into the log. */
const ACTS: readonly Act[] = [
  {
    key: "disable",
    title: t("停用账号"),
    needs: "manage-accounts",
    isOffered: ({ disabled }) => disabled === null,
    carryOut: (account, reason) => none(call("disableAccount", { params: { account }, body: { reason } })),
  },
  {
    key: "enable",
    title: t("启用账号"),
    needs: "manage-accounts",
    isOffered: ({ disabled }) => disabled !== null,
    carryOut: (account, reason) => none(call("enableAccount", { params: { account }, body: { reason } })),
  },
  {
    key: "lock",
    title: t("锁定30天"),
    needs: "lock-account",
    isOffered: (account) => !isLocked(account),
    carryOut: (account, reason) => {
      const until = new Date(Date.now() + LOCK_DAYS * 86_400_000).toISOString();
      return none(call("lockAccount", { params: { account }, body: { until, reason } }));
    },
  },
  {
    key: "unlock",
    title: t("解锁"),
    needs: "lock-account",
    isOffered: isLocked,
    carryOut: (account) => none(call("unlockAccount", { params: { account } })),
  },
  {
    key: "password",
    title: t("重置密码"),
    needs: "reset-password",
    isOffered: () => true,
    carryOut: async (account, reason) =>
      (await call("resetPassword", { params: { account }, body: { reason } })).body.password,
  },
  {
    key: "factor",
    title: t("重置动态口令"),
    needs: "reset-second-factor",
    isOffered: ({ secondFactor }) => secondFactor,
    carryOut: (account, reason) => none(call("resetSecondFactor", { params: { account }, body: { reason } })),
  },
];

/** One account: its roles, its recusals and tokens, and what the caller may do with it. */
export function AccountDrawer({
  account: id,
  onClose,
}: {
  readonly account: string;
  readonly onClose: () => void;
}) {
  const { profile } = useSession();
  const mayDo = (action: Action) => profile?.actions.includes(action) ?? false;
  const { data, error, refetch } = useQuery({
    queryKey: ["accounts", "one", id],
    queryFn: async () => (await call("getAccount", { params: { account: id } })).body,
  });
  return (
    <Drawer open size="large" title={data ? `${data.name}（${data.login}）` : t("账号")} onClose={onClose}>
      {error && <Failed error={error} again={refetch} />}
      {!data && !error && <Spin />}
      {data && (
        <Flex vertical gap="middle">
          <Descriptions
            size="small"
            column={2}
            items={[
              { key: "made", label: t("建立"), children: moment(data.created) },
              {
                key: "factor",
                label: t("动态口令"),
                children: data.secondFactor ? t("已登记") : t("未登记"),
              },
              { key: "disabled", label: t("停用"), children: moment(data.disabled) },
              {
                key: "locked",
                label: t("锁定到"),
                children: isLocked(data) ? moment(data.lockedUntil) : "—",
              },
            ]}
          />
          <Space wrap>
            {ACTS.filter(({ needs, isOffered }) => mayDo(needs) && isOffered(data)).map((act) => (
              <ActButton key={act.key} act={act} account={data} />
            ))}
          </Space>
          <SectionTitle>{t("角色")}</SectionTitle>
          {data.grants.length === 0 && (
            <Typography.Text type="secondary">{t("还没有角色。")}</Typography.Text>
          )}
          {data.grants.map((grant) => (
            <Flex key={`${grant.role} ${grant.organisation} ${grant.id}`} justify="space-between" gap="small">
              <span>
                {t(ROLE_TITLES[grant.role])}　{grant.organisationName}
                {grant.until !== null && t("（到{{until}}为止）", { until: moment(grant.until) })}
                {grant.submissions !== null &&
                  t("（只限{{forms}}张表）", { forms: grant.submissions.length })}
              </span>
              {mayDo("manage-roles") && grant.id !== null && <Revoke account={id} grant={grant.id} />}
            </Flex>
          ))}
          {mayDo("manage-roles") && <Give account={id} />}
          <SectionTitle>{t("回避")}</SectionTitle>
          {data.recusals.length === 0 && (
            <Typography.Text type="secondary">{t("没有登记回避。")}</Typography.Text>
          )}
          {data.recusals.map(({ from, reason, at }) => (
            <div key={`${from} ${at}`}>
              {reason}　<Typography.Text type="secondary">{moment(at)}</Typography.Text>
            </div>
          ))}
          {mayDo("manage-recusals") && <Recuse account={id} />}
          <SectionTitle>{t("接口令牌")}</SectionTitle>
          {data.tokens.length === 0 && (
            <Typography.Text type="secondary">{t("没有接口令牌。")}</Typography.Text>
          )}
          {data.tokens.map((token) => (
            <div key={token.id}>
              {token.name}　{token.scopes.join("、")}　
              {token.revoked ? t("已收回") : t("到{{until}}为止", { until: moment(token.expires) })}
            </div>
          ))}
        </Flex>
      )}
    </Drawer>
  );
}

function ActButton({ act, account }: { readonly act: Act; readonly account: Whole }) {
  const { modal } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const carryOut = useCommand(() => act.carryOut(account.id, reason.trim()), {
    said: () => t("已办理，记入日志。"),
    refreshes: ["accounts"],
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{act.title}</Button>
      <Modal
        open={isOpen}
        title={`${act.title}：${account.name}`}
        okText={act.title}
        cancelText={t("取消")}
        confirmLoading={carryOut.isPending}
        okButtonProps={{ disabled: reason.trim() === "" }}
        onCancel={() => setOpen(false)}
        onOk={() =>
          carryOut.mutate(undefined, {
            onSuccess: (password) => {
              setOpen(false);
              setReason("");
              if (password)
                modal.success({ title: act.title, content: <OneTimePassword password={password} /> });
            },
          })
        }
      >
        <ReasonField autoFocus label={t("理由（记入日志）")} value={reason} onChange={setReason} />
      </Modal>
    </>
  );
}

function Revoke({ account, grant }: { readonly account: string; readonly grant: string }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const revoke = useCommand(
    () => call("revokeGrant", { params: { account, grant }, body: { reason: reason.trim() } }),
    { said: () => t("角色已收回。"), refreshes: ["accounts"] },
  );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("收回")}
      </Button>
      <Modal
        open={isOpen}
        title={t("收回角色")}
        okText={t("收回")}
        cancelText={t("取消")}
        confirmLoading={revoke.isPending}
        okButtonProps={{ disabled: reason.trim() === "" }}
        onCancel={() => setOpen(false)}
        onOk={() => revoke.mutate(undefined, { onSuccess: () => setOpen(false) })}
      >
        <ReasonField autoFocus label={t("理由（记入日志）")} value={reason} onChange={setReason} />
      </Modal>
    </>
  );
}

function Give({ account }: { readonly account: string }) {
  const [role, setRole] = useState<Role | undefined>(undefined);
  const [organisation, setOrganisation] = useState<string | undefined>(undefined);
  const [until, setUntil] = useState("");
  const give = useCommand(
    () =>
      call("giveGrant", {
        params: { account },
        body: {
          role: role ?? "clerk",
          organisation: organisation ?? "",
          until: until === "" ? null : endOfDay(until),
          submissions: null,
        },
      }),
    { said: () => t("角色已授予。"), refreshes: ["accounts"] },
  );
  return (
    <Flex gap="small" wrap align="end">
      <Select<Role>
        aria-label={t("要授予的角色")}
        placeholder={t("要授予的角色")}
        style={{ width: 180 }}
        options={ROLES.map((value) => ({ value, label: t(ROLE_TITLES[value]) }))}
        value={role ?? null}
        onChange={setRole}
      />
      <BodyField label={t("在哪个机构")} value={organisation} onChange={setOrganisation} />
      <DayField
        aria-label={t("到哪天为止（可以不填）")}
        placeholder={t("到哪天为止（可以不填）")}
        style={{ width: 210 }}
        value={until}
        onChange={setUntil}
      />
      <Button
        loading={give.isPending}
        disabled={role === undefined || organisation === undefined}
        onClick={() => give.mutate()}
      >
        {t("授予角色")}
      </Button>
    </Flex>
  );
}

function Recuse({ account }: { readonly account: string }) {
  const [from, setFrom] = useState<string | undefined>(undefined);
  const [reason, setReason] = useState("");
  const recuse = useCommand(
    () => call("recordRecusal", { params: { account }, body: { from: from ?? "", reason: reason.trim() } }),
    { said: () => t("已登记回避。"), refreshes: ["accounts"] },
  );
  return (
    <Flex gap="small" wrap>
      <BodyField label={t("回避哪个机构")} value={from} onChange={setFrom} />
      <Input
        aria-label={t("回避的理由")}
        placeholder={t("回避的理由")}
        style={{ width: 220 }}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button
        loading={recuse.isPending}
        disabled={from === undefined || reason.trim() === ""}
        onClick={() => recuse.mutate()}
      >
        {t("登记回避")}
      </Button>
    </Flex>
  );
}
