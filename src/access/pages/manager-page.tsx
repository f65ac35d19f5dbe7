import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { CheckField, ChoiceCards, FileField, Pick, SelectField, TextArea, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import type { AccessSheet, GrantTold } from '../access.ts';
import type { GrantState } from '../grant.ts';
import {
  adapters,
  addedText,
  againText,
  checkedText,
  countsText,
  failedText,
  keptText,
  spanText,
  states,
  texts as t,
} from '../texts.ts';
import { failures } from '../words.ts';

export interface ManagerPageProps {
  readonly visit: Visit;
  readonly sheet: AccessSheet;
  /** What was typed in the form that came back, and why. */
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: Refusal | null;
  /** What has just been done. */
  readonly done: 'saved' | { readonly added: number; readonly known: number } | null;
  readonly requestId: string;
}

const errorAt = ({ refusal, visit }: ManagerPageProps, field: string) =>
  problemAt(problemsOf(refusal, visit.lang), field);

const actionOf = ({ sheet }: ManagerPageProps, what: string) => `/acces/${sheet.space.slug}/${what}`;

const momentText = (at: Instant, zone: string, lang: Lang): string =>
  `${show.date(localDay(at, zone), lang)}, ${show.clock(at, zone)}`;

const LockForm = (props: ManagerPageProps) => {
  const { visit, sheet, typed, requestId } = props;
  const { lang } = visit;
  const { lock } = sheet;
  const came = Object.keys(typed).length > 0;
  const ticked = (name: string, kept: boolean) => (came ? typed[name] !== undefined : kept);
  return (
    <Form action={actionOf(props, 'serrure')} requestId={`${requestId}-serrure`} label={t.lock[lang]}>
      <SelectField
        name="adapter"
        label={t.adapter[lang]}
        value={typed['adapter'] ?? lock?.adapter ?? 'webhook'}
        choices={(['webhook', 'home_assistant'] as const).map(value => ({ value, label: adapters[value][lang] }))}
      />
      <TextField
        name="address"
        type="url"
        label={t.address[lang]}
        hint={t.addressHint[lang]}
        value={typed['address'] ?? lock?.address}
        size={50}
        error={errorAt(props, 'address')}
      />
      <TextField
        name="token"
        type="password"
        autocomplete="off"
        label={t.token[lang]}
        hint={(lock ? t.tokenKept : t.tokenHint)[lang]}
        optional={lock !== null}
        error={errorAt(props, 'token')}
      />
      <TextField
        name="service"
        label={t.service[lang]}
        hint={t.serviceHint[lang]}
        value={typed['service'] ?? lock?.service ?? ''}
        optional
        error={errorAt(props, 'service')}
      />
      <TextField
        name="before_min"
        label={t.before[lang]}
        unit={t.minutes[lang]}
        size={4}
        inputMode="numeric"
        value={typed['before_min'] ?? String(lock?.before_min ?? 15)}
        error={errorAt(props, 'before_min')}
      />
      <TextField
        name="after_min"
        label={t.after[lang]}
        unit={t.minutes[lang]}
        size={4}
        inputMode="numeric"
        value={typed['after_min'] ?? String(lock?.after_min ?? 15)}
        error={errorAt(props, 'after_min')}
      />
      <CheckField
        name="gives_pin"
        label={t.givesPin[lang]}
        hint={t.givesPinHint[lang]}
        checked={ticked('gives_pin', lock?.givesPin ?? true)}
      />
      <CheckField
        name="opens"
        label={t.opens[lang]}
        hint={t.opensHint[lang]}
        checked={ticked('opens', lock?.opens ?? true)}
      />
      <Button>{t.save[lang]}</Button>
    </Form>
  );
};

const Checked = ({ visit: { lang }, sheet: { lock, groups, space } }: ManagerPageProps) => {
  if (!lock) return null;
  if (lock.checkedAt === null) return <Notice kind="pending">{t.notChecked[lang]}</Notice>;
  const at = momentText(lock.checkedAt, space.zone, lang);
  if (lock.checkFailure === null) return <Notice kind="success">{checkedText(groups.length, at, lang)}</Notice>;
  const why = failures[lock.checkFailure][lang];
  return <Notice kind="warning">{failedText(why, lock.checkStatus, at, lang)}</Notice>;
};

/** Doors of one desk or room alone: a line each, since most spaces have none. */
const OwnDoors = ({ sheet: { groups, opened, resources }, visit: { lang } }: ManagerPageProps) => {
  const opens = new Set(opened.map(one => `${one.resourceId} ${one.groupId}`));
  return (
    <details open={opened.length > 0}>
      <summary>{t.ownDoors[lang]}</summary>
      <DataTable<Resource>
        caption={t.ownDoors[lang]}
        captionHidden
        rows={resources}
        columns={[
          { label: t.resource[lang], cell: ({ name }) => name },
          ...groups.map(({ groupId, name }) => ({
            label: name,
            cell: ({ resourceId }: Resource) => (
              <Pick name={resourceId} value={groupId} label={name} checked={opens.has(`${resourceId} ${groupId}`)} />
            ),
          })),
        ]}
      />
    </details>
  );
};

const Doors = (props: ManagerPageProps) => {
  const { visit, sheet, requestId } = props;
  const { lang } = visit;
  const { lock, groups } = sheet;
  return (
    <Section title={t.doors[lang]} lead={t.doorsLead[lang]} id="portes">
      {!lock || groups.length === 0 ? (
        <p>{t.noDoors[lang]}</p>
      ) : (
        <Form action={actionOf(props, 'portes')} requestId={`${requestId}-portes`} label={t.doors[lang]}>
          <ChoiceCards
            name="everyone"
            label={t.everyone[lang]}
            value={lock.everyone}
            choices={groups.map(({ groupId, name }) => ({ value: groupId, label: name }))}
            many
            optional
            error={errorAt(props, 'everyone')}
          />
          <OwnDoors {...props} />
          <Button>{t.saveDoors[lang]}</Button>
        </Form>
      )}
    </Section>
  );
};

const tones: Readonly<Record<GrantState, Tone>> = {
  waiting: 'pending',
  granted: 'good',
  withdrawn: 'plain',
  failed: 'bad',
};

const failedFirst = (grants: readonly GrantTold[]): readonly GrantTold[] =>
  grants.toSorted((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));

const State = ({ grant, zone, lang }: { grant: GrantTold; zone: string; lang: Lang }) => (
  <Cluster>
    <Tag tone={tones[grant.state]}>{states[grant.state][lang]}</Tag>
    {grant.failure && (
      <span>
        {failures[grant.failure][lang]}
        {grant.failureStatus !== null && ` (${grant.failureStatus})`}
        {grant.nextTryAt && ` ${againText(show.clock(grant.nextTryAt, zone), lang)}`}
      </span>
    )}
  </Cluster>
);

const Grants = (props: ManagerPageProps) => {
  const { visit, sheet, requestId } = props;
  const { lang } = visit;
  const { grants, groups, resources, space, kept_days } = sheet;
  const nameOf = (groupId: string) => groups.find(one => one.groupId === groupId)?.name ?? groupId;
  const resourceOf = (grant: GrantTold) => resources.find(one => one.resourceId === grant.resourceId)?.name ?? '';
  return (
    <Section title={t.grants[lang]} lead={keptText(kept_days, lang)} id="droits">
      <Stack>
        <DataTable<GrantTold>
          caption={t.grants[lang]}
          captionHidden
          rows={failedFirst(grants)}
          tall={grants.length > 20}
          empty={t.noGrants[lang]}
          columns={[
            { label: t.who[lang], cell: grant => `${grant.holder ?? t.gone[lang]}, ${resourceOf(grant)}` },
            {
              label: t.when[lang],
              cell: ({ during }) => spanText({ from: during.from, until: during.to }, space.zone, lang),
            },
            { label: t.opening[lang], cell: grant => grant.groups.map(nameOf).join(', ') },
            { label: t.state[lang], cell: grant => <State grant={grant} zone={space.zone} lang={lang} /> },
          ]}
        />
        {grants.some(one => one.state === 'failed') && (
          <Form action={actionOf(props, 'recommencer')} requestId={`${requestId}-recommencer`}>
            <Button kind="secondary">{t.retry[lang]}</Button>
          </Form>
        )}
      </Stack>
    </Section>
  );
};

const Wifi = (props: ManagerPageProps) => {
  const { visit, sheet, typed, requestId } = props;
  const { lang } = visit;
  const { left, given } = sheet.vouchers;
  return (
    <Section title={t.wifi[lang]} lead={t.wifiLead[lang]} id="wifi">
      <Stack>
        <p>{countsText(left, given, lang)}</p>
        <Form action={actionOf(props, 'wifi')} requestId={`${requestId}-wifi`} label={t.wifi[lang]} upload>
          <TextArea
            name="codes"
            label={t.pasted[lang]}
            value={typed['codes']}
            rows={6}
            optional
            error={errorAt(props, 'codes')}
          />
          <FileField name="fichier" label={t.file[lang]} hint={t.fileHint[lang]} accept=".csv,.txt,text/csv" optional />
          <Button>{t.addCodes[lang]}</Button>
        </Form>
      </Stack>
    </Section>
  );
};

/** A space's doors and Wi-Fi codes, for who manages it. */
export function ManagerPage(props: ManagerPageProps) {
  const { visit, sheet, refusal, done, requestId } = props;
  const { lang } = visit;
  const { space, lock } = sheet;
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead
        title={t.title[lang]}
        lead={`${space.name}, ${space.commune.name}`}
        above={<a href={`/gestion/espaces/${space.slug}`}>{t.manage[lang]}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {done && (
          <Notice kind="success" live>
            {done === 'saved' ? t.saved[lang] : addedText(done.added, done.known, lang)}
          </Notice>
        )}
        <p>{t.lead[lang]}</p>
        <Section title={t.lock[lang]} lead={t.lockLead[lang]}>
          <Stack>
            <Checked {...props} />
            {lock && (
              <Form action={actionOf(props, 'essayer')} requestId={`${requestId}-essayer`}>
                <Button kind="secondary">{t.check[lang]}</Button>
              </Form>
            )}
            <LockForm {...props} />
          </Stack>
        </Section>
        <Doors {...props} />
        <Grants {...props} />
        <Wifi {...props} />
      </Stack>
    </Layout>
  );
}
