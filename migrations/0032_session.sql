-- Who is behind a session's token at a moment, with the roles held then: every request asks, so it is one statement.
create function people.actor_of_session(network text, token text, moment timestamptz)
  returns table ("personId" text, "firstName" text, memberships json) language plpgsql as $$
begin
  perform set_config('app.network', network, true), platform.step_down();
  return query
    select person.person_id, person.first_name,
      coalesce(json_agg(json_build_object('role', held.role, 'scope', held.scope) order by held.membership_id)
        filter (where held.role is not null), '[]')
    from people.session session
    join people.person person using (network_id, person_id)
    left join people.membership held on held.network_id = session.network_id and held.person_id = session.person_id
      and held.valid @> moment
    where session.network_id = network and session.token_sha256 = token and session.ended_at is null
      and session.expires_at > moment
    group by person.network_id, person.person_id;
end $$;
