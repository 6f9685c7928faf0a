import { z } from "zod";
import { auditSchema } from "../audit.ts";
import { formSchema } from "../read.ts";
import { scoreSchema } from "../score.ts";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";

const kinds = ["target-declaration", "adjustment", "monitoring", "self-evaluation", "review"] as const;
const states = [
  "not-issued",
  "issued",
  "draft",
  "submitted",
  "under-review",
  "approved",
  "returned",
  "published",
  "withdrawn",
  "review-cancelled",
  "archived",
] as const;
const desks = ["unit", "department", "finance"] as const;
const commands = [
  "issue",
  "start",
  "save",
  "submit",
  "withdraw",
  "receive",
  "return",
  "approve",
  "cancel-review",
  "unlock",
  "publish",
  "withhold",
  "archive",
] as const;
const kind = z.enum(kinds);
const state = z.enum(states);
const desk = z.enum(desks).nullable();
const year = z.int().min(2000).max(2100);
const month = z.int().min(1).max(12);
const yuan = z.string().nullable().describe("元，两位小数的十进制字符串；表上没有即为 null");
const mark = z.string().nullable();
const reason = z.string().trim().min(1).max(2000);
const submissionParams = z.strictObject({ submission: identity });
const audited = auditSchema.shape.forms.element.shape;
const addresses = z.array(z.string()).describe("同一位置按行的标识书写，编辑用");

