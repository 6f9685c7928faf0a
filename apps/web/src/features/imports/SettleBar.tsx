import { Alert, Button, Checkbox, Flex, Input, Modal, Select, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call, Refused } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { ProjectField } from "../../ui/ProjectField.tsx";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import type { Reading } from "./reading.ts";
import { FORM_KINDS } from "./titles.ts";
import { YearDiffers } from "./YearDiffers.tsx";

/** Where a form belongs, said by a person: into a project, or nowhere. */
export function SettleBar({
  reading: { line, form },
  open,
  params,
  bodies,
  onSettled,
}: {
  readonly reading: Reading;
  readonly open: number;
  readonly params: { readonly import: string; readonly position: string; readonly form: string };
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly onSettled: () => void;
}) {
  const { outcome } = line;
  const candidates = outcome.kind === "unsettled" ? outcome.candidates : [];
  const [project, setProject] = useState<string | undefined>(
    candidates.length === 1 ? candidates[0]?.project : undefined,
  );
  const [kind, setKind] = useState<NonNullable<typeof line.kind> | undefined>(line.kind ?? undefined);
  const [isReplacing, setReplacing] = useState(false);
  const [isUnitConfirmed, setUnitConfirmed] = useState(false);
  const [asks, setAsks] = useState<"skip" | "project" | null>(null);
  const { mutate, isPending, error } = useCommand(
    async (body: Parameters<typeof call<"settleImport">>[1] & object) =>
      call("settleImport", { params, ...body }),
    { refreshes: ["import", "imports", "reading"], said: () => t("已办结") },
  );
  if (outcome.kind === "imported")
    return (
      <Alert
        type="success"
        showIcon
        title={t("已归入。以后在表中填写和更正。")}
        action={<Link to={`/forms/${outcome.submission}`}>{t("打开表")}</Link>}
      />
    );
  if (outcome.kind === "skipped")
    return <Alert type="info" showIcon title={t("已略过：{{reason}}", outcome)} />;
  if (outcome.code === "year-differs" && line.year !== null)
    return <YearDiffers line={line} printed={line.year} params={params} />;
  const asksUnit = outcome.code === "unit-differs";
  // Whoever files for others is told so before.
  const others =
    bodies.length === 0
      ? []
      : [
          ...new Set(
            candidates
              .filter((each) => each.project === project && !bodies.some(({ name }) => name === each.unit))
              .map(({ unit }) => unit),
          ),
        ];
  const mayReplace =
    (outcome.code === "has-content" && project === candidates[0]?.project) ||
    (error instanceof Refused && error.code === "already-exists");
  const settle = () =>
    mutate(
      {
        body: {
          action: "into",
          project: project ?? "",
          replace: isReplacing,
          confirmsUnit: isUnitConfirmed,
          ...(kind === undefined ? {} : { kind }),
        },
      },
      { onSuccess: onSettled },
    );
  return (
    <Flex
      gap="small"
      align="center"
      wrap
      component="section"
      className="settle-bar"
      aria-label={t("归入项目")}
    >
      <div style={{ width: "100%" }}>{outcome.says}</div>
      {line.underYearBy !== null && (
        <div style={{ width: "100%" }}>
          {t("{{name}}已改按{{year}}年度导入。", { name: line.underYearBy, year: line.underYear })}
        </div>
      )}
      <ProjectField
        label={t("归入哪个项目")}
        value={project}
        onChange={setProject}
        offered={candidates.map(({ project: id, name, unit, code }) => ({
          id,
          name,
          unitName: unit,
          code,
        }))}
      />
      {line.kind === null && (
        <Select
          aria-label={t("种类")}
          placeholder={t("种类")}
          style={{ width: 150 }}
          options={Object.entries(FORM_KINDS).map(([value, label]) => ({ value, label }))}
          {...(kind === undefined ? {} : { value: kind })}
          onChange={setKind}
        />
      )}
      {asksUnit && (
        <Checkbox checked={isUnitConfirmed} onChange={({ target }) => setUnitConfirmed(target.checked)}>
          {t("单位已核对，就归入选定的项目")}
        </Checkbox>
      )}
      {mayReplace && (
        <Checkbox checked={isReplacing} onChange={({ target }) => setReplacing(target.checked)}>
          {t("用文件中的内容替换已填的")}
        </Checkbox>
      )}
      <Button
        type="primary"
        loading={isPending}
        disabled={
          open > 0 ||
          project === undefined ||
          kind === undefined ||
          (mayReplace && !isReplacing) ||
          (asksUnit && !isUnitConfirmed)
        }
        onClick={settle}
      >
        {t("归入项目")}
      </Button>
      <Button onClick={() => setAsks("project")}>{t("登记新项目")}</Button>
      <Button onClick={() => setAsks("skip")}>{t("略过")}</Button>
      {others.length > 0 && (
        <div style={{ width: "100%" }}>
          {t("这是{{unit}}的表：归入后由该单位核对并送审，代填的每一格都记在您名下。", {
            unit: others.join("、"),
          })}
        </div>
      )}
      {open > 0 && <span role="status">{t("还有{{open}}处待确认，确认后才能归入。", { open })}</span>}
      {asks === "skip" && (
        <SkipDialog
          isBusy={isPending}
          onClose={() => setAsks(null)}
          onSkip={(reason) =>
            mutate({ body: { action: "skip", reason } }, { onSuccess: () => setAsks(null) })
          }
        />
      )}
      {asks === "project" && (
        <NewProjectDialog
          name={form.project ?? ""}
          code={form.projectCode}
          bodies={bodies}
          onClose={() => setAsks(null)}
          onMade={(made) => {
            setProject(made);
            setAsks(null);
          }}
        />
      )}
    </Flex>
  );
}

function SkipDialog({
  isBusy,
  onClose,
  onSkip,
}: {
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onSkip: (reason: string) => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={t("略过这张表")}
      okText={t("略过")}
      okButtonProps={{ disabled: reason.trim().length < 2, loading: isBusy }}
      onOk={() => onSkip(reason)}
      onCancel={onClose}
    >
      <ReasonField label={t("理由（至少两个字）")} value={reason} onChange={setReason} autoFocus />
    </Modal>
  );
}

function NewProjectDialog({
  name: read,
  code: readCode,
  bodies,
  onClose,
  onMade,
}: {
  readonly name: string;
  readonly code: string | null;
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
  readonly onMade: (project: string) => void;
}) {
  const [name, setName] = useState(read);
  const [code, setCode] = useState(readCode ?? "");
  const [unit, setUnit] = useState<string | undefined>();
  const { mutate, isPending } = useCommand(
    async () =>
      (
        await call("createProject", {
          body: { name, code: code.trim() === "" ? null : code.trim(), unit: unit ?? "" },
        })
      ).body.id,
    { refreshes: ["projects"] },
  );
  return (
    <Modal
      open
      title={t("登记新项目")}
      okText={t("登记")}
      okButtonProps={{ disabled: name.trim() === "" || unit === undefined, loading: isPending }}
      onOk={() => mutate(undefined, { onSuccess: onMade })}
      onCancel={onClose}
    >
      <Space orientation="vertical" style={{ width: "100%" }}>
        <Input
          aria-label={t("项目名称")}
          placeholder={t("项目名称")}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Input
          aria-label={t("项目编码（可以不填）")}
          placeholder={t("项目编码（可以不填）")}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
        <BodyField
          label={t("实施单位")}
          kind="unit"
          known={bodies}
          value={unit}
          onChange={setUnit}
          width="100%"
        />
      </Space>
    </Modal>
  );
}
