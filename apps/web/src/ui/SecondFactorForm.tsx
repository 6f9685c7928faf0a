import { Alert, Button, Flex, Input, QRCode, Typography } from "antd";
import { useState } from "react";
import { call, Refused } from "../api/client.ts";
import type { Answered } from "../api/operations-of.ts";
import { t } from "../i18n/words.ts";

/** Binds an authenticator: its secret as a picture and as text, then its first code. */
export function SecondFactorForm({ onDone }: { readonly onDone: (session: Answered<"getSession">) => void }) {
  const [password, setPassword] = useState("");
  const [secret, setSecret] = useState<Answered<"enrolSecondFactor"> | null>(null);
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const attempt = async (step: () => Promise<void>) => {
    setRefusal(null);
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error.message);
    }
  };
  const begin = () =>
    attempt(async () => {
      setSecret((await call("enrolSecondFactor", { body: password === "" ? {} : { password } })).body);
    });
  const confirm = () =>
    attempt(async () => {
      onDone((await call("confirmEnrolment", { body: { code: code.trim() } })).body);
    });
  return (
    <Flex vertical gap="small" align="start">
      {secret === null ? (
        <>
          <label htmlFor="factor-password">{t("先再输一次密码")}</label>
          <Input.Password
            id="factor-password"
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
          <Button type="primary" onClick={() => void begin()}>
            {t("登记动态口令")}
          </Button>
        </>
      ) : (
        <>
          <Typography.Paragraph>
            {t("用手机上的身份验证器扫这个码，或手工输入密钥，再填它显示的6位数字。")}
          </Typography.Paragraph>
          {/* The secret stands beside it as text. */}
          <div aria-hidden="true">
            <QRCode value={secret.uri} type="svg" color="#000" bgColor="#fff" />
          </div>
          <Typography.Text code copyable>
            {secret.secret}
          </Typography.Text>
          <label htmlFor="factor-code">{t("6位动态口令")}</label>
          <Input
            id="factor-code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            style={{ width: 140 }}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
          <Button type="primary" disabled={!/^\d{6}$/.test(code.trim())} onClick={() => void confirm()}>
            {t("确认")}
          </Button>
        </>
      )}
      {refusal !== null && <Alert type="error" role="alert" showIcon title={refusal} />}
    </Flex>
  );
}
