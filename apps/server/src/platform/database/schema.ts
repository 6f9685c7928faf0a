import type { ColumnType, Generated } from "kysely";

/** Written as an ISO instant, read as a Date. */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A day: YYYY-MM-DD both ways. */
type DateOnly = string;
/** Written as JSON text, read as the value. */
type Json = ColumnType<unknown, string, string>;

interface RegionTable {
  region: string;
  name: string;
  jurisdiction: string | null;
  is_demo: Generated<boolean>;
  created_at: Timestamp;
}

interface EventHeadTable {
  region: string;
  seq: bigint;
  sha256: string;
  sm3: string;
}

interface EventTable {
  region: string;
  seq: bigint;
  at: Timestamp;
  actor: string | null;
  actor_name: string;
  type: string;
  subject_kind: string;
  subject: string | null;
  year: number | null;
  body: string;
  sha256: string;
  sm3: string;
}

interface OrganisationTable {
  region: string;
  id: string;
  kind: string;
  parent: string | null;
  code: string | null;
  name: string;
  search: string[];
  closed_at: Timestamp | null;
}

interface AccountTable {
  region: string;
  id: string;
  login: string;
  name: string;
  password_hash: string | null;
  password_changed_at: Timestamp | null;
  must_change_password: Generated<boolean>;
  totp_secret: string | null;
  totp_confirmed_at: Timestamp | null;
  totp_last_step: bigint | null;
  failed_logins: Generated<number>;
  locked_until: Timestamp | null;
  disabled_at: Timestamp | null;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  created_at: Timestamp;
}

interface PasswordHistoryTable {
  region: string;
  account: string;
  at: Timestamp;
  password_hash: string;
}

interface RoleGrantTable {
  region: string;
  id: string;
  account: string;
  organisation: string;
  role: string;
  submissions: string[] | null;
  valid_until: Timestamp | null;
  given_by: string | null;
  given_at: Timestamp;
  revoked_at: Timestamp | null;
}

interface RecusalTable {
  region: string;
  account: string;
  recused_from: string;
  reason: string;
  at: Timestamp;
}

interface SessionTable {
  region: string;
  id_hash: string;
  account: string;
  csrf_hash: string;
  created_at: Timestamp;
  seen_at: Timestamp;
  expires_at: Timestamp;
  second_factor_at: Timestamp | null;
  method: string;
  device: string;
}

interface UnknownLoginTable {
  region: string;
  login_sha256: string;
  failed_logins: number;
  locked_until: Timestamp | null;
  at: Timestamp;
}

interface OidcAttemptTable {
  region: string;
  state_sha256: string;
  browser_sha256: string;
  verifier: string;
  nonce: string;
  account: string | null;
  expires_at: Timestamp;
}

