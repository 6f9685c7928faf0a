import { useQuery } from "@tanstack/react-query";
import { Card, Empty, Flex, Spin } from "antd";
import { Link, Navigate } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { PortalFrame } from "./PortalFrame.tsx";

/** The regions that publish here; where there is one, it is gone to at once. */
export function RegionsPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ["installation"],
    queryFn: async () => (await call("getInstallation")).body,
  });
  const [only, ...others] = data?.regions ?? [];
  if (only && others.length === 0) return <Navigate to={`/public/${only.region}`} replace />;
  return (
    <PortalFrame region={null} name={null}>
      <PageHead title={t("选择地区")} />
      {error && <Failed error={error} again={refetch} />}
      {!data && !error && <Spin className="page-waits" />}
      {data?.regions.length === 0 && <Empty description={t("这里还没有地区。")} />}
      <Flex gap="middle" wrap style={{ marginTop: 16 }}>
        {data?.regions.map(({ region, name }) => (
          <Card key={region} size="small">
            <Link to={`/public/${region}`}>{name}</Link>
          </Card>
        ))}
      </Flex>
    </PortalFrame>
  );
}
