import { Button, Flex, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { ProjectField } from "../../ui/ProjectField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { Builder, usePreview, useSteps } from "./Builder.tsx";
import { NO_CHOICES } from "./recipe.ts";
import { LAST_YEAR, YEARS } from "./years.ts";

const EMPTY = { members: [], choices: NO_CHOICES, template: null };

/** A roll-up is tried and made. */
export function NewRollUpPage() {
  const { filter, setFilter } = useFilters<"year">();
  const year = Number(filter("year") ?? LAST_YEAR);
  const go = useNavigate();
  const steps = useSteps(EMPTY);
  const [isNew, setNew] = useState(true);
  const [name, setName] = useState("");
  const [body, setBody] = useState<string>();
  const [project, setProject] = useState<string>();
  const { recipe } = steps;
  const tried = usePreview(year, t("汇总表"), recipe);
  const isSettled = tried.preview?.kind === "rolled" && tried.isCurrent;
  const isHomed = isNew ? name.trim() !== "" && body !== undefined : project !== undefined;
  const make = useCommand(
    async () => {
      let home = project;
      if (isNew) {
        const made = await call("createProject", { body: { name: name.trim(), unit: body ?? "" } });
        home = made.body.id;
        // Should making it fail, the project is there already and is not made twice.
        setProject(home);
        setNew(false);
      }
      const { members, choices, template } = recipe;
      return (
        await call("makeRollUp", {
          body: {
            year,
            project: home ?? "",
            members: members.map(({ id }) => id),
            choices,
            ...(template === null ? {} : { template }),
          },
        })
      ).body.submission;
    },
    { said: () => t("汇总表已生成，可以在编辑页继续填写和送审。"), refreshes: ["submissions", "projects"] },
  );
  const missing = !isSettled
    ? t("先选择参加汇总的表，处理全部冲突。")
    : isHomed
      ? null
      : t("再写明汇总表归入哪个项目。");
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("新的汇总")} says={t("边选边看，生成之前什么也不会写入。")} />
      <Select
        aria-label={t("年度")}
        style={{ width: 110 }}
        value={String(year)}
        options={YEARS}
        onChange={(picked) => {
          setFilter("year")(picked);
          steps.change({ ...recipe, members: [] });
        }}
      />
      <Builder year={year} steps={steps} {...tried}>
        <section aria-label={t("生成")}>
          <Flex gap="small" wrap align="center">
            <Radio.Group
              value={isNew}
              onChange={({ target }) => setNew(target.value)}
              options={[
                { value: true, label: t("归入新的类别项目") },
                { value: false, label: t("归入已有的项目") },
              ]}
            />
            {isNew ? (
              <>
                <Input
                  aria-label={t("类别项目的名称")}
                  placeholder={t("类别项目的名称")}
                  style={{ width: 240 }}
                  maxLength={200}
                  value={name}
                  onChange={({ target }) => setName(target.value)}
                />
                <BodyField label={t("属于哪个部门或单位")} value={body} onChange={setBody} />
              </>
            ) : (
              <ProjectField label={t("归入哪个项目")} value={project} onChange={setProject} />
            )}
            <Button
              type="primary"
              disabled={missing !== null}
              loading={make.isPending}
              onClick={() => make.mutate(undefined, { onSuccess: (id) => void go(`/rollups/${id}`) })}
            >
              {t("生成汇总表")}
            </Button>
            {missing}
          </Flex>
        </section>
      </Builder>
    </Flex>
  );
}
