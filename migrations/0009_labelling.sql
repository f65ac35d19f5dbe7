-- How a space earns the label and keeps it: who asked, who looked, who decided. The state is never stored, only folded.
create schema labelling;

create table labelling.application (
  network_id text not null,
  application_id text not null check (application_id ~ '^lap_[0-9a-z]{8,40}$'),
  space_id text not null,
  grid_version text not null,
  -- What the manager says of each criterion, before anyone looks.
  self_assessment jsonb not null check (jsonb_typeof(self_assessment) = 'array'),
  applied_by text not null,
  applied_on date not null,
  decided boolean not null default false,
  recorded_at timestamptz not null,
  primary key (network_id, application_id),
  constraint an_application_is_for_one_space unique (network_id, application_id, space_id),
  foreign key (network_id, space_id) references spaces.space
);
create unique index one_open_application_per_space on labelling.application (network_id, space_id) where not decided;
call platform.isolate('labelling.application');

create table labelling.evaluation (
  network_id text not null,
  evaluation_id text not null check (evaluation_id ~ '^lev_[0-9a-z]{8,40}$'),
  application_id text not null,
  evaluator_id text not null,
  visited_on date not null,
  findings jsonb not null check (jsonb_typeof(findings) = 'array'),
  recorded_at timestamptz not null,
  primary key (network_id, evaluation_id),
  constraint one_evaluation_per_application unique (network_id, application_id),
  constraint an_evaluation_has_one_evaluator unique (network_id, evaluation_id, evaluator_id),
  foreign key (network_id, application_id) references labelling.application
);
call platform.isolate('labelling.evaluation');
call platform.append_only('labelling.evaluation');

create table labelling.decision (
  network_id text not null,
  decision_id text not null check (decision_id ~ '^lde_[0-9a-z]{8,40}$'),
  space_id text not null,
  sequence integer not null check (sequence > 0),
  kind text not null check (kind in ('label', 'refuse', 'suspend', 'reinstate', 'withdraw')),
  application_id text,
  evaluation_id text,
  evaluator_id text,
  decided_by text not null,
  decided_on date not null,
  valid_until date,
  grid_version text,
  reason text not null check (reason <> ''),
  recorded_at timestamptz not null,
  primary key (network_id, decision_id),
  -- Two people who decide at once cannot both be the next.
  constraint decisions_of_a_space_follow_one_another unique (network_id, space_id, sequence),
  constraint one_decision_per_application unique (network_id, application_id),
  constraint the_second_reviewer_is_not_the_first check (decided_by <> evaluator_id),
  constraint a_label_stands_on_an_evaluation check (
    (kind in ('label', 'refuse'))
      = (application_id is not null and evaluation_id is not null and evaluator_id is not null and grid_version is not null)),
  constraint a_label_has_an_end check ((kind = 'label') = (valid_until is not null)),
  constraint a_label_ends_after_it_begins check (decided_on < valid_until),
  foreign key (network_id, space_id) references spaces.space,
  foreign key (network_id, application_id, space_id) references labelling.application (network_id, application_id, space_id),
  foreign key (network_id, evaluation_id, evaluator_id)
    references labelling.evaluation (network_id, evaluation_id, evaluator_id)
);
call platform.isolate('labelling.decision');
call platform.append_only('labelling.decision');
