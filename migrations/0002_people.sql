-- Who someone is, in which network, and what they may do there.
create schema people;

-- The tenant itself: the one table without row security, because a visit must find its network first.
create table people.network (
  network_id text primary key check (network_id ~ '^net_[0-9a-z]{8,40}$'),
  name text not null,
  hostname text constraint one_network_per_hostname unique,
  profile text not null check (profile in ('demo', 'certifying')),
  fictitious boolean not null,
  created_at timestamptz not null
);
