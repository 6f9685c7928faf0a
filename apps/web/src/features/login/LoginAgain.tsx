import { Modal, Typography } from "antd";
import { t } from "../../i18n/words.ts";
import { LoginSteps } from "./LoginSteps.tsx";

/** Over a page whose session has ended: who is here again goes on where the page was left. */
export function LoginAgain() {
  return (
    <Modal
      open
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      title={t("登录已过期")}
    >
      <Typography.Paragraph>{t("请重新登录。页面上已经填写的内容都在，登录后继续。")}</Typography.Paragraph>
      <LoginSteps />
    </Modal>
  );
}
