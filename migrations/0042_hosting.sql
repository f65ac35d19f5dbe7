-- A space's day beside its bookings: who agreed to be seen there, and what its hosts have to do.
create schema hosting;

-- Someone lets the people of a space see their first name on the days when they are there. Without a row, they do not.
create table hosting.shown_name (
  network_id text not null references people.network,
  space_id text not null,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  agreed_at timestamptz not null,
  constraint one_choice_per_person_and_space primary key (network_id, space_id, person_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('hosting.shown_name');
create index shown_name_by_person on hosting.shown_name (network_id, person_id);

-- What comes again: each working day, or one day of the week. Its tasks are written once they are done.
create table hosting.task_rule (
  network_id text not null references people.network,
  rule_id text not null check (rule_id ~ '^trl_[0-9a-z]{8,40}$'),
  space_id text not null,
  kind text not null check (kind in ('keys', 'cleaning', 'parcel', 'other')),
  title text not null check (length(title) between 1 and 200),
  rhythm text not null check (rhythm in ('working_days', 'weekly')),
  weekday smallint check (weekday between 1 and 7),
  first_day date not null,
  -- The last day on which it comes; the day before the first when it never did.
  last_day date,
  made_by text,
  made_at timestamptz not null,
  primary key (network_id, rule_id),
  constraint a_weekly_rule_names_its_day check ((rhythm = 'weekly') = (weekday is not null)),
  constraint a_rule_ends_after_it_begins check (last_day >= first_day - 1),
  constraint a_rule_stands_in_one_space unique (network_id, space_id, rule_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('hosting.task_rule');

create table hosting.task (
  network_id text not null references people.network,
  task_id text not null check (task_id ~ '^tsk_[0-9a-z]{8,40}$'),
  space_id text not null,
  kind text not null check (kind in ('keys', 'cleaning', 'parcel', 'other')),
  title text not null check (length(title) between 1 and 200),
  due_on date not null,
  -- Whom it is for: they are told of a parcel.
  person_id text check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  rule_id text,
  -- Null once that person is erased.
  made_by text,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  primary key (network_id, task_id),
  constraint only_a_task_that_is_done_was_done_by_someone check (done_at is not null or done_by is null),
  constraint one_task_per_rule_and_day unique (network_id, rule_id, due_on),
  constraint a_task_follows_a_rule_of_its_space
    foreign key (network_id, space_id, rule_id) references hosting.task_rule (network_id, space_id, rule_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('hosting.task');
create index task_by_space_and_day on hosting.task (network_id, space_id, due_on);
create index task_to_destroy on hosting.task (network_id, done_at) where done_at is not null;
create index task_by_person on hosting.task (network_id, person_id) where person_id is not null;

-- Plans of the floors of a space: where each place stands, in centimetres from the top left corner. One replaces another; the old
-- ones are kept with the time during which they held.
create schema floors;

create table floors.plan (
  network_id text not null references people.network,
  plan_id text not null check (plan_id ~ '^pln_[0-9a-z]{8,40}$'),
  space_id text not null,
  -- 0 is the ground floor.
  floor smallint not null check (floor between -5 and 60),
  width_cm integer not null check (width_cm between 200 and 10000),
  depth_cm integer not null check (depth_cm between 200 and 10000),
  -- Segments and words, drawn and nothing else.
  walls jsonb not null check (jsonb_typeof(walls) = 'array'),
  labels jsonb not null check (jsonb_typeof(labels) = 'array'),
  during tstzrange not null,
  -- Null once that person is erased.
  drawn_by text,
  primary key (network_id, plan_id),
  constraint one_plan_per_floor_at_a_time exclude using gist (
    network_id with =, space_id with =, floor with =, during with &&),
  -- Lets a place prove that it lies on its floor, and that its resource stands nowhere else meanwhile.
  constraint a_plan_has_one_space_size_and_time unique (network_id, plan_id, space_id, width_cm, depth_cm, during),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('floors.plan');

create table floors.place (
  network_id text not null,
  plan_id text not null,
  space_id text not null,
  floor_width_cm integer not null,
  floor_depth_cm integer not null,
  during tstzrange not null,
  resource_id text not null,
  x_cm integer not null,
  y_cm integer not null,
  width_cm integer not null check (width_cm between 20 and 3000),
  depth_cm integer not null check (depth_cm between 20 and 3000),
  -- Clockwise.
  turn_deg smallint not null check (turn_deg in (0, 90, 180, 270)),
  across int4range not null generated always as (
    int4range(x_cm, x_cm + case when turn_deg in (90, 270) then depth_cm else width_cm end)) stored,
  down int4range not null generated always as (
    int4range(y_cm, y_cm + case when turn_deg in (90, 270) then width_cm else depth_cm end)) stored,
  primary key (network_id, plan_id, resource_id),
  constraint a_place_lies_on_its_floor check (
    x_cm >= 0 and y_cm >= 0 and upper(across) <= floor_width_cm and upper(down) <= floor_depth_cm),
  constraint no_two_places_overlap_on_a_plan exclude using gist (
    network_id with =, plan_id with =, across with &&, down with &&),
  constraint one_resource_once_on_the_plans exclude using gist (
    network_id with =, resource_id with =, during with &&),
  constraint a_place_follows_its_plan
    foreign key (network_id, plan_id, space_id, floor_width_cm, floor_depth_cm, during)
    references floors.plan (network_id, plan_id, space_id, width_cm, depth_cm, during) on update cascade,
  foreign key (network_id, space_id, resource_id) references spaces.resource (network_id, space_id, resource_id)
);
call platform.isolate('floors.place');