/** A cell's change: its address, the text before and after; null for a blank. */
export const cellChangeSchema = z.object({
  at: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const fundsDifferenceSchema = z.object({
  at: z.string(),
  form: z.string().nullable(),
  ledger: z.string().nullable().describe("财政数据，按表的金额单位"),
});

/** The review of one form: what the engine of the command line says, under the rules and the policy of the region. */
export const storedReviewSchema = z.object({
  revision: z.int(),
  engine: z.string(),
  rules: z.string(),
  policy: z.object({ id: z.string(), version: z.string(), title: z.string(), why: z.string() }),
  findings: z.array(audited.findings.element.extend({ addresses })),
  unclear: z.array(audited.unclear.element.extend({ addresses })),
  notChecked: audited.notChecked.describe("未能检查的规则和原因；只能人工核对的见规则目录"),
  errors: audited.errors,
  counts: audited.counts,
  recomputed: audited.recomputed,
  marks: scoreSchema.shape.forms.element,
  changedRules: z
    .array(
      z.object({
        rule: z.string(),
        code: z.string(),
        title: z.string(),
        was: z.string(),
        force: z.string(),
        from: z.string(),
        reason: z.string(),
      }),
    )
    .describe("本地区停用或调整过力度的规则"),
  peers: z
    .array(
      z.object({
        at: z.string(),
        address: z.string(),
        name: z.string(),
        target: z.string(),
        forms: z.int(),
        quarter: z.string(),
        middle: z.string(),
        threeQuarters: z.string(),
        says: z.string(),
      }),
    )
    .describe("指标值与其他单位同名指标相比偏宽的"),
  funds: z.object({
    compared: z.boolean().describe("财政系统里有没有这个项目本年的数据"),
    differences: z.array(fundsDifferenceSchema),
  }),
});

/** A command as a button: whether it can be pressed now and, where not, why. */
const buttonSchema = z.object({
  command: z.enum(commands),
  title: z.string(),
  reason: z.enum(["required", "optional", "none"]),
  refused: z.object({ code: z.string(), says: z.string() }).nullable(),
});

/** A submission in a list. */
export const submissionSummarySchema = z.object({
  id: identity,
  year: z.int(),
  kind,
  sequence: z.int(),
  month: z.int().nullable(),
  state,
  desk,
  standing: z.string().describe("状态的中文名称"),
  revision: z.int(),
  project: identity,
  projectName: z.string(),
  department: identity,
  unit: identity,
  call: identity.nullable(),
  due: instant.nullable(),
  lateAllowed: z.boolean(),
  isRollup: z.boolean(),
  isCarriedOver: z.boolean(),
  basis: identity.nullable().describe("所依据的已批复目标；复核表为被复核的自评表"),
  previous: identity.nullable(),
  policy: z.string().nullable(),
  initialBudget: yuan,
  adjustedBudget: yuan,
  expenditure: yuan,
  totalScore: mark,
  grade: z.string().nullable(),
  recomputed: z.tuple([mark, mark]).describe("按评分办法重算的总分，或其下限和上限"),
  rows: z.int(),
  must: z.int(),
  should: z.int(),
  hint: z.int(),
  unclear: z.int(),
  risk: z.int().describe("0 至 300，用于排序，由问题、与重算的差距、失分和金额合成"),
  riskParts: z
    .array(
      z.object({
        of: z.enum(["must", "should", "gap", "unclear", "lost", "money"]),
        count: z.int().nullable().describe("几个、几处或几分；金额为达到几档；表上没有为 null"),
        points: z.int(),
        most: z.int().describe("这一项最多计多少"),
      }),
    )
    .nullable()
    .describe("风险的各部分，合起来就是 risk；还没有填的为 null"),
  returnReason: z.string().nullable(),
  withheldReason: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  submittedAt: instant.nullable(),
  approvedAt: instant.nullable(),
  publishedAt: instant.nullable(),
});

const submissionDetailSchema = submissionSummarySchema.extend({ buttons: z.array(buttonSchema) });

/** A justification: who lets a finding stand, why, and the figures it rests on. */
export const justificationSchema = z.object({
  fingerprint: z.string(),
  rule: z.string(),
  code: z.string(),
  reason: z.string(),
  figures: z.record(z.string(), z.string()),
  by: identity,
  byName: z.string(),
  at: instant,
  retractedAt: instant.nullable(),
  retractedWhy: z.enum(["by-author", "figures-changed"]).nullable(),
});

const formAnswerSchema = z.object({
  submission: submissionDetailSchema,
  form: formSchema.nullable(),
  sha256: z.string().nullable(),
  review: storedReviewSchema.nullable(),
  justifications: z.array(justificationSchema).describe("现在有效的说明"),
});

const savedSchema = z.object({
  revision: z.int(),
  sha256: z.string(),
  submission: submissionDetailSchema,
  review: storedReviewSchema,
  changes: z.array(cellChangeSchema),
  merged: z.boolean().describe("是否与他人在此期间的修改合并"),
  form: formSchema.describe("保存后的表"),
  retracted: z
    .array(
      z.object({
        fingerprint: z.string(),
        code: z.string(),
        why: z.literal("figures-changed"),
        byName: z.string(),
      }),
    )
    .describe("数据已变、不再有效的说明"),
});

const figure = z.string().max(40).nullable();
const measure = z.strictObject({
  text: z.string().max(500).nullable(),
  comparison: z.enum(["=", "≥", ">", "≤", "<"]).nullable(),
  value: figure,
  unit: z.string().max(500).nullable(),
});
const rowDraft = z.strictObject({
  ...formSchema.shape.indicators.element.omit({ id: true }).shape,
  target: measure,
  initialTarget: measure.nullable(),
  actual: measure,
});

/** One change of a form, by the identity of rows: `indicators[<id>].score`, `funds[0].expenditure`, `goal.achieved`, `fields[联系人]`. */
export const editSchema = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("set"),
    at: z.string().min(1).max(700),
    to: z.union([z.string().max(8000), z.number(), z.boolean(), measure, z.null()]),
  }),
  z.strictObject({
    op: z.literal("insert-row"),
    row: identity.describe("新行的标识，由客户端生成"),
    after: identity.nullable(),
    values: rowDraft,
  }),
  z.strictObject({ op: z.literal("remove-row"), row: identity }),
  z.strictObject({ op: z.literal("move-row"), row: identity, after: identity.nullable() }),
]);

const json = <S extends z.ZodType>(schema: S) => ({ kind: "json", status: 200, schema }) as const;
const created = <S extends z.ZodType>(schema: S) => ({ kind: "json", status: 201, schema }) as const;

