import { useQuery } from "@tanstack/react-query";
import { Typography } from "antd";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { count } from "../../ui/figures.ts";
import { useSession } from "../session/index.ts";

const LAST_YEAR = new Date().getFullYear() - 1;
/** The server tells the codes that were found most often, up to this many. */
const MOST = 20;

/** How often a rule was found in the forms of last year, as far as the person may see figures of them and the server tells. */
export function Fired({ code }: { readonly code: string }) {
  const { profile } = useSession();
  const home = profile?.grants[0];
  const isTold = (profile?.actions.includes("view-statistics") ?? false) && home !== undefined;
  const query = { year: String(LAST_YEAR), organisation: home?.organisation ?? "" };
  const { data, error } = useQuery({
    queryKey: ["overview", query],
    enabled: isTold,
    retry: false,
    queryFn: async () => (await call("getOverview", { query })).body,
  });
  if (!isTold) return <Typography.Text type="secondary">{t("您的角色不能看统计。")}</Typography.Text>;
  if (error) return <Typography.Text type="danger">{error.message}</Typography.Text>;
  if (!data) return <Typography.Text type="secondary">{t("正在统计…")}</Typography.Text>;
  const body = data.organisation.name;
  const found = data.rules.filter((rule) => rule.code === code);
  const findings = found.reduce((sum, each) => sum + each.findings, 0);
  if (found.length > 0)
    return (
      <>
        {t("{{body}}{{year}}年的表上，编号{{code}}提出了{{findings}}处。", {
          body,
          year: LAST_YEAR,
          code,
          findings: count(findings),
        })}
      </>
    );
  return (
    <>
      {data.rules.length < MOST
        ? t("{{body}}{{year}}年的表上没有提出过编号{{code}}。", { body, year: LAST_YEAR, code })
        : t("{{body}}{{year}}年的表上，编号{{code}}不在提出最多的{{most}}项之列。", {
            body,
            year: LAST_YEAR,
            code,
            most: MOST,
          })}
    </>
  );
}
