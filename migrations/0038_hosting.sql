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
