import { shortName } from '../../booking/booking.ts';
import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { addDays, type Day, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DateField, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { TaskSheet } from '../hosting.ts';
import { dueText, openCount, openingText, rhythmText, taskLabels as t, taskKindNames } from '../task-labels.ts';
import { type Task, type TaskRule, taskKinds } from '../tasks.ts';
import { HostFrame } from './frame.tsx';

export interface TasksProps {
  visit: Visit;
  space: Space;
  day: Day;
  sheet: TaskSheet;
  requestId: string;
  /** Where a button of the list leads back. */
  back: 'accueil' | 'taches';
}

export interface TasksPageProps extends TasksProps {
  typed?: Readonly<Record<string, string>> | undefined;
  refusal?: Refusal | undefined;
}

const nameOf = ({ sheet, visit }: TasksProps, personId: Task['personId']): string => {
  const person = personId === null ? undefined : sheet.people.get(personId);
  return person ? shortName(person) : t.someone[visit.lang];
};

const ownId = ({ taskId, ruleId }: Task): string => taskId ?? ruleId!;

/** One button that changes one task, and comes back. */
const Act = ({
  page,
  task,
  to,
  label,
  quiet,
}: {
  page: TasksProps;
  task: Task;
  to: 'faite' | 'rouvrir' | 'enlever';
  label: string;
  quiet?: boolean;
}) => (
  <Form
    action={`/hote/${page.space.slug}/taches/${to}`}
    requestId={`${page.requestId}-${to}-${ownId(task)}-${task.dueOn}`}
    hidden={{
      ...(task.taskId === null ? { regle: task.ruleId!, pour: task.dueOn } : { tache: task.taskId }),
      ...{ jour: page.day, retour: page.back },
    }}
  >
    <Button kind={quiet ? 'quiet' : 'secondary'} small describe={`${label}, ${task.title}`}>
      {label}
    </Button>
  </Form>
);

const What = ({ page, task }: { page: TasksProps; task: Task }) => {
  const { lang } = page.visit;
  const late = task.doneAt === null && task.dueOn < page.day;
  return (
    <>
      <Cluster>
        <Tag tone={late ? 'pending' : 'plain'}>{taskKindNames[task.kind][lang]}</Tag>
        <span>{task.title}</span>
      </Cluster>
      {(task.personId !== null || late) && (
        <small>
          {[task.personId && nameOf(page, task.personId), late && `${t.late[lang]}, ${dueText(task.dueOn)[lang]}`]
            .filter(Boolean)
            .join(' · ')}
        </small>
      )}
    </>
  );
};

/** What is to be done, a button a line. */
const OpenTasks = ({ page }: { page: TasksProps }) => {
  const { lang } = page.visit;
  return (
    <DataTable<Task>
      caption={t.open[lang]}
      captionHidden
      rows={page.sheet.open}
      empty={t.nothing[lang]}
      columns={[
        { label: t.task[lang], cell: task => <What page={page} task={task} /> },
        {
          label: t.act[lang],
          cell: task => (
            <Cluster>
              {(task.ruleId === null || task.dueOn <= page.sheet.today) && (
                <Act
                  page={page}
                  task={task}
                  to="faite"
                  label={(task.kind === 'parcel' ? t.handedOver : t.isDone)[lang]}
                />
              )}
              {task.taskId !== null && <Act page={page} task={task} to="enlever" label={t.drop[lang]} quiet />}
            </Cluster>
          ),
        },
      ]}
    />
  );
};

const Opening = ({ sheet: { firstArrival }, space, visit: { lang } }: TasksProps) =>
  firstArrival && <p>{openingText(show.clock(firstArrival.at, space.zone), firstArrival.expected)[lang]}</p>;

/** The day's tasks on the host's page of the day. */
export const DayTasksPart = (page: TasksProps) => {
  const { lang } = page.visit;
  return (
    <Section
      title={page.sheet.open.length === 0 ? t.title[lang] : openCount(page.sheet.open.length)[lang]}
      id="taches"
      actions={
        <ButtonLink kind="quiet" small href={`/hote/${page.space.slug}/taches?jour=${page.day}`}>
          {t.all[lang]}
        </ButtonLink>
      }
    >
      <Opening {...page} />
      <OpenTasks page={page} />
    </Section>
  );
};

const DoneTasks = ({ page }: { page: TasksProps }) => {
  const { lang } = page.visit;
  const { zone } = page.space;
  if (page.sheet.done.length === 0) return null;
  return (
    <Section title={t.done[lang]}>
      <DataTable<Task>
        caption={t.done[lang]}
        captionHidden
        rows={page.sheet.done}
        columns={[
          { label: t.task[lang], cell: task => <What page={page} task={task} /> },
          { label: t.by[lang], cell: task => nameOf(page, task.doneBy) },
          {
            label: t.at[lang],
            cell: task => `${show.dayShort(localDay(task.doneAt!, zone), lang)}, ${show.clock(task.doneAt!, zone)}`,
          },
          {
            label: t.act[lang],
            cell: task => <Act page={page} task={task} to="rouvrir" label={t.reopen[lang]} quiet />,
          },
        ]}
      />
    </Section>
  );
};

const Rules = ({ page }: { page: TasksProps }) => {
  const { lang } = page.visit;
  return (
    <Section title={t.rules[lang]}>
      <DataTable<TaskRule>
        caption={t.rules[lang]}
        captionHidden
        rows={page.sheet.rules}
        empty={t.noRules[lang]}
        columns={[
          { label: t.task[lang], cell: rule => rule.title },
          { label: t.kind[lang], cell: rule => taskKindNames[rule.kind][lang] },
          { label: t.rhythm[lang], cell: rule => rhythmText(rule.rhythm, lang) },
          {
            label: t.act[lang],
            cell: rule => (
              <Form
                action={`/hote/${page.space.slug}/taches/cesser`}
                requestId={`${page.requestId}-${rule.ruleId}`}
                hidden={{ regle: rule.ruleId, jour: page.day }}
              >
                <Button kind="quiet" small describe={`${t.end[lang]}, ${rule.title}`}>
                  {t.end[lang]}
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </Section>
  );
};

/** Names of the form's fields, by those of the refusals. */
const fieldNames: Readonly<Record<string, string>> = { title: 'quoi', due_on: 'pour', email: 'email' };

const AddTask = ({ visit: { lang }, space, day, sheet, requestId, typed = {}, refusal }: TasksPageProps) => {
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? one.field }),
  }));
  const from = day < sheet.today ? sheet.today : day;
  const named = (value: string, label: string) => ({ value, label });
  return (
    <Section title={t.add[lang]} lead={t.addLead[lang]} id="ajouter">
      <Form action={`/hote/${space.slug}/taches`} requestId={requestId} hidden={{ jour: day }} label={t.add[lang]}>
        <ErrorSummary problems={problems} />
        <SelectField
          name="genre"
          label={t.kind[lang]}
          value={typed['genre'] ?? 'other'}
          choices={taskKinds.map(kind => named(kind, taskKindNames[kind][lang]))}
        />
        <TextField
          name="quoi"
          label={t.what[lang]}
          hint={t.whatHint[lang]}
          value={typed['quoi']}
          size={40}
          error={problemAt(problems, 'quoi')}
        />
        <DateField
          name="pour"
          label={t.day[lang]}
          value={typed['pour'] ?? from}
          min={sheet.today}
          error={problemAt(problems, 'pour')}
        />
        <SelectField
          name="repete"
          label={t.repeat[lang]}
          value={typed['repete'] ?? 'non'}
          choices={[
            named('non', t.once[lang]),
            named('jours', t.everyWorkingDay[lang]),
            named('semaine', t.everyWeek[lang]),
          ]}
        />
        <TextField
          name="email"
          type="email"
          optional
          label={t.email[lang]}
          hint={t.emailHint[lang]}
          value={typed['email']}
          error={problemAt(problems, 'email')}
        />
        <Button>{t.addButton[lang]}</Button>
      </Form>
    </Section>
  );
};

