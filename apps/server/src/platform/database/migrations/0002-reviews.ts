/** What reviews came to need: samples of a narrowed population and samples withdrawn, deadlines of rectifications put off. */
export const reviews = {
  id: "0002-reviews",
  sql: `
create index sample_item_by_review on sample_item (region, year, review) where review is not null;

alter table sample
  add column narrowing jsonb,
  add column cancelled_at timestamptz,
  add column cancelled_by uuid,
  add column cancel_reason text;

create table rectification_extension (
  region text not null,
  year int not null,
  id uuid not null,
  rectification uuid not null,
  -- The deadline as it was when it was asked for, and the one asked for.
  due_on date not null,
  asked_on date not null,
  reason text not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  -- Null until somebody decides.
  granted boolean,
  note text,
  decided_at timestamptz,
  decided_by uuid,
  primary key (region, year, id)
);
create index rectification_extension_of on rectification_extension (region, year, rectification, asked_at);
`,
} as const;
