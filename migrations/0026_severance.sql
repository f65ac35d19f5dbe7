-- Nothing joins an erased person to a line any more: money keeps its lines without the person, and a pseudonym comes from
-- the person's own key, which is destroyed, rather than from a key of the network with which an id gives it back.

-- A line of money bears one change: the person goes. Who paid for themself becomes an id made for it alone.
drop trigger evidence_is_append_only on billing.charge;
create function billing.only_severed() returns trigger language plpgsql as $$
declare
  -- The last two follow from the others, and are not known yet when this runs.
  loose constant text[] := array['person_id', 'payer_id', 'reversed_half_days', 'reversed_eur_cents'];
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - loose) = (to_jsonb(old) - loose) and new.person_id is null
     and (new.payer_id = old.payer_id or old.payer_id = old.person_id and new.payer_id like 'per\_%') then
    return new;
  end if;
  raise exception 'billing.charge rows are evidence: post a reversing entry instead'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on billing.charge
  for each row execute function billing.only_severed();
create index on billing.charge (network_id, person_id) where person_id is not null;

-- Pseudonyms already given stay as they are; the key that could give them again is gone.
drop table presence.network_key;

-- One proof of destruction for every room: what, how many, when; never who.
alter table presence.destruction set schema platform;
alter table platform.destruction
  drop constraint a_record_is_one_of_ours,
  add constraint a_record_is_named_after_its_table check (record ~ '^[a-z_]+$');
