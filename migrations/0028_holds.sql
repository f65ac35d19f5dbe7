-- A legal hold ends on its day, or earlier when someone lifts it and says why. What was written about it goes with the person:
-- it may have told who.

alter table people.legal_hold
  add column lifted_by text,
  add column lifted_at timestamptz,
  add column lift_reason text check (lift_reason <> ''),
  add constraint whoever_lifts_a_hold_says_when_and_why check (num_nulls(lifted_by, lifted_at, lift_reason) in (0, 3));

drop trigger evidence_is_append_only on people.legal_hold;
create function people.only_lifted_or_silenced() returns trigger language plpgsql as $$
declare
  lifting constant text[] := array['lifted_by', 'lifted_at', 'lift_reason'];
  told constant text[] := array['reason', 'lift_reason'];
begin
  if tg_op = 'UPDATE' and old.lifted_at is null and to_jsonb(new) - lifting = to_jsonb(old) - lifting
     or tg_op = 'UPDATE' and new.reason = '–' and coalesce(new.lift_reason, '–') = '–'
       and to_jsonb(new) - told = to_jsonb(old) - told then
    return new;
  end if;
  raise exception 'people.legal_hold rows are evidence: a hold is lifted once, and tells no more once its person is erased'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on people.legal_hold
  for each row execute function people.only_lifted_or_silenced();
