-- Versions on trial beside the active one.

-- Of `canary`, where the move begins a trial: above 0 and up to 1.
alter table alias_move add column share double precision not null default 0;
-- Of `canary`: asked beside the active version, and never shown.
alter table alias_move add column shadow boolean not null default false;

create table trial (
  -- The move of `canary` that began it. The trial is under way while it is the alias' last move.
  move     bigint primary key references alias_move,
  model    text        not null references base_model,
  -- What it is compared with. 0: the bare base.
  against  integer     not null,
  -- By the database's clock.
  due_time timestamptz not null,
  -- loremesh.registry.v1.Trial as it ended; null while it is under way.
  outcome  text
);
create index trial_by_model on trial (model, move desc);
create index trial_under_way on trial (move) where outcome is null;

-- What each request of a trial came to. Forgotten with its end, which keeps the figures.
create table trial_answer (
  trial     bigint           not null references trial,
  -- Answer.answer_id: an event that comes twice counts once.
  answer    text             not null,
  -- Of the version on trial; else of the active one.
  candidate boolean          not null,
  failed    boolean          not null,
  abstained boolean          not null,
  -- Milliseconds.
  took      double precision not null,
  -- With what the ledger calls right; null where no learned fact was asked for.
  agrees    boolean,
  primary key (trial, answer)
);
create index trial_answer_by_time on trial_answer (trial, candidate, took);
