-- A large month appends a million hashes. What each costs is kept to what someone reads or must not happen:
-- a network without a log has no row, since its checkpoints refer to the log, and a row below no checkpoint is nobody's.
alter table notary.row_hash drop constraint row_hash_network_id_fkey;
-- Leaves are looked up whole, never in order.
drop index notary.row_hash_leaves;
create index row_hash_leaves on notary.row_hash using hash (hash) where level = 0;

-- A closing reads what stands day by day.
create index standing_by_day on presence.standing (network_id, local_day);
