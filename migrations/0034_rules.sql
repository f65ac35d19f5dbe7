-- How soon before it begins a place is booked, how much one person may hold in a week, and what only the space books for people.
alter table booking.policy
  add column notice_minutes integer not null default 0 check (notice_minutes between 0 and 43200),
  add column half_days_a_week smallint check (half_days_a_week between 1 and 14),
  add column by_host text[] not null default '{}' check (by_host <@ array['desk', 'office', 'meeting_room']);
