-- The communes of France, a shared list: names, populations and postcodes of the State, centres where we know one.
create table platform.commune (
  insee_code text primary key,
  name text not null,
  -- Lower case, no accents, words parted by single spaces: what people type, as they type it.
  folded_name text not null,
  departement text not null,
  population integer not null,
  postcodes text[] not null,
  lon_udeg integer,
  lat_udeg integer,
  -- 'geonames': the place itself; 'postcode': the middle of its postcode, about 6 km away in the median.
  centre_source text,
  constraint a_centre_has_a_known_source check (
    (lon_udeg is null and lat_udeg is null and centre_source is null)
    or (lon_udeg is not null and lat_udeg is not null and centre_source in ('geonames', 'postcode')))
);
create index commune_by_name on platform.commune (folded_name text_pattern_ops);
create index commune_by_postcode on platform.commune using gin (postcodes);

-- Where the list came from: one row a source, replaced with it.
create table platform.commune_import (
  source text primary key,
  version text not null,
  licence text not null,
  sha256 text not null,
  row_count integer not null,
  imported_at timestamptz not null
);
