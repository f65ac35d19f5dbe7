-- Both keys of a line are all but unique without their network: compared first, they decide at once where each of a million lines
-- goes.
drop index mrv.one_presence_one_scheme, mrv.one_credited_line_a_person_day;
create unique index one_presence_one_scheme on mrv.line (presence_id, network_id) where standing;
create unique index one_credited_line_a_person_day on mrv.line (person_day, network_id)
  where standing and person_day is not null;
-- The first closing of a large network writes its lines while the statistics know others only: the planner then takes it for empty,
-- and any index for as good as the one by day. Without them it reckons with a fair share of the table.
alter table mrv.line alter column network_id set statistics 0;
