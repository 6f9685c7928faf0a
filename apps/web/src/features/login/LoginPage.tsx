import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Form, Input, Select, Table, Typography } from "antd";
import { useState } from "react";
import { call, Refused } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { useSession } from "../session/index.ts";

interface Typed {
  readonly region?: string;
  readonly login: string;
  readonly password: string;
}

/** Login; of a demonstration with everybody who may be tried. */
export function LoginPage() {
  const { enter } = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<Typed>();
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
    <Flex vertical align="center" gap="large" style={{ padding: "8vh 16px" }}>
      <Card style={{ width: "min(26rem, 100%)" }}>
        <Typography.Title level={1} style={{ fontSize: 26, marginTop: 0 }}>
          绩衡
        </Typography.Title>
        <Typography.Paragraph type="secondary">
          {t("预算绩效自评的记录系统：每一分有来历，每一步有记录。")}
        </Typography.Paragraph>
        <Form form={form} layout="vertical" onFinish={(typed) => void submit(typed)} requiredMark={false}>
          {regions.length > 1 && (
            <Form.Item name="region" label={t("地区")} rules={[{ required: true, message: t("请选择地区") }]}>
              <Select options={regions.map(({ region, name }) => ({ value: region, label: name }))} />
            </Form.Item>
          )}
          <Form.Item
            name="login"
            label={t("登录名")}
            rules={[{ required: true, message: t("请填写登录名") }]}
          >
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t("密码")} rules={[{ required: true, message: t("请填写密码") }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {refusal !== null && (
            <Alert type="error" title={refusal} style={{ marginBottom: 16 }} role="alert" />
          )}
          <Button type="primary" htmlType="submit" block loading={isBusy}>
            {t("登录")}
          </Button>
        </Form>
      </Card>
      {data?.demo && (
        <Card title={t("演示账号（单位、人员和数据都是虚构的）")} style={{ width: "min(56rem, 100%)" }}>
          <Table
            size="small"
            rowKey="login"
            pagination={{ pageSize: 10, size: "small" }}
            dataSource={data.demo.accounts}
            columns={[
              { title: t("登录名"), dataIndex: "login" },
              { title: t("姓名"), dataIndex: "name" },
              { title: t("角色"), dataIndex: "roleTitle" },
              { title: t("单位"), dataIndex: "organisation" },
              {
                title: "",
                key: "enter",
                render: (_, { login }) => (
                  <Button
                    size="small"
                    onClick={() => void submit({ login, password: data.demo?.password ?? "" })}
                  >
                    {t("以此登录")}
                  </Button>
                ),
              },
            ]}
          />
        </Card>
      )}
    </Flex>
  );
}
