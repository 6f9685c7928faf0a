import { ROLE_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Col, Flex, Form, Input, Result, Row, Spin, Typography } from "antd";
import { useState } from "react";
import { call, Refused } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";

const ADMINISTRATORS = ["administrator", "security-administrator", "auditor"] as const;
const DUTIES: Readonly<Record<(typeof ADMINISTRATORS)[number], string>> = {
  administrator: t("建机构和账号，管备份和对接"),
  "security-administrator": t("授予和收回角色，锁定账号，重置密码"),
  auditor: t("查看和校验操作日志"),
};

interface Person {
  readonly login: string;
  readonly name: string;
  readonly password: string;
}
interface Typed {
  readonly code: string;
  readonly region: string;
  readonly name: string;
  readonly jurisdiction?: string;
  readonly bureau: string;
  readonly administrators: Readonly<Record<(typeof ADMINISTRATORS)[number], Person>>;
}

/** Sets a new system up, once, with the code that was printed where the server was started. */
export function SetupPage() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await call("getInstallation")).body,
  });
  const setUp = async ({ administrators, jurisdiction, ...rest }: Typed) => {
    setBusy(true);
    setRefusal(null);
    try {
      await call("setUp", {
        body: {
          ...rest,
          jurisdiction: jurisdiction?.trim() || null,
          administrators: ADMINISTRATORS.map((role) => ({ role, ...administrators[role] })),
        },
      });
      setDone(true);
    } catch (failed) {
      if (!(failed instanceof Refused)) throw failed;
      setRefusal([failed.message, ...failed.errors.map(({ says }) => says)].join("\n"));
    } finally {
      setBusy(false);
    }
  };
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin className="page-waits" />;
  if (isDone || !data.needsSetup)
    return (
      <Result
        status={isDone ? "success" : "info"}
        title={t(isDone ? "系统已建立" : "这个系统已经建立过")}
        subTitle={t("接下来：系统管理员登录后建机构和账号，安全管理员再授予角色。")}
        extra={
          // The whole page anew: everything that was asked before is different now.
          <Button type="primary" href="/">
            {t("去登录")}
          </Button>
        }
      />
    );
  return (
    <main style={{ maxWidth: 960, margin: "24px auto", padding: "0 16px" }}>
      <title>{t("首次设置")}</title>
      <Typography.Title level={1} style={{ fontSize: 24 }}>
        {t("首次设置")}
      </Typography.Title>
      <Typography.Paragraph>
        {t(
          "建立地区、财政部门和三个管理员账号。三员分设，由三个人分别担任。安装码印在启动服务的窗口里，用过即废。",
        )}
      </Typography.Paragraph>
      <Form<Typed> layout="vertical" requiredMark={false} onFinish={(typed) => void setUp(typed)}>
        <Card size="small" style={{ marginBottom: 16 }}>
          <Row gutter={16}>
            {(
              [
                ["code", t("安装码"), t("启动服务时显示的"), true],
                ["region", t("地区代码"), t("小写字母、数字、连字符，如 qinghe"), true],
                ["name", t("地区名称"), t("如 青禾区"), true],
                ["jurisdiction", t("适用评分办法的辖区"), t("如 上海市；不填用全国通行办法"), false],
                ["bureau", t("财政部门名称"), t("如 青禾区财政局"), true],
              ] as const
            ).map(([name, label, hint, needed]) => (
              <Col key={name} xs={24} md={12}>
                <Form.Item
                  name={name}
                  label={label}
                  extra={hint}
                  rules={needed ? [{ required: true, message: t("请填写{{label}}", { label }) }] : []}
                >
                  <Input autoComplete="off" maxLength={100} />
                </Form.Item>
              </Col>
            ))}
          </Row>
        </Card>
        <Row gutter={16}>
          {ADMINISTRATORS.map((role) => (
            <Col key={role} xs={24} md={8}>
              <Card
                size="small"
                title={<h2 style={{ margin: 0, fontSize: 14 }}>{t(ROLE_TITLES[role])}</h2>}
                style={{ marginBottom: 16 }}
              >
                <Typography.Paragraph type="secondary">{DUTIES[role]}</Typography.Paragraph>
                <Form.Item
                  name={["administrators", role, "login"]}
                  label={t("登录名")}
                  rules={[{ required: true, min: 2, message: t("请填写登录名，至少2位") }]}
                >
                  <Input autoComplete="off" maxLength={64} />
                </Form.Item>
                <Form.Item
                  name={["administrators", role, "name"]}
                  label={t("姓名")}
                  rules={[{ required: true, message: t("请填写姓名") }]}
                >
                  <Input autoComplete="off" maxLength={64} />
                </Form.Item>
                <Form.Item
                  name={["administrators", role, "password"]}
                  label={t("密码")}
                  extra={t("至少{{length}}位", { length: data.passwordLength })}
                  rules={[
                    {
                      required: true,
                      min: data.passwordLength,
                      message: t("密码至少{{length}}位", { length: data.passwordLength }),
                    },
                  ]}
                >
                  <Input.Password autoComplete="new-password" maxLength={128} />
                </Form.Item>
              </Card>
            </Col>
          ))}
        </Row>
        <Flex vertical gap="small" align="start">
          {refusal !== null && (
            <Alert type="error" role="alert" showIcon title={refusal} style={{ whiteSpace: "pre-line" }} />
          )}
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {t("建立系统")}
          </Button>
        </Flex>
      </Form>
    </main>
  );
}
