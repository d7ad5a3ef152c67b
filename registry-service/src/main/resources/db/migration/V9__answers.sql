-- Which answers a version's weights gave, for its lineage: that, and not what they said.

create table given_answer (
  -- Answer.answer_id: an event that comes twice counts once.
  answer      text        primary key,
  model       text        not null,
  version     integer     not null,
  -- W3C trace id; empty where the caller told none.
  trace       text        not null,
  -- facts/{fact}; empty where none matched.
  fact        text        not null,
  create_time timestamptz not null
);
create index given_answer_by_version on given_answer (model, version, create_time desc);
create index given_answer_by_time on given_answer (create_time);
