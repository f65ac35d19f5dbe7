-- The ground every room stands on: tenancy, evidence that cannot be rewritten, first answers, announcements.
create extension if not exists btree_gist;

create schema platform;

-- Second wall behind the rooms' own rules: a statement sees the rows of one network only, the one its transaction named.
create procedure platform.isolate(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy one_network_at_a_time on %s using (network_id = current_setting(''app.network'', true))
       with check (network_id = current_setting(''app.network'', true))', target);
end $$;

-- Evidence and ledgers only grow: whoever got it wrong posts a reversing entry.
create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are evidence: post a reversing entry instead', tg_table_schema || '.' || tg_table_name
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;

create procedure platform.append_only(target regclass) language plpgsql as $$
begin
  execute format('create trigger evidence_is_append_only before update or delete on %s
    for each row execute function platform.refuse_change()', target);
  execute format('create trigger evidence_is_not_emptied before truncate on %s
    for each statement execute function platform.refuse_change()', target);
end $$;

-- The first answer given to a request key, so that asking again changes nothing and answers the same.
create table platform.first_answer (
  network_id text not null,
  asker text not null,
  request_key text not null,
  request_sha256 text not null,
  answer jsonb,
  recorded_at timestamptz not null,
  constraint one_answer_per_request_key primary key (network_id, asker, request_key)
);
call platform.isolate('platform.first_answer');

-- Announcements become jobs in the announcing transaction: no commit, no effect. The queue's own tables are closed
-- to the application role, hence the definer's rights.
create function platform.announce(event text, payload json) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job('announced', json_build_object('event', event, 'payload', payload));
end $$;

-- Row security does not bind a superuser (the embedded server's owner is one): such a session steps down, for the
-- length of its transaction, to a role that owns nothing. An ordinary owner is already bound by "force".
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user)
     and not exists (select from pg_roles where rolname = 'parvis_application') then
    create role parvis_application nologin;
  end if;
end $$;

create function platform.step_down() returns void language plpgsql as $$
begin
  if (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then
    set local role parvis_application;
  end if;
end $$;

create procedure platform.grant_to_application() language plpgsql as $$
declare room text;
begin
  if not exists (select from pg_roles where rolname = 'parvis_application') then return; end if;
  for room in
    select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public|graphile_worker)'
  loop
    execute format('grant usage on schema %I to parvis_application', room);
    execute format('grant select, insert, update, delete on all tables in schema %I to parvis_application', room);
    execute format('grant usage on all sequences in schema %I to parvis_application', room);
    execute format('grant execute on all routines in schema %I to parvis_application', room);
  end loop;
end $$;
