import { cite } from "@jiheng/law";
import { humanRule, type Rule } from "../../rule.ts";

/** Signatures and the collective decision stand on paper. */
export const signatures: Rule = humanRule({
  id: "signatures",
  code: "AR-07",
  title: "负责人签字、集体研究",
  explains:
    "项目负责人、财务负责人、单位负责人应在自评表上签字，自评结果应经集体研究。要查阅签字盖章的原件和会议记录。",
  basis: [cite("form-sichuan-2023", "签字"), cite("form-hubei-2020", "签字"), cite("reviewers", "集体决策")],
  force: "pack",
  why: "要核对签字盖章的原件和集体研究的记录",
});
