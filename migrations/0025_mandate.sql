-- Access that is given to look at everything has an end: an auditor's role is held for a mandate, never for good.

-- Roles given before today without an end last one more year. Whoever owns the table sees every network only while row
-- security is not forced on them.
alter table people.membership no force row level security;
update people.membership
  set valid = tstzrange(lower(valid), greatest(lower(valid), now()) + interval '1 year')
  where role = 'auditor' and upper_inf(valid);
alter table people.membership force row level security;

alter table people.membership add constraint an_auditor_has_an_end_of_mandate
  check (role <> 'auditor' or not upper_inf(valid));
