-- What people look at and look for.

-- What a search for a fact looks through, in lower case. Of facts that were recorded before, their JSON as it is.
alter table fact add column words text not null default '';
update fact set words = lower(content);

-- How training runs got on: what their curves are drawn from.
create table run_progress (
  -- `runs/{run}`.
  run     text    not null,
  step    integer not null,
  -- loremesh.trainer.v1.Progress.
  content text    not null,
  primary key (run, step)
);
