-- What each booking pays for again and again, less of it. Who is behind a session may be asked within the unit of work that answers.
create function people.actor_within(network text, token text, moment timestamptz)
  returns table ("personId" text, "firstName" text, memberships json) language sql stable as $$
  select person.person_id, person.first_name,
    coalesce(json_agg(json_build_object('role', held.role, 'scope', held.scope) order by held.membership_id)
      filter (where held.role is not null), '[]')
  from people.session session
  join people.person person using (network_id, person_id)
  left join people.membership held on held.network_id = session.network_id and held.person_id = session.person_id
    and held.valid @> moment
  where session.network_id = network and session.token_sha256 = token and session.ended_at is null
    and session.expires_at > moment
  group by person.network_id, person.person_id
$$;

create or replace function people.actor_of_session(network text, token text, moment timestamptz)
  returns table ("personId" text, "firstName" text, memberships json) language plpgsql as $$
begin
  perform set_config('app.network', network, true), platform.step_down();
  return query select found."personId", found."firstName", found.memberships from people.actor_within(network, token, moment) found;
end $$;

-- A booking's place stands in a space, an arrival's space in a network: asked for beside them, the network's one row was shared by
-- everyone who came or booked at the same moment.
alter table booking.booking drop constraint booking_network_id_fkey;
alter table presence.access_event drop constraint access_event_network_id_fkey;

-- Whoever books had read the place before it was withdrawn: told so by the class of what is tried again, they read it anew.
create or replace function booking.refuse_withdrawn() returns trigger language plpgsql as $$
begin
  if exists (select from spaces.resource r
    where r.network_id = new.network_id and r.resource_id = new.resource_id and r.withdrawn_from <= new.local_day) then
    raise exception '% is withdrawn on %', new.resource_id, new.local_day
      using errcode = 'serialization_failure', constraint = 'a_withdrawn_place_is_not_booked';
  end if;
  return null;
end $$;
drop function spaces.offers(text, text, date);
