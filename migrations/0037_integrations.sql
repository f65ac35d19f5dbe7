-- Programs that act for someone: a token with scopes and an end, kept as a hash. And programs that are told what happened: signed
-- calls that leave after commit, tried again for about a day.

create table people.access_token (
  network_id text not null,
  token_id text not null check (token_id ~ '^pat_[0-9a-z]{8,40}$'),
  person_id text not null,
  name text not null check (btrim(name) <> ''),
  token_sha256 text not null check (token_sha256 ~ '^[0-9a-f]{64}$'),
  -- `booking:read`, `spaces:write`…: what it opens of what its person may do.
  scopes text[] not null constraint a_token_opens_something check (cardinality(scopes) > 0),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- To the day: more would tell when someone works.
  last_used_on date,
  primary key (network_id, token_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id),
  constraint one_access_token_per_hash unique (network_id, token_sha256),
  constraint a_token_ends_within_a_year check (expires_at > made_at and expires_at <= made_at + interval '366 days')
);
create index on people.access_token (network_id, person_id);
call platform.isolate('people.access_token');

-- Who is behind a program's token at a moment, with the roles held then and what the token opens of them: one statement, as for
-- a session. It notes the day of use, once a day.
create function people.actor_of_token(network text, token text, moment timestamptz, today date)
  returns table ("personId" text, "firstName" text, memberships json, scopes text[]) language plpgsql as $$
begin
  perform set_config('app.network', network, true), platform.step_down();
  update people.access_token used set last_used_on = today
    where used.network_id = network and used.token_sha256 = token and used.revoked_at is null and used.expires_at > moment
      and used.last_used_on is distinct from today;
  return query
    select person.person_id, person.first_name,
      coalesce(json_agg(json_build_object('role', held.role, 'scope', held.scope) order by held.membership_id)
        filter (where held.role is not null), '[]'),
      access.scopes
    from people.access_token access
    join people.person person using (network_id, person_id)
    left join people.membership held on held.network_id = access.network_id and held.person_id = access.person_id
      and held.valid @> moment
    where access.network_id = network and access.token_sha256 = token and access.revoked_at is null
      and access.expires_at > moment
    group by person.network_id, person.person_id, access.network_id, access.token_id;
end $$;

create schema integrations;

create table integrations.subscription (
  network_id text not null references people.network (network_id),
  subscription_id text not null check (subscription_id ~ '^whk_[0-9a-z]{8,40}$'),
  -- The one space whose events it hears; null for those of the network.
  space_id text,
  url text not null constraint a_subscription_has_a_web_address check (url ~ '^https?://' and length(url) <= 2000),
  events text[] not null constraint a_subscription_hears_something check (cardinality(events) > 0),
  -- Secrets are derived from the installation's own: only their number is kept.
  secret_generation integer not null default 1 check (secret_generation > 0),
  rotated_at timestamptz,
  -- Whose right it rests on; nothing leaves once that right has ended.
  responsible_id text,
  made_at timestamptz not null,
  failing_since timestamptz,
  paused_until timestamptz,
  disabled_at timestamptz,
  disabled_why text check (disabled_why in ('by_hand', 'failing', 'gone', 'right_ended')),
  primary key (network_id, subscription_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id),
  constraint a_disabled_subscription_says_why check ((disabled_at is null) = (disabled_why is null)),
  constraint someone_answers_for_what_leaves check (disabled_at is not null or responsible_id is not null)
);
call platform.isolate('integrations.subscription');

create table integrations.delivery (
  network_id text not null,
  delivery_id text not null check (delivery_id ~ '^whd_[0-9a-z]{8,40}$'),
  subscription_id text not null,
  -- What was announced, told twice or not.
  announcement text not null,
  event text not null,
  -- The text that is signed and sent.
  body text not null,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  -- How far along the delays; a replay begins again.
  step smallint not null default 0 check (step >= 0),
  next_attempt_at timestamptz,
  attempted_at timestamptz,
  answer_status smallint,
  error text,
  response_ms integer check (response_ms >= 0),
  recorded_at timestamptz not null,
  primary key (network_id, delivery_id),
  foreign key (network_id, subscription_id) references integrations.subscription (network_id, subscription_id)
    on delete cascade,
  constraint one_delivery_per_announcement unique (network_id, subscription_id, announcement),
  constraint a_waiting_delivery_has_a_next_attempt check ((status = 'waiting') = (next_attempt_at is not null))
);
create index on integrations.delivery (network_id, next_attempt_at) where status = 'waiting';
create index on integrations.delivery (network_id, subscription_id, recorded_at);
call platform.isolate('integrations.delivery');
