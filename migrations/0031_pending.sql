-- A place may be kept for someone who has yet to confirm, or whose request awaits an answer: it obeys the same constraints, is not
-- charged, and ends by itself.
alter table booking.booking
  drop constraint booking_status_check,
  add constraint booking_status_check check (status in ('held', 'requested', 'confirmed', 'cancelled')),
  add column held_until timestamptz,
  -- What was cancelled while it was pending keeps its term: it was never charged.
  add constraint only_what_is_pending_ends_by_itself check (
    case status when 'confirmed' then held_until is null when 'cancelled' then true else held_until is not null end);
create index booking_pending on booking.booking (network_id, held_until) where status in ('held', 'requested');

alter table booking.policy
  add column approval text not null default 'none' check (approval in ('none', 'required'));
