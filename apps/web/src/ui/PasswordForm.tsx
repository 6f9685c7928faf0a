import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { call, Refused } from "../api/client.ts";
import type { Answered } from "../api/operations-of.ts";
import { t } from "../i18n/words.ts";

interface Typed {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

/** What the interface takes at all; the installation may ask for more. */
const SHORTEST = 8;

/** Another password of one's own; the policy is said before anything is typed. All other sessions end. */
export function PasswordForm({ onDone }: { readonly onDone: (session: Answered<"getSession">) => void }) {
  const [form] = Form.useForm<Typed>();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await call("getInstallation")).body,
  });
  const length = data?.passwordLength ?? SHORTEST;
  const change = async ({ current, next }: Typed) => {
    setBusy(true);
    setRefusal(null);
    try {
      const { body } = await call("changePassword", { body: { current, next } });
      form.resetFields();
      onDone(body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal([error.message, ...error.errors.map(({ says }) => says)].join("\n"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void change(typed)}>
      <Alert
        type="info"
        showIcon
        title={t(
          "新密码至少{{length}}位，大写字母、小写字母、数字、符号至少用三类，不含登录名和姓名，不是常见密码。改后其他会话全部退出。",
          {
            length,
          },
        )}
        style={{ marginBottom: 12 }}
      />
      <Form.Item
        name="current"
        label={t("现在的密码")}
        rules={[{ required: true, message: t("请填写密码") }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t("新密码")}
        rules={[{ required: true, min: length, message: t("新密码至少{{length}}位", { length }) }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("再填一次新密码")}
        dependencies={["next"]}
        rules={[
          { required: true, message: t("请再填一次") },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("next")
                ? Promise.resolve()
                : Promise.reject(new Error(t("两次填写的不一样"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {refusal !== null && (
        <Alert
          type="error"
          role="alert"
          title={refusal}
          style={{ marginBottom: 12, whiteSpace: "pre-line" }}
        />
      )}
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t("修改密码")}
      </Button>
    </Form>
  );
}
