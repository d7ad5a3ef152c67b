-- The ledger in full: evaluations that outlive a restart, the tier that each line was probed in, and the columns that two
-- versions are compared by without reading the content of every line.

-- What differences are grouped by; empty where the fact tells none.
alter table fact
  add column relation   text not null default '',
  add column language   text not null default '',
  add column source_uri text not null default '';
update fact
   set relation   = coalesce(content::json ->> 'relation', ''),
       language   = coalesce(content::json ->> 'language', ''),
       source_uri = coalesce(content::json -> 'source' ->> 'uri', '');

alter table ledger_line
  -- loremesh.registry.v1.ProbeTier.
  add column tier       text not null default 'PROBE_TIER_T1',
  -- MD5 of the answer given most often, normalised: two lines with the same key answer the same. Empty: no answer.
  add column answer_key text not null default '';
-- Lines written before this column was: near enough to compare, exact from the next evaluation on.
update ledger_line
   set answer_key = coalesce(md5(nullif(lower(regexp_replace(
         content::json #>> '{answers,0,answer}', '[[:space:][:punct:]]+', '', 'g')), '')), '');
-- The index of the old constraint, and in it all that a comparison of two versions reads of a line.
alter table ledger_line
  drop constraint ledger_line_model_version_fact_key,
  add constraint ledger_line_once unique (model, version, fact) include (id, state, answer_key, accuracy, margin);

-- An evaluation from its start to its end, no longer its verdict alone.
alter table evaluation
  alter column accepted drop not null,
  alter column verdict drop not null,
  -- loremesh.registry.v1.EvaluationState.
  add column state       text not null default 'EVALUATION_STATE_JUDGED',
  -- loremesh.registry.v1.EvaluateVersionRequest that began it.
  add column request     text not null default '{}',
  -- loremesh.registry.v1.Evaluation as last written: stage, counts, cost. At most a heartbeat old.
  add column progress    text not null default '{}',
  -- Null while it is under way.
  add column end_time    timestamptz,
  -- The process that works on it, until when it has to say so again.
  add column worker      text not null default '',
  add column lease_until timestamptz;
update evaluation set end_time = create_time;
create unique index evaluation_under_way on evaluation (model, version) where end_time is null;

-- What an evaluation under way has found out; a restart begins where this ends. Emptied with the verdict: by then the ledger
-- holds the evidence.
create table evaluation_finding (
  evaluation bigint  not null references evaluation,
  kind       text    not null,
  -- Name of the fact, or digest of the question.
  item       text    not null,
  -- Revision of the fact that was probed: a fact that changes meanwhile is probed anew.
  revision   integer not null,
  -- JSON of io.loremesh.registry.evaluation.Finding.
  content    text    not null,
  primary key (evaluation, kind, item, revision)
);