/** Submissions the caller may see. */
export const listSubmissions = endpoint({
  id: "listSubmissions",
  method: "GET",
  path: "/submissions",
  title: "表格清单",
  feature: "submissions",
  access: "read",
  query: z.strictObject({
    year: wholeNumber(2000, 2100).optional(),
    kind: kind.optional(),
    state: state.optional(),
    desk: z.enum(desks).optional(),
    department: identity.optional(),
    unit: identity.optional(),
    project: identity.optional(),
    call: identity.optional(),
    q: z.string().trim().min(1).max(60).optional().describe("项目名称、拼音首字母"),
    only: z.enum(["ordinary", "rollups"]).optional().describe("只要一般的表，或只要汇总表"),
    sort: z.enum(["updated", "risk", "project"]).default("updated"),
    ...pageQuery,
  }),
  answer: json(
    pageOf(submissionSummarySchema).extend({
      bodies: z.record(z.string(), z.string()).describe("本页出现的部门和单位：标识 → 名称"),
    }),
  ),
});

/** One submission with what can be done with it now. */
export const getSubmission = endpoint({
  id: "getSubmission",
  method: "GET",
  path: "/submissions/{submission}",
  title: "一张表的状态和可以办理的操作",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  answer: json(submissionDetailSchema),
  refusals: ["not-found", "not-allowed"],
});

/** The form of record with its review; its revision is the ETag. */
export const getForm = endpoint({
  id: "getForm",
  method: "GET",
  path: "/submissions/{submission}/form",
  title: "表的内容、审核结果和说明",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  answer: json(formAnswerSchema),
  refusals: ["not-found", "not-allowed"],
});

/** Issues one form to its unit. */
export const issueSubmission = endpoint({
  id: "issueSubmission",
  method: "POST",
  path: "/submissions",
  title: "下达一张表",
  feature: "submissions",
  access: "review",
  body: z.strictObject({
    year,
    kind: z.enum(["target-declaration", "adjustment", "monitoring", "self-evaluation"]),
    project: identity,
    month: month.nullable().default(null),
    due: instant.nullable().default(null),
    lateAllowed: z.boolean().default(false),
  }),
  answer: created(submissionDetailSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "classified", "already-exists"],
});

const from = z.enum(["blank", "approved-targets", "previous-year"]);

/** A unit opens a declaration or an adjustment of its own accord. */
export const openSubmission = endpoint({
  id: "openSubmission",
  method: "POST",
  path: "/submissions/own",
  title: "自行申报绩效目标，或申请调整已批复的目标",
  feature: "submissions",
  access: "write",
  body: z.strictObject({
    year,
    kind: z.enum(["target-declaration", "adjustment"]),
    project: identity,
    from: from.default("blank").describe("调整一律从已批复的目标开始"),
    template: z.string().max(60).optional(),
  }),
  answer: created(savedSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "classified", "already-exists", "wrong-state"],
});

