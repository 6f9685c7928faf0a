import type { Form } from "@jiheng/domain";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Spin } from "antd";
import { useNavigate, useParams } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { Builder, usePreview, useSteps } from "./Builder.tsx";

/** A roll-up is made again: of other forms, under other choices, or because its forms have changed. */
export function RemakePage() {
  const { submission = "" } = useParams();
  const params = { submission };
  const { data, error } = useQuery({
    queryKey: ["rollup", submission, "remake"],
    // What is being worked on must not be begun anew because the window was looked at again.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async () => {
      const [made, stands] = await Promise.all([call("getRollUp", { params }), call("getForm", { params })]);
      return { made: made.body, stands: stands.body };
    },
  });
  if (error) return <Failed error={error} />;
  if (!data) return <Spin />;
  return <Remake made={data.made} stands={data.stands} />;
}

function Remake({
  made,
  stands,
}: {
  readonly made: Answered<"getRollUp">;
  readonly stands: Answered<"getForm">;
}) {
  const go = useNavigate();
  const { year, projectName, id } = stands.submission;
  const form = stands.form as Form;
  const steps = useSteps({
    members: made.members.map(({ submission, project }) => ({ id: submission, project })),
    choices: made.choices,
    template: form.template,
  });
  const { recipe } = steps;
  const tried = usePreview(year, projectName, recipe);
  const remake = useCommand(
    async () => {
      const { members, choices, template } = recipe;
      await call("remakeRollUp", {
        params: { submission: id },
        ifMatch: stands.submission.revision,
        body: {
          members: members.map((member) => member.id),
          choices,
          ...(template === null ? {} : { template }),
        },
      });
    },
    {
      said: () => t("已重新汇总，原来的版本保留在历史里。"),
      refreshes: ["rollup", "rollup-history", "rollup-sources", "form", "submissions"],
    },
  );
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("重新汇总：{{name}}", { name: projectName })}
        says={t("先看哪些数会变，再决定；原来的版本保留。")}
      >
        <Button onClick={() => void go(`/rollups/${id}`)}>{t("不改了")}</Button>
        <Button
          type="primary"
          disabled={tried.preview?.kind !== "rolled" || !tried.isCurrent}
          loading={remake.isPending}
          onClick={() => remake.mutate(undefined, { onSuccess: () => void go(`/rollups/${id}`) })}
        >
          {t("重新汇总")}
        </Button>
      </PageHead>
      <Builder year={year} steps={steps} against={form} {...tried} />
    </Flex>
  );
}
