import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { addressOf, call, Refused } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { useSession } from "../session/index.ts";

// Asked of few, so that the first page stays small.
const PasswordForm = lazy(async () => ({
  default: (await import("../../ui/PasswordForm.tsx")).PasswordForm,
}));
const SecondFactorForm = lazy(async () => ({
  default: (await import("../../ui/SecondFactorForm.tsx")).SecondFactorForm,
}));

interface Typed {
  readonly region?: string;
  readonly login: string;
  readonly password: string;
}

/** The steps from nobody to somebody: name and password, then whatever the session still asks for. */
export function LoginSteps() {
  const { session, hasEnded, enter } = useSession();
  if (session !== null && session !== "unknown" && !hasEnded)
    switch (session.standing) {
      case "second-factor":
        return <Code />;
      case "enrol-second-factor":
        return (
          <Suspense>
            <Alert
              type="info"
              showIcon
              title={t("您的角色要求使用动态口令，请先登记。")}
              style={{ marginBottom: 12 }}
            />
            <SecondFactorForm onDone={(next) => void enter(next)} />
          </Suspense>
        );
      case "change-password":
        return (
          <Suspense>
            <Alert
              type="info"
              showIcon
              title={t("首次登录或密码到期，请先修改密码。")}
              style={{ marginBottom: 12 }}
            />
            <PasswordForm onDone={(next) => void enter(next)} />
          </Suspense>
        );
      default:
        break;
    }
  return <NameAndPassword />;
}

function NameAndPassword() {
  const { enter } = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await call("getInstallation")).body,
  });
  const regions = data?.regions ?? [];
  const submit = async ({ region, login, password }: Typed) => {
    setBusy(true);
    setRefusal(null);
    try {
      const body = { login, password, ...(region === undefined ? {} : { region }) };
      await enter((await call("logIn", { body })).body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Typed> layout="vertical" onFinish={(typed) => void submit(typed)} requiredMark={false}>
      {regions.length > 1 && (
        <Form.Item name="region" label={t("地区")} rules={[{ required: true, message: t("请选择地区") }]}>
          <Select options={regions.map(({ region, name }) => ({ value: region, label: name }))} />
        </Form.Item>
      )}
      <Form.Item name="login" label={t("登录名")} rules={[{ required: true, message: t("请填写登录名") }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label={t("密码")} rules={[{ required: true, message: t("请填写密码") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {refusal !== null && <Alert type="error" title={refusal} style={{ marginBottom: 16 }} role="alert" />}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t("登录")}
      </Button>
      {data?.oidc && (
        <Button block style={{ marginTop: 8 }} href={addressOf("beginOidc", {})}>
          {data.oidc.label}
        </Button>
      )}
    </Form>
  );
}

function Code() {
  const { enter, leave } = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = async ({ code }: { readonly code: string }) => {
    setRefusal(null);
    try {
      await enter((await call("confirmSecondFactor", { body: { code: code.trim() } })).body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error.message);
    }
  };
  return (
    <Form
      layout="vertical"
      onFinish={(typed: { readonly code: string }) => void submit(typed)}
      requiredMark={false}
    >
      <Form.Item
        name="code"
        label={t("6位动态口令")}
        rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: t("请填写身份验证器上的6位数字") }]}
      >
        <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
      </Form.Item>
      {refusal !== null && <Alert type="error" title={refusal} style={{ marginBottom: 16 }} role="alert" />}
      <Flex vertical gap="small">
        <Button type="primary" htmlType="submit" block>
          {t("确认")}
        </Button>
        <Button type="link" block onClick={() => void leave()}>
          {t("换一个账号")}
        </Button>
      </Flex>
    </Form>
  );
}