interface ApiTokenTable {
  region: string;
  id: string;
  account: string;
  name: string;
  token_hash: string;
  scopes: string[];
  created_at: Timestamp;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

interface ProjectTable {
  region: string;
  id: string;
  department: string;
  unit: string;
  code: string | null;
  name: string;
  search: string[];
  placeholder_reason: string | null;
  parent: string | null;
  created_at: Timestamp;
}

interface ProjectCarryOverTable {
  region: string;
  year: number;
  project: string;
  reason: string | null;
  at: Timestamp;
  by: string;
}

interface IndicatorTable {
  region: string;
  id: string;
  project: string;
  level1: string | null;
  level2: string | null;
  name: string | null;
  search: string[];
  created_at: Timestamp;
}

interface CallForWorkTable {
  region: string;
  year: number;
  id: string;
  kind: string;
  issuer: string;
  scope: string;
  title: string;
  opens_at: Timestamp;
  due_at: Timestamp;
  late_allowed: Generated<boolean>;
  issued_by: string;
  closed_at: Timestamp | null;
}

interface SubmissionTable {
  region: string;
  year: number;
  id: string;
  kind: string;
  project: string;
  department: string;
  unit: string;
  project_name: string;
  sequence: Generated<number>;
  month: number | null;
  state: string;
  desk: string | null;
  revision: Generated<number>;
  call: string | null;
  due_at: Timestamp | null;
  late_allowed: Generated<boolean>;
  basis: string | null;
  previous: string | null;
  is_rollup: Generated<boolean>;
  is_carried_over: Generated<boolean>;
  policy: string | null;
  form: Json | null;
  form_sha256: string | null;
  authors: Generated<string[]>;
  return_reason: string | null;
  withheld_reason: string | null;
  initial_budget: bigint | null;
  adjusted_budget: bigint | null;
  expenditure: bigint | null;
  total_score: string | null;
  grade: string | null;
  execution_points: string | null;
  execution_score: string | null;
  recomputed_low: string | null;
  recomputed_high: string | null;
  rows: Generated<number>;
  must: Generated<number>;
  should: Generated<number>;
  hint: Generated<number>;
  unclear: Generated<number>;
  risk: Generated<number>;
  created_at: Timestamp;
  updated_at: Timestamp;
  submitted_at: Timestamp | null;
  approved_at: Timestamp | null;
  published_at: Timestamp | null;
}

interface SubmissionMemberTable {
  region: string;
  year: number;
  rollup: string;
  member: string;
  position: number;
  form_sha256: string;
}

interface RollupMadeTable {
  region: string;
  year: number;
  rollup: string;
  revision: number;
  sha256: string;
  at: Timestamp;
  by: string;
}

interface IndicatorRowTable {
  region: string;
  year: number;
  submission: string;
  position: number;
  indicator: string;
  kind: string;
  department: string;
  level1: string | null;
  level2: string | null;
  name: string | null;
  target_text: string | null;
  comparison: string | null;
  target_value: string | null;
  unit: string | null;
  actual_text: string | null;
  actual_value: string | null;
  points: string | null;
  score: string | null;
  deviation: boolean;
  category: string | null;
  outcome: string | null;
  compared_target: string | null;
  compared_actual: string | null;
  exact: boolean | null;
  marked: boolean | null;
}

interface FindingRowTable {
  region: string;
  year: number;
  submission: string;
  position: number;
  department: string;
  fingerprint: string;
  rule: string;
  code: string;
  force: string;
  places: string[];
}

interface ReviewResultTable {
  region: string;
  year: number;
  submission: string;
  revision: number;
  engine: string;
  rules: string;
  policy: string;
  answer: Json;
  at: Timestamp;
}

interface SubmissionEditTable {
  region: string;
  year: number;
  submission: string;
  revision: number;
  at: Timestamp;
  by: string | null;
  by_name: string;
  edits: Json;
  changes: Json;
  undo: Json | null;
}

interface FrozenVersionTable {
  region: string;
  year: number;
  id: string;
  submission: string;
  revision: number;
  reason: string;
  form: Json;
  review: Json | null;
  sha256: string;
  at: Timestamp;
  by: string | null;
  scan_sha256: string | null;
  scan_at: Timestamp | null;
  scan_by: string | null;
}

interface JustificationTable {
  region: string;
  year: number;
  submission: string;
  fingerprint: string;
  rule: string;
  code: string;
  figures: Json;
  reason: string;
  by: string;
  by_name: string;
  at: Timestamp;
  retracted_at: Timestamp | null;
  retracted_why: string | null;
}

interface BlobTable {
  region: string;
  sha256: string;
  size: bigint;
  bytes: Buffer;
  at: Timestamp;
}

interface EvidenceTable {
  region: string;
  year: number;
  id: string;
  submission: string;
  indicator: string | null;
  name: string;
  size: bigint;
  sha256: string;
  at: Timestamp;
  by: string;
  removed_at: Timestamp | null;
}

interface BudgetEntryTable {
  region: string;
  year: number;
  id: string;
  project: string;
  source: string;
  nature: string;
  amount: bigint;
  occurred_on: DateOnly | null;
  document: string;
  import: string;
}

interface SampleTable {
  region: string;
  year: number;
  id: string;
  name: string;
  scope: string;
  method: string;
  seed: string;
  size: number;
  population: number;
  population_sha256: string;
  statement: Json;
  narrowing: Json | null;
  cancelled_at: Timestamp | null;
  cancelled_by: string | null;
  cancel_reason: string | null;
  at: Timestamp;
  by: string;
}

interface SampleItemTable {
  region: string;
  year: number;
  sample: string;
  submission: string;
  position: number;
  review: string | null;
}

interface RectificationTable {
  region: string;
  year: number;
  id: string;
  submission: string;
  project: string;
  department: string;
  unit: string;
  finding: string | null;
  rule: string | null;
  problem: string;
  measure: string | null;
  owner: string;
  due_on: DateOnly;
  state: string;
  proof: string | null;
  verified_by: string | null;
  verified_at: Timestamp | null;
  at: Timestamp;
  by: string;
}

interface RectificationExtensionTable {
  region: string;
  year: number;
  id: string;
  rectification: string;
  due_on: DateOnly;
  asked_on: DateOnly;
  reason: string;
  asked_at: Timestamp;
  asked_by: string;
  granted: boolean | null;
  note: string | null;
  decided_at: Timestamp | null;
  decided_by: string | null;
}

interface UseOfResultTable {
  region: string;
  year: number;
  id: string;
  project: string;
  submission: string;
  grade: string | null;
  decision: string;
  amount: bigint | null;
  reason: string;
  at: Timestamp;
  by: string;
}

interface ImportJobTable {
  region: string;
  id: string;
  purpose: string;
  year: number;
  organisation: string;
  kind: string | null;
  confirms: Generated<boolean>;
  state: string;
  files: number;
  done: Generated<number>;
  failed: Generated<number>;
  at: Timestamp;
  by: string;
  by_name: string;
  finished_at: Timestamp | null;
}

interface ImportFileTable {
  region: string;
  job: string;
  position: number;
  name: string;
  size: bigint;
  sha256: string;
  state: string;
  report: Json | null;
  unsettled: Generated<number>;
}

interface RuleSettingTable {
  region: string;
  rule: string;
  valid_from: DateOnly;
  force: string;
  reason: string;
  by: string;
  at: Timestamp;
}

interface IdempotencyTable {
  region: string;
  account: string;
  key: string;
  request_sha256: string;
  status: number;
  headers: Json;
  body: string | null;
  at: Timestamp;
}

interface PresenceTable {
  region: string;
  submission: string;
  account: string;
  cell: string | null;
  at: Timestamp;
}

interface WebhookTable {
  region: string;
  id: string;
  url: string;
  secret: string;
  events: string[];
  seen_seq: bigint;
  disabled_at: Timestamp | null;
  at: Timestamp;
  by: string;
}

interface WebhookDeliveryTable {
  region: string;
  webhook: string;
  event_seq: bigint;
  state: string;
  attempts: Generated<number>;
  status: number | null;
  error: string | null;
  next_at: Timestamp | null;
  at: Timestamp;
}

/** The tables, for typed queries. Numeric comes as a string, bigint as bigint: no binary float holds money or marks. */
export interface Schema {
  region: RegionTable;
  event_head: EventHeadTable;
  event: EventTable;
  organisation: OrganisationTable;
  account: AccountTable;
  password_history: PasswordHistoryTable;
  role_grant: RoleGrantTable;
  recusal: RecusalTable;
  session: SessionTable;
  unknown_login: UnknownLoginTable;
  oidc_attempt: OidcAttemptTable;
  api_token: ApiTokenTable;
  project: ProjectTable;
  project_carry_over: ProjectCarryOverTable;
  indicator: IndicatorTable;
  call_for_work: CallForWorkTable;
  submission: SubmissionTable;
  submission_member: SubmissionMemberTable;
  rollup_made: RollupMadeTable;
  indicator_row: IndicatorRowTable;
  finding_row: FindingRowTable;
  review_result: ReviewResultTable;
  submission_edit: SubmissionEditTable;
  frozen_version: FrozenVersionTable;
  justification: JustificationTable;
  blob: BlobTable;
  evidence: EvidenceTable;
  budget_entry: BudgetEntryTable;
  sample: SampleTable;
  sample_item: SampleItemTable;
  rectification: RectificationTable;
  rectification_extension: RectificationExtensionTable;
  use_of_result: UseOfResultTable;
  import_job: ImportJobTable;
  import_file: ImportFileTable;
  rule_setting: RuleSettingTable;
  idempotency: IdempotencyTable;
  presence: PresenceTable;
  webhook: WebhookTable;
  webhook_delivery: WebhookDeliveryTable;
}
