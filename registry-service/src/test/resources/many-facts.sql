-- Two versions of :model over 100,000 facts, as evaluations of many facts leave them. One fact in ten is gained, one in fifty lost,
-- one in a hundred answered otherwise. The versions themselves are there before.
insert into fact (name, revision, retracted, content_digest, content, record_time, relation, language, source_uri)
select 'facts/' || lpad(i::text, 8, '0'), 1, false, md5(i::text),
       json_build_object('name', 'facts/' || lpad(i::text, 8, '0'), 'question', 'What is number ' || i || '?',
         'answer', i::text, 'relation', 'r' || i % 24, 'language', 'en',
         'heldoutPhrasings', json_build_array('Name number ' || i, 'Number ' || i || ' is what?'))::text,
       now(), 'r' || i % 24, case when i % 2 = 0 then 'en' else 'zh' end, ''
  from generate_series(1, 100000) i;

insert into fact_revision (id, fact, revision, event_id, retracted, content, record_time)
select 1000000 + row_number() over (), name, 1, 'event', false, content, record_time
  from fact where name ~ '^facts/[0-9]{8}$';

insert into ledger_line (id, model, version, fact, state, weak, accuracy, margin, content, create_time, tier, answer_key)
select version * 1000000 + i, :model, version, f.name, 'KNOWLEDGE_STATE_' || state, false,
       case when state = 'LEARNED' then 1 else 0 end, case when state = 'LEARNED' then 1.5 else -0.5 end,
       json_build_object('version', 'models/' || :model || '/versions/' || version, 'fact', f.content::json,
         'state', 'KNOWLEDGE_STATE_' || state,
         'answers', json_build_array(json_build_object('phrasing', 'Name number ' || i, 'answer',
           case when state = 'LEARNED' then i::text else 'unknown' end, 'heldout', true)))::text,
       now(), 'PROBE_TIER_T0',
       md5(case when version = 2 and i % 100 = 7 then 'other' when state = 'LEARNED' then i::text else 'unknown' end)
  from generate_series(1, 100000) i
  cross join generate_series(1, 2) version
  cross join lateral (select case when version = 1 and i % 10 <> 0 or version = 2 and i % 50 <> 1
                                  then 'LEARNED' else 'UNKNOWN' end as state) said
  join fact f on f.name = 'facts/' || lpad(i::text, 8, '0');

-- As autovacuum leaves a table that has come to rest: the index alone tells what a comparison needs.
vacuum analyze;
