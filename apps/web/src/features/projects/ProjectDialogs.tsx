import { KIND_TITLES } from "@jiheng/workflow";
import { Flex, Form, Input, InputNumber, Modal, Radio, Typography } from "antd";
import { useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { endOfDay } from "../../ui/china-day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { ReasonField } from "../../ui/ReasonField.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useSession } from "../session/index.ts";

type Project = Answered<"getProject">["project"];

interface Ends {
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

function useBodies() {
  const { profile } = useSession();
  return (profile?.grants ?? []).map(({ organisation: id, organisationName: name }) => ({ id, name }));
}

/** Registers a project, or changes what is registered of one. */
export function ProjectDialog({ project, onClose, onDone }: Ends & { readonly project?: Project }) {
  const bodies = useBodies();
  const [name, setName] = useState(project?.name ?? "");
  const [code, setCode] = useState(project?.code ?? "");
  const [unit, setUnit] = useState(project?.unit);
  const { mutate, isPending } = useCommand(
    async () => {
      const body = { name, code: code.trim() === "" ? null : code.trim(), unit: unit ?? "" };
      const done = project
        ? await call("changeProject", { params: { project: project.id }, body })
        : await call("createProject", { body });
      return done.body.id;
    },
    { refreshes: ["projects", "project"], said: () => (project ? t("已修改") : t("已入库")) },
  );
  return (
    <Modal
      open
      title={project ? t("修改项目") : t("项目入库")}
      okText={project ? t("保存") : t("入库")}
      okButtonProps={{ disabled: name.trim() === "" || unit === undefined, loading: isPending }}
      onOk={() => mutate(undefined, { onSuccess: onDone })}
      onCancel={onClose}
    >
      <Form layout="vertical" component={false}>
        <Form.Item label={t("项目名称")} htmlFor="project-name" required>
          <Input
            id="project-name"
            maxLength={200}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t("项目编码")}
          htmlFor="project-code"
          extra={t("财政系统中的编码。导入预算和表格时先按编码对应；没有可以不填。")}
        >
          <Input
            id="project-code"
            maxLength={60}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </Form.Item>
        <Form.Item label={t("实施单位")} required>
          <BodyField
            label={t("实施单位")}
            kind="unit"
            width="100%"
            known={[...bodies, ...(project ? [{ id: project.unit, name: project.unitName }] : [])]}
            value={unit}
            onChange={setUnit}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Records that a unit has a classified project: why, and nothing of it. */
export function PlaceholderDialog({ onClose, onDone }: Ends) {
  const bodies = useBodies();
  const [unit, setUnit] = useState<string | undefined>();
  const [reason, setReason] = useState("");
  const { mutate, isPending } = useCommand(
    async () => (await call("recordPlaceholder", { body: { unit: unit ?? "", reason } })).body.id,
    { refreshes: ["projects"], said: () => t("已登记") },
  );
  return (
    <Modal
      open
      title={t("登记涉密项目占位")}
      okText={t("登记")}
      okButtonProps={{ disabled: unit === undefined || reason.trim().length < 4, loading: isPending }}
      onOk={() => mutate(undefined, { onSuccess: onDone })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <Typography.Text type="secondary">
          {t("只记某单位有这样一个项目和理由。名称、金额、指标一概不要写进本系统。")}
        </Typography.Text>
        <BodyField
          label={t("单位")}
          kind="unit"
          width="100%"
          known={bodies}
          value={unit}
          onChange={setUnit}
        />
        <ReasonField label={t("理由（不含涉密内容，至少四个字）")} value={reason} onChange={setReason} />
      </Flex>
    </Modal>
  );
}

/** Records that a project goes on in another year. */
export function CarryOverDialog({
  project,
  year,
  onClose,
  onDone,
}: Ends & { readonly project: Project; readonly year: number }) {
  const [toYear, setToYear] = useState(year);
  const [reason, setReason] = useState("");
  const { mutate, isPending } = useCommand(
    async () => {
      await call("carryOverProject", {
        params: { project: project.id },
        body: { toYear, reason: reason.trim() === "" ? null : reason },
      });
      return project.id;
    },
    { refreshes: ["project"], said: () => t("已登记结转") },
  );
  return (
    <Modal
      open
      title={t("登记结转")}
      okText={t("登记")}
      okButtonProps={{ loading: isPending }}
      onOk={() => mutate(undefined, { onSuccess: onDone })}
      onCancel={onClose}
    >
      <Flex vertical gap="small">
        <div>
          <label htmlFor="carry-over-year">{t("结转到哪一年")}</label>{" "}
          <InputNumber
            id="carry-over-year"
            min={2000}
            max={2100}
            value={toYear}
            onChange={(picked) => picked !== null && setToYear(picked)}
          />
        </div>
        <ReasonField label={t("理由（可以不填）")} value={reason} onChange={setReason} />
      </Flex>
    </Modal>
  );
}

type Kind = "target-declaration" | "adjustment";
type From = "blank" | "previous-year";

/** Opens a declaration or an adjustment that nobody asked for. */
export function OpenDialog({
  project,
  year,
  hasTargets,
  onClose,
  onDone,
}: Ends & {
  readonly project: Project;
  readonly year: number;
  readonly hasTargets: (year: number) => boolean;
}) {
  const [ofYear, setYear] = useState(year);
  const [kind, setKind] = useState<Kind>("target-declaration");
  const [from, setFrom] = useState<From>("previous-year");
  const { mutate, isPending } = useCommand(
    async () =>
      (
        await call("openSubmission", {
          body: { project: project.id, year: ofYear, kind, ...(kind === "adjustment" ? {} : { from }) },
        })
      ).body.submission.id,
    { refreshes: ["project", "submissions", "workbench"] },
  );
  const cannot = kind === "adjustment" && !hasTargets(ofYear);
  return (
    <Modal
      open
      title={t("申报或调整绩效目标")}
      okText={t("开始填写")}
      okButtonProps={{ loading: isPending, disabled: cannot }}
      onOk={() => mutate(undefined, { onSuccess: onDone })}
      onCancel={onClose}
    >
      <Flex vertical gap="middle">
        <div>
          <label htmlFor="open-year">{t("年度")}</label>{" "}
          <InputNumber
            id="open-year"
            min={2000}
            max={2100}
            value={ofYear}
            onChange={(picked) => picked !== null && setYear(picked)}
          />
        </div>
        <Radio.Group
          aria-label={t("种类")}
          value={kind}
          onChange={({ target }) => setKind(target.value as Kind)}
          options={[
            { value: "target-declaration", label: t("绩效目标申报表") },
            { value: "adjustment", label: t("绩效目标调整表") },
          ]}
        />
        {kind === "target-declaration" ? (
          <Radio.Group
            aria-label={t("从哪里开始")}
            value={from}
            onChange={({ target }) => setFrom(target.value as From)}
            options={[
              { value: "previous-year", label: t("带入上年的指标") },
              { value: "blank", label: t("空表") },
            ]}
          />
        ) : (
          <Typography.Text type={cannot ? "danger" : "secondary"}>
            {cannot
              ? t("这一年还没有批复的目标，没有可以调整的。请先申报。")
              : t("从已批复的目标开始，改动的地方逐格可查。")}
          </Typography.Text>
        )}
      </Flex>
    </Modal>
  );
}

const ISSUED = ["self-evaluation", "monitoring", "target-declaration", "adjustment"] as const;

/** Issues one form to the unit of a project; many at once are issued by a call for work. */
export function IssueDialog({
  project,
  year,
  onClose,
  onDone,
}: Ends & { readonly project: Project; readonly year: number }) {
  const [ofYear, setYear] = useState(year);
  const [kind, setKind] = useState<(typeof ISSUED)[number]>("self-evaluation");
  const [month, setMonth] = useState(7);
  const [due, setDue] = useState("");
  const { mutate, isPending } = useCommand(
    async () =>
      (
        await call("issueSubmission", {
          body: {
            ...{ project: project.id, year: ofYear, kind },
            month: kind === "monitoring" ? month : null,
            due: due === "" ? null : endOfDay(due),
          },
        })
      ).body.id,
    { refreshes: ["project", "submissions", "workbench"], said: () => t("已下达") },
  );
  return (
    <Modal
      open
      title={t("下达一张表")}
      okText={t("下达")}
      okButtonProps={{ loading: isPending }}
      onOk={() => mutate(undefined, { onSuccess: onDone })}
      onCancel={onClose}
    >
      <Form layout="vertical" component={false}>
        <Form.Item label={t("种类")}>
          <Radio.Group
            aria-label={t("种类")}
            value={kind}
            onChange={({ target }) => setKind(target.value as (typeof ISSUED)[number])}
            options={ISSUED.map((value) => ({ value, label: t(KIND_TITLES[value]) }))}
          />
        </Form.Item>
        <Form.Item label={t("年度")} htmlFor="issue-year">
          <InputNumber
            id="issue-year"
            min={2000}
            max={2100}
            value={ofYear}
            onChange={(picked) => picked !== null && setYear(picked)}
          />
        </Form.Item>
        {kind === "monitoring" && (
          <Form.Item label={t("监控到哪个月")} htmlFor="issue-month">
            <InputNumber
              id="issue-month"
              min={1}
              max={12}
              value={month}
              onChange={(picked) => picked !== null && setMonth(picked)}
            />
          </Form.Item>
        )}
        <Form.Item
          label={t("截止日期（可以不填）")}
          htmlFor="issue-due"
          extra={t("要给许多项目一起下达的，在“工作布置”里办。")}
        >
          <DayField id="issue-due" style={{ width: 180 }} value={due} onChange={setDue} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