/** A host's tasks of a day: what is to be done, what was done and by whom, what comes again, and a form for more. */
export const TasksPage = (page: TasksPageProps) => {
  const { visit, space, day, refusal } = page;
  const { lang } = visit;
  const link = (to: Day) => `/hote/${space.slug}/taches?jour=${to}`;
  const misplaced = refusal !== undefined && refusal.field === undefined;
  return (
    <HostFrame {...{ visit, space, day, here: 'tasks' }} title={t.title[lang]} lead={t.lead[lang]}>
      {misplaced && (
        <Notice kind="warning" live>
          {refusal.message[lang]}
        </Notice>
      )}
      <Section
        title={`${t.open[lang]}, ${show.day(day, lang)}`}
        actions={
          <>
            <ButtonLink kind="quiet" small href={link(addDays(day, -1))}>
              {t.dayBefore[lang]}
            </ButtonLink>
            <ButtonLink kind="quiet" small href={link(addDays(day, 1))}>
              {t.dayAfter[lang]}
            </ButtonLink>
          </>
        }
      >
        <Opening {...page} />
        <OpenTasks page={page} />
      </Section>
      <DoneTasks page={page} />
      <AddTask {...page} refusal={misplaced ? undefined : refusal} />
      <Rules page={page} />
    </HostFrame>
  );
};
