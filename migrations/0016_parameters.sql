-- Rates, thresholds and delays that a network sets for itself, from a day on: past judgements keep the values of their day.
create table platform.parameter_value (
  network_id text not null references people.network (network_id),
  parameter_id text not null check (parameter_id ~ '^[a-z]+\.[a-z0-9_]+$'),
  valid_from date not null,
  value text not null,
  source text not null constraint a_value_names_its_source check (btrim(source) <> ''),
  author text not null check (author ~ '^per_'),
  recorded_at timestamptz not null,
  constraint one_value_per_parameter_and_day primary key (network_id, parameter_id, valid_from)
);
call platform.isolate('platform.parameter_value');
call platform.append_only('platform.parameter_value');
