/**
 * The first shape of the database. `region` leads every key, so that the data can be distributed by it; yearly tables have `year`
 * in theirs, identities (organisation, account, project, indicator) do not. Money is bigint fen, marks are numeric, never float.
 * Names that are searched carry `search`: the terms made by `searchTerms`.
 */
export const foundation = {
  id: "0001-foundation",
  sql: `
create table region (
  region text primary key check (region ~ '^[0-9a-z-]{1,24}$'),
  name text not null,
  jurisdiction text,
  is_demo boolean not null default false,
  created_at timestamptz not null
);

-- The end of the chain of events of a region: whoever appends locks this row, so the chain never forks.
create table event_head (
  region text primary key references region,
  seq bigint not null,
  sha256 text not null,
  sm3 text not null
);

create table event (
  region text not null references region,
  seq bigint not null,
  at timestamptz not null,
  actor uuid,
  actor_name text not null,
  type text not null,
  subject_kind text not null,
  subject uuid,
  year int,
  -- Canonical JSON: the very bytes that were hashed.
  body text not null,
  sha256 text not null,
  sm3 text not null,
  primary key (region, seq)
);
create index event_by_subject on event (region, subject, seq);
create index event_by_type on event (region, type, seq);

create table organisation (
  region text not null references region,
  id uuid not null,
  kind text not null check (kind in ('region', 'department', 'unit')),
  parent uuid,
  code text,
  name text not null,
  search text[] not null,
  closed_at timestamptz,
  primary key (region, id),
  foreign key (region, parent) references organisation (region, id),
  check ((kind = 'region') = (parent is null))
);
create unique index organisation_code on organisation (region, code) where code is not null;
create index organisation_by_parent on organisation (region, parent);

create table account (
  region text not null references region,
  id uuid not null,
  login text not null,
  name text not null,
  password_hash text,
  password_changed_at timestamptz,
  must_change_password boolean not null default false,
  totp_secret text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  failed_logins int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  oidc_issuer text,
  oidc_subject text,
  created_at timestamptz not null,
  primary key (region, id),
  unique (region, login)
);
create unique index account_oidc on account (region, oidc_issuer, oidc_subject) where oidc_subject is not null;

create table password_history (
  region text not null,
  account uuid not null,
  at timestamptz not null,
  password_hash text not null,
  primary key (region, account, at),
  foreign key (region, account) references account (region, id)
);

create table role_grant (
  region text not null references region,
  id uuid not null,
  account uuid not null,
  organisation uuid not null,
  role text not null,
  submissions uuid[],
  valid_until timestamptz,
  given_by uuid,
  given_at timestamptz not null,
  revoked_at timestamptz,
  primary key (region, id),
  foreign key (region, account) references account (region, id),
  foreign key (region, organisation) references organisation (region, id)
);
create index role_grant_by_account on role_grant (region, account);

create table recusal (
  region text not null references region,
  account uuid not null,
  -- An organisation or a project.
  recused_from uuid not null,
  reason text not null,
  at timestamptz not null,
  primary key (region, account, recused_from),
  foreign key (region, account) references account (region, id)
);

create table session (
  region text not null references region,
  -- SHA-256 of the cookie: the cookie itself is nowhere.
  id_hash text not null,
  account uuid not null,
  csrf_hash text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor_at timestamptz,
  -- How the person logged in: password or oidc.
  method text not null,
  -- What the browser says it is, shortened: for the person's own list of sessions.
  device text not null,
  primary key (region, id_hash),
  foreign key (region, account) references account (region, id)
);
create index session_by_account on session (region, account);

-- Logins that nobody has, counted and locked like those that somebody has, so that an answer does not tell which is which.
create table unknown_login (
  region text not null references region,
  login_sha256 text not null,
  failed_logins int not null,
  locked_until timestamptz,
  at timestamptz not null,
  primary key (region, login_sha256)
);

-- A login that is under way at the identity provider; bound to the browser by a cookie.
create table oidc_attempt (
  region text not null references region,
  state_sha256 text not null,
  browser_sha256 text not null,
  verifier text not null,
  nonce text not null,
  -- Whose account is to be bound to the identity; null for a login.
  account uuid,
  expires_at timestamptz not null,
  primary key (region, state_sha256)
);

create table api_token (
  region text not null references region,
  id uuid not null,
  account uuid not null,
  name text not null,
  token_hash text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (region, id),
  foreign key (region, account) references account (region, id)
);
create unique index api_token_hash on api_token (region, token_hash);

create table project (
  region text not null references region,
  id uuid not null,
  department uuid not null,
  unit uuid not null,
  code text,
  name text not null,
  search text[] not null,
  -- A classified project never enters: only that there is one, and why nothing more is here.
  placeholder_reason text,
  parent uuid,
  created_at timestamptz not null,
  primary key (region, id),
  foreign key (region, department) references organisation (region, id),
  foreign key (region, unit) references organisation (region, id),
  foreign key (region, parent) references project (region, id)
);
create unique index project_code on project (region, code) where code is not null;
create index project_by_unit on project (region, unit);
create index project_by_department on project (region, department);
create index project_search on project using gin (search);
-- A search that half of the library answers is read in the order of names until a page is full.
create index project_by_name on project (region, name, id);

-- A project of last year that is carried over (结转) into the year: its forms are kept apart.
create table project_carry_over (
  region text not null,
  year int not null,
  project uuid not null,
  reason text,
  at timestamptz not null,
  by uuid not null,
  primary key (region, year, project),
  foreign key (region, project) references project (region, id)
);

-- A row of a form over the years: declared, adjusted, monitored, evaluated, published, it is one indicator.
create table indicator (
  region text not null references region,
  id uuid not null,
  project uuid not null,
  level1 text,
  level2 text,
  name text,
  search text[] not null,
  created_at timestamptz not null,
  primary key (region, id),
  foreign key (region, project) references project (region, id)
);
create index indicator_by_project on indicator (region, project);
create index indicator_search on indicator using gin (search);

create table call_for_work (
  region text not null references region,
  year int not null,
  id uuid not null,
  kind text not null,
  issuer uuid not null,
  scope uuid not null,
  title text not null,
  opens_at timestamptz not null,
  due_at timestamptz not null,
  -- Whether work may still be handed in after the deadline (it then counts as late).
  late_allowed boolean not null default false,
  issued_by uuid not null,
  closed_at timestamptz,
  primary key (region, year, id)
);

create table submission (
  region text not null references region,
  year int not null,
  id uuid not null,
  kind text not null,
  project uuid not null,
  department uuid not null,
  unit uuid not null,
  project_name text not null,
  -- Several of a kind in one year: adjustments, monitoring by month, sample reviews.
  sequence int not null default 1,
  month int,
  state text not null,
  desk text,
  -- Counts saved versions of the form; the ETag of the form.
  revision int not null default 0,
  call uuid,
  due_at timestamptz,
  late_allowed boolean not null default false,
  -- The approved declaration this rests on; last year's of the same kind; for a review, the self-evaluation under review.
  basis uuid,
  previous uuid,
  is_rollup boolean not null default false,
  is_carried_over boolean not null default false,
  policy text,
  form jsonb,
  form_sha256 text,
  authors uuid[] not null default '{}',
  return_reason text,
  withheld_reason text,
  initial_budget bigint,
  adjusted_budget bigint,
  expenditure bigint,
  -- As typed, to the letter of its places.
  total_score numeric,
  grade text,
  -- The marks printed for executing the budget.
  execution_points numeric,
  execution_score numeric,
  recomputed_low numeric,
  recomputed_high numeric,
  rows int not null default 0,
  must int not null default 0,
  should int not null default 0,
  hint int not null default 0,
  unclear int not null default 0,
  risk int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  approved_at timestamptz,
  published_at timestamptz,
  primary key (region, year, id),
  unique (region, year, project, kind, sequence),
  foreign key (region, project) references project (region, id)
);
create index submission_by_id on submission (region, id);
create index submission_by_unit on submission (region, year, unit, kind, state);
create index submission_by_department on submission (region, year, department, kind, state)
  include (unit, grade, total_score, adjusted_budget, expenditure, initial_budget, must, should, risk);
create index submission_by_project on submission (region, project, kind, year);
create index submission_by_update on submission (region, updated_at desc, id desc);
-- What is still in somebody's hands: a small part of the whole after the first year.
create index submission_open on submission (region, due_at, id) include (kind, state, desk, department, unit, year)
  where state in ('not-issued', 'issued', 'draft', 'submitted', 'under-review', 'returned', 'withdrawn', 'review-cancelled');
create index submission_by_risk on submission (region, year, kind, risk desc, id);

create table submission_member (
  region text not null,
  year int not null,
  rollup uuid not null,
  member uuid not null,
  position int not null,
  form_sha256 text not null,
  primary key (region, year, rollup, member),
  foreign key (region, year, rollup) references submission (region, year, id)
);

-- Every time a roll-up was made: the whole answer (sources, derivations, choices) is a blob of this hash.
create table rollup_made (
  region text not null,
  year int not null,
  rollup uuid not null,
  revision int not null,
  sha256 text not null,
  at timestamptz not null,
  by uuid not null,
  primary key (region, year, rollup, revision),
  foreign key (region, year, rollup) references submission (region, year, id)
);

-- The rows of the current form, made anew from it in the transaction that saves it: for queries, never a source.
create table indicator_row (
  region text not null,
  year int not null,
  submission uuid not null,
  position int not null,
  indicator uuid not null,
  kind text not null,
  department uuid not null,
  level1 text,
  level2 text,
  name text,
  target_text text,
  comparison text,
  target_value numeric,
  unit text,
  actual_text text,
  actual_value numeric,
  points numeric,
  score numeric,
  deviation boolean not null,
  -- What the engine makes of the row: its official category, how the actual stands to the target, both on one scale where they are
  -- comparable, whether a count was hit to the unit, and whether its points are part of the total (sub-rows may not be).
  category text,
  outcome text,
  compared_target numeric,
  compared_actual numeric,
  exact boolean,
  marked boolean,
  primary key (region, year, submission, position)
);
create index indicator_row_by_indicator on indicator_row (region, indicator, year);
-- With the identity at its end, the first rows of a name are a sample that depends on no one's order of saving.
create index indicator_row_by_name on indicator_row (region, name, year, kind, indicator);

-- The findings of the current form, in the same manner.
create table finding_row (
  region text not null,
  year int not null,
  submission uuid not null,
  position int not null,
  department uuid not null,
  fingerprint text not null,
  rule text not null,
  code text not null,
  force text not null,
  places text[] not null,
  primary key (region, year, submission, position)
);
create index finding_row_by_rule on finding_row (region, year, department, code, force);

-- The review of the current form, whole.
create table review_result (
  region text not null,
  year int not null,
  submission uuid not null,
  revision int not null,
  engine text not null,
  rules text not null,
  policy text not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (region, year, submission)
);

-- Every save, cell by cell.
create table submission_edit (
  region text not null,
  year int not null,
  submission uuid not null,
  revision int not null,
  at timestamptz not null,
  by uuid,
  by_name text not null,
  edits jsonb not null,
  changes jsonb not null,
  -- Edits that lead back; null where the form was replaced by one that no edits lead back from.
  undo jsonb,
  primary key (region, year, submission, revision)
);

-- What stood at a decision: printed, sealed and signed from here; nothing ever changes it but the scan that is bound to it.
create table frozen_version (
  region text not null,
  year int not null,
  id uuid not null,
  submission uuid not null,
  revision int not null,
  reason text not null,
  form jsonb not null,
  review jsonb,
  sha256 text not null,
  at timestamptz not null,
  by uuid,
  scan_sha256 text,
  scan_at timestamptz,
  scan_by uuid,
  primary key (region, year, id)
);
create index frozen_version_by_submission on frozen_version (region, year, submission, revision);

create table justification (
  region text not null,
  year int not null,
  submission uuid not null,
  fingerprint text not null,
  rule text not null,
  code text not null,
  figures jsonb not null,
  reason text not null,
  by uuid not null,
  by_name text not null,
  at timestamptz not null,
  retracted_at timestamptz,
  retracted_why text,
  primary key (region, year, submission, fingerprint, at)
);

-- Bytes by their hash; whoever may see a file is decided by what refers to it.
create table blob (
  region text not null references region,
  sha256 text not null,
  size bigint not null,
  bytes bytea not null,
  at timestamptz not null,
  primary key (region, sha256)
);

create table evidence (
  region text not null,
  year int not null,
  id uuid not null,
  submission uuid not null,
  indicator uuid,
  name text not null,
  size bigint not null,
  sha256 text not null,
  at timestamptz not null,
  by uuid not null,
  removed_at timestamptz,
  primary key (region, year, id)
);
create index evidence_by_submission on evidence (region, year, submission);

-- Approved budgets, adjustments and payments from the finance system: one row a document, in fen.
create table budget_entry (
  region text not null references region,
  year int not null,
  id uuid not null,
  project uuid not null,
  source text not null,
  nature text not null check (nature in ('approved', 'adjustment', 'payment')),
  amount bigint not null,
  occurred_on date,
  document text not null,
  import uuid not null,
  primary key (region, year, id),
  unique (region, year, project, nature, source, document),
  foreign key (region, project) references project (region, id)
);
create index budget_entry_by_project on budget_entry (region, year, project);

create table sample (
  region text not null references region,
  year int not null,
  id uuid not null,
  name text not null,
  scope uuid not null,
  method text not null,
  seed text not null,
  size int not null,
  population int not null,
  population_sha256 text not null,
  statement jsonb not null,
  at timestamptz not null,
  by uuid not null,
  primary key (region, year, id)
);

create table sample_item (
  region text not null,
  year int not null,
  sample uuid not null,
  submission uuid not null,
  position int not null,
  -- The review sheet (复核表) made for it.
  review uuid,
  primary key (region, year, sample, submission)
);

create table rectification (
  region text not null references region,
  year int not null,
  id uuid not null,
  submission uuid not null,
  project uuid not null,
  department uuid not null,
  unit uuid not null,
  finding text,
  -- The rule of that finding: by it next year's form is looked at.
  rule text,
  problem text not null,
  measure text,
  owner uuid not null,
  due_on date not null,
  state text not null,
  proof uuid,
  verified_by uuid,
  verified_at timestamptz,
  at timestamptz not null,
  by uuid not null,
  primary key (region, year, id)
);
create index rectification_by_unit on rectification (region, unit, state);
create index rectification_by_department on rectification (region, department, state);

create table use_of_result (
  region text not null references region,
  year int not null,
  id uuid not null,
  project uuid not null,
  submission uuid not null,
  grade text,
  decision text not null check (decision in ('priority', 'keep', 'cut', 'cancel', 'other')),
  amount bigint,
  reason text not null,
  at timestamptz not null,
  by uuid not null,
  primary key (region, year, id)
);

create table import_job (
  region text not null references region,
  id uuid not null,
  purpose text not null check (purpose in ('forms', 'budget')),
  year int not null,
  organisation uuid not null,
  -- What a form without a title that says it is taken for.
  kind text,
  -- Every form waits for a person, even where only one project can be meant.
  confirms boolean not null default false,
  state text not null,
  files int not null,
  done int not null default 0,
  failed int not null default 0,
  at timestamptz not null,
  by uuid not null,
  by_name text not null,
  finished_at timestamptz,
  primary key (region, id)
);

create table import_file (
  region text not null,
  job uuid not null,
  position int not null,
  name text not null,
  size bigint not null,
  sha256 text not null,
  state text not null,
  report jsonb,
  -- Forms of it that wait for somebody to say where they belong.
  unsettled int not null default 0,
  primary key (region, job, position),
  foreign key (region, job) references import_job (region, id)
);

create table rule_setting (
  region text not null references region,
  rule text not null,
  valid_from date not null,
  force text not null check (force in ('must', 'should', 'hint', 'off')),
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (region, rule, valid_from, at)
);

-- The answer to a command that was carried out: a client that asks again with the same key gets it again.
create table idempotency (
  region text not null references region,
  account uuid not null,
  key text not null,
  request_sha256 text not null,
  status int not null,
  headers jsonb not null,
  body text,
  at timestamptz not null,
  primary key (region, account, key)
);
create index idempotency_by_age on idempotency (at);

-- Who has which form open, for those who have it open too. Nothing is lost with it.
create table presence (
  region text not null references region,
  submission uuid not null,
  account uuid not null,
  cell text,
  at timestamptz not null,
  primary key (region, submission, account)
);

create table webhook (
  region text not null references region,
  id uuid not null,
  url text not null,
  secret text not null,
  events text[] not null,
  -- Events up to this one were looked at: those that it asks for have a delivery.
  seen_seq bigint not null,
  disabled_at timestamptz,
  at timestamptz not null,
  by uuid not null,
  primary key (region, id)
);

create table webhook_delivery (
  region text not null,
  webhook uuid not null,
  event_seq bigint not null,
  state text not null,
  attempts int not null default 0,
  status int,
  error text,
  -- When it is tried next; null where it is over.
  next_at timestamptz,
  at timestamptz not null,
  primary key (region, webhook, event_seq)
);
create index webhook_delivery_due on webhook_delivery (next_at) where next_at is not null;
`,
} as const;
