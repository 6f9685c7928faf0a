import { Alert, Typography } from "antd";
import { t } from "../../i18n/words.ts";

/** A password that is shown once, to be handed on. */
export function OneTimePassword({ password }: { readonly password: string }) {
  return (
    <Alert
      type="success"
      showIcon
      title={t("一次性密码（只显示这一次，请当面或以安全方式转交；首次登录须修改）")}
      description={
        <Typography.Text code copyable style={{ fontSize: 18 }}>
          {password}
        </Typography.Text>
      }
    />
  );
}
