-- What was erased from a model, whoever held it then: a version that turns out later to have learned it is a holder too.
create table erased_fact (
  model text not null references base_model,
  fact  text not null references fact,
  primary key (model, fact)
);
insert into erased_fact (model, fact) select distinct model, fact from erased_knowledge;