/** Begins to fill in an issued form. */
export const startSubmission = endpoint({
  id: "startSubmission",
  method: "POST",
  path: "/submissions/{submission}/start",
  title: "开始填报：空表、从已批复的目标或从上年带入",
  feature: "submissions",
  access: "write",
  params: submissionParams,
  body: z.strictObject({ from: from.default("blank"), template: z.string().max(60).optional() }),
  answer: created(savedSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state", "classified"],
});

/** Changes cells and rows; a stale revision is merged cell by cell. */
export const editForm = endpoint({
  id: "editForm",
  method: "PATCH",
  path: "/submissions/{submission}/form",
  title: "暂存：按格修改，与他人同时的修改自动合并",
  feature: "submissions",
  access: "write",
  params: submissionParams,
  body: z.strictObject({ edits: z.array(editSchema).min(1).max(2000) }),
  ifMatch: true,
  answer: json(savedSchema),
  refusals: [
    "not-found",
    "not-allowed",
    "wrong-state",
    "conflict",
    "revision-stale",
    "classified",
    "policy-unknown",
  ],
});

/** Replaces the whole form; rows keep their identity where they have one. */
export const replaceForm = endpoint({
  id: "replaceForm",
  method: "PUT",
  path: "/submissions/{submission}/form",
  title: "暂存：整表替换",
  feature: "submissions",
  access: "write",
  params: submissionParams,
  body: z.strictObject({ form: formSchema }),
  ifMatch: true,
  answer: json(savedSchema),
  refusals: ["not-found", "not-allowed", "wrong-state", "revision-stale", "classified", "policy-unknown"],
});

const movedSchema = z.object({
  submission: submissionDetailSchema,
  version: identity.nullable().describe("办理时留存的版本"),
});

function command<const Id extends string, Body extends z.ZodType>(
  id: Id,
  name: (typeof commands)[number],
  title: string,
  body: Body,
  access: "write" | "review" | "publish",
  refusals: Parameters<typeof endpoint>[0]["refusals"] = [],
) {
  return endpoint({
    id,
    method: "POST",
    path: `/submissions/{submission}/${name}`,
    title,
    feature: "submissions",
    access,
    params: submissionParams,
    body,
    answer: json(movedSchema),
    refusals: [
      "not-found",
      "not-allowed",
      "out-of-scope",
      "recused",
      "wrong-state",
      "classified",
      ...(refusals ?? []),
    ],
  });
}

const nothing = z.strictObject({});
const withReason = z.strictObject({ reason });

/** Hands a form in, after a full review of the revision in If-Match. */
export const submitSubmission = endpoint({
  ...command("submitSubmission", "submit", "送审：先作完整审核", nothing, "write", [
    "blocked-by-findings",
    "stale-justification",
    "funds-differ",
    "past-due",
    "revision-stale",
    "policy-unknown",
  ]),
  ifMatch: true,
});
/** Takes a form back before it is received. */
export const withdrawSubmission = command(
  "withdrawSubmission",
  "withdraw",
  "取消送审",
  z.strictObject({ reason: reason.nullable().default(null) }),
  "write",
  ["past-due"],
);
/** Takes a form onto the desk. */
export const receiveSubmission = command("receiveSubmission", "receive", "受理", nothing, "review");
/** Sends a form back with reasons; findings are named by their fingerprints. */
export const returnSubmission = command(
  "returnSubmission",
  "return",
  "退回，说明理由",
  z.strictObject({ reason, findings: z.array(z.string().max(200)).max(200).default([]) }),
  "review",
  ["reason-missing", "not-found"],
);
/** Approves a form at its desk; past the last desk it is approved for good. */
export const approveSubmission = command(
  "approveSubmission",
  "approve",
  "审核通过",
  z.strictObject({ opinion: reason.nullable().default(null) }),
  "review",
  ["own-work"],
);
/** Takes back an approval that nobody has built on yet. */
export const cancelReview = command("cancelReview", "cancel-review", "取消审核", withReason, "review", [
  "reason-missing",
]);
/** Lifts approvals in order, from the last desk backwards. */
export const unlockSubmission = command("unlockSubmission", "unlock", "解锁", withReason, "review", [
  "reason-missing",
]);
/** Publishes an approved form. */
export const publishSubmission = command("publishSubmission", "publish", "公开", nothing, "publish");
/** Keeps an approved form from publication, with its reason. */
export const withholdSubmission = command(
  "withholdSubmission",
  "withhold",
  "不予公开",
  withReason,
  "publish",
  ["reason-missing"],
);
/** Closes a form for good. */
export const archiveSubmission = command("archiveSubmission", "archive", "归档", nothing, "review");

/** Receives, returns, approves or publishes many at once; each has its own outcome. */
export const decideInBulk = endpoint({
  id: "decideInBulk",
  method: "POST",
  path: "/submissions/bulk",
  title: "批量受理、退回、审核通过、公开",
  feature: "submissions",
  access: "review",
  body: z.strictObject({
    command: z.enum(["receive", "return", "approve", "publish"]),
    submissions: z.array(identity).min(1).max(500),
    reason: reason.nullable().default(null),
    opinions: z
      .array(
        z.strictObject({
          submission: identity,
          reason,
          findings: z.array(z.string().max(200)).max(200).default([]),
        }),
      )
      .max(500)
      .default([])
      .describe("退回：各张表自己的意见和所依据的问题；没有列出的用 reason"),
  }),
  answer: json(
    z.object({
      items: z.array(
        z.object({
          submission: identity,
          outcome: z.enum(["done", "refused"]),
          code: z.string().nullable(),
          says: z.string().nullable(),
          standing: z.string().nullable(),
        }),
      ),
      done: z.int(),
      refused: z.int(),
    }),
  ),
});

/** Changes the deadline of one form. */
export const changeDue = endpoint({
  id: "changeDue",
  method: "POST",
  path: "/submissions/{submission}/due",
  title: "调整一张表的截止时间",
  feature: "submissions",
  access: "review",
  params: submissionParams,
  body: z.strictObject({ due: instant.nullable(), reason }),
  answer: json(submissionDetailSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state"],
});

/** Lets a finding stand, in one's own name. */
export const justifyFinding = endpoint({
  id: "justifyFinding",
  method: "POST",
  path: "/submissions/{submission}/justifications",
  title: "说明一个审核问题",
  feature: "submissions",
  access: "write",
  params: submissionParams,
  body: z.strictObject({
    fingerprint: z.string().min(1).max(200),
    reason: z.string().trim().min(4).max(2000),
  }),
  answer: created(justificationSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state", "already-exists"],
});

/** Takes a justification back. */
export const retractJustification = endpoint({
  id: "retractJustification",
  method: "DELETE",
  path: "/submissions/{submission}/justifications/{fingerprint}",
  title: "撤回说明",
  feature: "submissions",
  access: "write",
  params: z.strictObject({ submission: identity, fingerprint: z.string().min(1).max(200) }),
  answer: json(justificationSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state"],
});

/** Who justified what, with what became of it. */
export const listJustifications = endpoint({
  id: "listJustifications",
  method: "GET",
  path: "/submissions/{submission}/justifications",
  title: "全部说明：谁、为什么、后来如何",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  answer: json(z.object({ justifications: z.array(justificationSchema) })),
  refusals: ["not-found", "not-allowed"],
});

const namedChange = cellChangeSchema.extend({ title: z.string().describe("格的中文名称") });
const returnsSchema = z.object({
  returns: z.array(
    z.object({
      returned: z.string().describe("这次退回在日志中的序号"),
      at: instant,
      byName: z.string(),
      reason: z.string(),
      resubmittedAt: instant.nullable(),
      opinions: z.array(
        z.object({
          opinion: z.int().describe("第几条，从1起"),
          says: z.string(),
          cells: z
            .array(z.object({ at: z.string(), title: z.string() }))
            .describe("所指的格；只有文字的为空"),
          stillFound: z
            .boolean()
            .nullable()
            .describe("所依据的审核问题现在还查不查得到；不依据审核问题的为 null"),
          answer: z
            .object({
              answer: z.enum(["changed", "explained"]),
              words: z.string().nullable(),
              byName: z.string(),
              at: instant,
            })
            .nullable(),
          changes: z.array(namedChange).describe("退回以后这些格的改动"),
        }),
      ),
      otherChanges: z.array(namedChange).describe("退回以后别处的改动"),
      changesKnown: z.boolean().describe("退回的是哪一版查得到，改动才列得出"),
    }),
  ),
});

/** The returns of a form, the newest first, point by point. */
export const listReturns = endpoint({
  id: "listReturns",
  method: "GET",
  path: "/submissions/{submission}/returns",
  title: "历次退回：每条意见、单位的答复和改动",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  answer: json(returnsSchema),
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** Answers one point of the last return. */
export const answerReturn = endpoint({
  id: "answerReturn",
  method: "POST",
  path: "/submissions/{submission}/returns",
  title: "答复退回意见的一条：已改，或说明理由",
  feature: "submissions",
  access: "write",
  params: submissionParams,
  body: z.strictObject({
    returned: z.string().regex(/^\d{1,18}$/),
    opinion: z.int().min(1).max(1000),
    answer: z.enum(["changed", "explained"]),
    words: z.string().trim().min(4).max(2000).nullable().default(null),
  }),
  answer: json(returnsSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state", "reason-missing"],
});

/** Everything that happened to a form, the newest first. */
export const getHistory = endpoint({
  id: "getHistory",
  method: "GET",
  path: "/submissions/{submission}/history",
  title: "办理经过",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  query: z.strictObject({ ...pageQuery }),
  answer: json(
    pageOf(
      z.object({
        seq: z.string(),
        at: instant,
        byName: z.string(),
        type: z.string(),
        says: z.string(),
        /** Addresses of the cells that a save changed. */
        cells: z.array(z.string()),
        body: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
  refusals: ["not-found", "not-allowed"],
});

/** Every save, cell by cell, the newest first. */
export const listSaves = endpoint({
  id: "listSaves",
  method: "GET",
  path: "/submissions/{submission}/saves",
  title: "每次保存改了哪些格",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  query: z.strictObject({ ...pageQuery }),
  answer: json(
    pageOf(
      z.object({
        revision: z.int(),
        at: instant,
        byName: z.string(),
        changes: z.array(cellChangeSchema),
      }),
    ),
  ),
  refusals: ["not-found", "not-allowed"],
});

/** What differs between two revisions. */
export const compareRevisions = endpoint({
  id: "compareRevisions",
  method: "GET",
  path: "/submissions/{submission}/changes",
  title: "两个版本之间的差异",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  query: z.strictObject({ from: wholeNumber(0, 1_000_000), to: wholeNumber(0, 1_000_000) }),
  answer: json(
    z.object({
      from: z.int(),
      to: z.int(),
      cells: z.array(cellChangeSchema.extend({ title: z.string().describe("格的中文名称") })),
    }),
  ),
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** What stood at a decision. */
export const versionSchema = z.object({
  id: identity,
  revision: z.int(),
  reason: z.enum(["submitted", "approved", "superseded"]),
  sha256: z.string().describe("表格内容（规范 JSON）的 SHA-256"),
  at: instant,
  scan: z.object({ sha256: z.string(), at: instant, by: identity.nullable() }).nullable(),
});

/** The frozen versions of a form, the newest first. */
export const listVersions = endpoint({
  id: "listVersions",
  method: "GET",
  path: "/submissions/{submission}/versions",
  title: "留存的版本",
  feature: "submissions",
  access: "read",
  params: submissionParams,
  answer: json(z.object({ versions: z.array(versionSchema) })),
  refusals: ["not-found", "not-allowed"],
});

const versionParams = z.strictObject({ submission: identity, version: identity });

/** The form of a version, with the very bytes that its hash is of. */
export const downloadVersion = endpoint({
  id: "downloadVersion",
  method: "GET",
  path: "/submissions/{submission}/versions/{version}/form",
  title: "下载留存的版本：规范 JSON，其 SHA-256 即版本的摘要",
  feature: "submissions",
  access: "read",
  params: versionParams,
  answer: { kind: "file", media: ["application/json"] },
  refusals: ["not-found", "not-allowed"],
});

/** Binds the scan of a printed, sealed version to its hash. */
export const sealVersion = endpoint({
  id: "sealVersion",
  method: "POST",
  path: "/submissions/{submission}/versions/{version}/seal",
  title: "绑定盖章扫描件（PDF、JPEG、PNG）",
  feature: "submissions",
  access: "write",
  params: versionParams,
  body: z.strictObject({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("盖章的那个版本的摘要"),
  }),
  uploads: "one",
  answer: created(versionSchema),
  refusals: [
    "not-found",
    "not-allowed",
    "out-of-scope",
    "wrong-state",
    "wrong-media",
    "unreadable-file",
    "conflict",
    "already-exists",
  ],
});

/** The scan bound to a version. */
export const downloadScan = endpoint({
  id: "downloadScan",
  method: "GET",
  path: "/submissions/{submission}/versions/{version}/scan",
  title: "下载盖章扫描件",
  feature: "submissions",
  access: "read",
  params: versionParams,
  answer: { kind: "file", media: ["application/pdf", "image/jpeg", "image/png"] },
  refusals: ["not-found", "not-allowed"],
});
