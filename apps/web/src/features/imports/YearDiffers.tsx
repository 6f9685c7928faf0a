import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex } from "antd";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { useCommand } from "../../ui/use-command.ts";
import type { FormLine } from "./titles.ts";

/** The form prints another year than was chosen: both ways on, each in one click; what was read and confirmed stays. */
export function YearDiffers({
  line: { underYear },
  printed,
  params,
}: {
  readonly line: FormLine;
  readonly printed: number;
  readonly params: { readonly import: string; readonly position: string; readonly form: string };
}) {
  const { data } = useQuery({
    queryKey: ["import", params.import],
    queryFn: async () => (await call("getImport", { params: { import: params.import } })).body,
  });
  const forms = (data?.items ?? [])
    .flatMap((file) => file.forms)
    .filter(
      ({ outcome, year }) =>
        outcome.kind === "unsettled" && outcome.code === "year-differs" && year === printed,
    ).length;
  const refreshes = ["import", "imports", "reading"];
  const take = useCommand(
    async () =>
      (await call("takeImportUnderYear", { params: { import: params.import }, body: { year: printed } })).body
        .forms,
    {
      refreshes,
      said: () => t("已改按{{year}}年度导入，读出的内容和已作的确认都在", { year: printed }),
    },
  );
  const correct = useCommand(
    async () =>
      call("answerImportNotes", {
        params,
        body: { action: "correct", note: null, place: "year", to: String(underYear) },
      }),
    { refreshes, said: () => t("年度已更正为{{year}}", { year: underYear }) },
  );
  const isBusy = take.isPending || correct.isPending;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("表上写的是{{printed}}年度，导入时选的是{{chosen}}年度", { printed, chosen: underYear })}
      description={
        <Flex vertical gap="small">
          <span>{t("选一种办法继续，读出的内容、已作的确认和更正都不会丢。")}</span>
          <Flex gap="small" wrap>
            <Button
              type="primary"
              loading={take.isPending}
              disabled={isBusy}
              onClick={() => take.mutate(undefined)}
            >
              {forms > 1
                ? t("改按{{year}}年度导入（这次导入中写{{year}}年度的{{forms}}张）", { year: printed, forms })
                : t("改按{{year}}年度导入", { year: printed })}
            </Button>
            <Button loading={correct.isPending} disabled={isBusy} onClick={() => correct.mutate(undefined)}>
              {t("表上写错了，更正为{{year}}年度", { year: underYear })}
            </Button>
          </Flex>
        </Flex>
      }
    />
  );
}
