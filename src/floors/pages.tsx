import type { Lang } from '../kernel/bilingual.ts';
import { show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { localDay } from '../kernel/time.ts';
import type { Visit } from '../kernel/visit.ts';
import type { Resource, Space } from '../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../ui/button/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { EmptyState } from '../ui/empty-state/empty-state.tsx';
import { FloorPlan } from '../ui/floor-plan/floor-plan.tsx';
import { CheckField, SelectField, TextArea, TextField } from '../ui/form/field.tsx';
import { ErrorSummary, Form, type Problem, problemAt, problemsOf } from '../ui/form/form.tsx';
import { Island } from '../ui/island/island.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import FloorEditor from './floor-editor.island.tsx';
import { type Fields, fieldOf, fieldsOf } from './form.ts';
import { floorName, labels as t } from './labels.ts';
import { type Drawing, footprintOf, type Plan, turns } from './plan.ts';

const PlainPlan = ({ plan, resources, lang }: { plan: Plan; resources: readonly Resource[]; lang: Lang }) => (
  <FloorPlan
    label={floorName(plan.floor)[lang]}
    own={plan.planId}
    floor={{
      ...plan,
      places: plan.places.map(place => {
        const resource = resources.find(one => one.resourceId === place.resourceId);
        const { x_cm, y_cm } = place;
        return {
          ...footprintOf(place),
          id: place.resourceId,
          name: resource?.name ?? '',
          kind: resource?.kind === 'desk' ? 'desk' : 'room',
          turn_deg: place.turn_deg,
          state: 'plain',
          describe: `${resource?.name ?? ''}, ${x_cm} × ${y_cm} cm`,
        };
      }),
    }}
  />
);

export interface PlansPageProps {
  visit: Visit;
  space: Space;
  plans: readonly Plan[];
  resources: readonly Resource[];
  saved: boolean;
}

/** The floors of a space, and the way to draw each. */
export function PlansPage({ visit, space, plans, resources, saved }: PlansPageProps) {
  const { lang } = visit;
  const next = plans.length === 0 ? 0 : Math.max(...plans.map(one => one.floor)) + 1;
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead
        title={t.title[lang]}
        lead={t.lead[lang]}
        above={<a href={`/gestion/espaces/${space.slug}`}>{`${t.back[lang]}, ${space.name}`}</a>}
      />
      <Stack gap="loose">
        {saved && (
          <Notice kind="success" live>
            {t.saved[lang]}
          </Notice>
        )}
        {plans.length === 0 && (
          <EmptyState
            title={t.noPlan[lang]}
            actions={<ButtonLink href={`/plans/${space.slug}/0`}>{t.draw[lang]}</ButtonLink>}
          >
            <p>{t.noPlanText[lang]}</p>
          </EmptyState>
        )}
        {plans.map(plan => (
          <Section
            title={floorName(plan.floor)[lang]}
            actions={
              <ButtonLink
                kind="secondary"
                href={`/plans/${space.slug}/${plan.floor}`}
                describe={`${t.redraw[lang]}, ${floorName(plan.floor)[lang]}`}
              >
                {t.redraw[lang]}
              </ButtonLink>
            }
          >
            <PlainPlan {...{ plan, resources, lang }} />
          </Section>
        ))}
        {plans.length > 0 && (
          <Form action={`/plans/${space.slug}/etage`} method="get" label={t.draw[lang]} inline>
            <TextField
              name="etage"
              label={t.floor[lang]}
              hint={t.floorHint[lang]}
              inputMode="numeric"
              size={4}
              value={String(next)}
            />
            <Button kind="secondary">{t.draw[lang]}</Button>
          </Form>
        )}
      </Stack>
    </Layout>
  );
}

export interface EditorPageProps {
  visit: Visit;
  space: Space;
  floor: number;
  /** The plan that holds; null where there is none yet. */
  plan: Plan | null;
  history: readonly Plan[];
  resources: readonly Resource[];
  /** What the drawing shows; the last one that could be read. */
  drawing: Drawing;
  /** What the fields hold: typed, or the drawing's. */
  fields: Fields;
  requestId: string;
  refusal?: Refusal | undefined;
}

/** Names of the form's fields, by those of the refusals. */
const fieldNames: Readonly<Record<string, string>> = { width_cm: 'largeur', walls: 'murs', labels: 'noms' };

const Centimetres = ({
  name,
  label,
  fields,
  problems,
  hide,
}: {
  name: string;
  label: string;
  fields: Fields;
  problems: readonly Problem[];
  hide?: boolean;
}) => (
  <TextField
    name={name}
    label={label}
    labelHidden={hide}
    inputMode="numeric"
    size={5}
    unit="cm"
    value={fields[name]}
    error={problemAt(problems, name)}
  />
);

/** A line a desk or room: is it on this floor, and its numbers. What a drawing shows, as a table that can be filled by hand. */
const Places = ({ visit: { lang }, resources, fields }: EditorPageProps, problems: readonly Problem[]) => {
  const measure = (name: 'x' | 'y' | 'l' | 'p', label: string) => ({
    label,
    cell: ({ resourceId, name: of }: Resource) => (
      <Centimetres
        name={fieldOf(name, resourceId)}
        label={`${label}, ${of}`}
        fields={fields}
        problems={problems}
        hide
      />
    ),
  });
  return (
    <DataTable<Resource>
      caption={t.places[lang]}
      captionHidden
      rows={resources}
      columns={[
        {
          label: t.place[lang],
          cell: one => (
            <CheckField
              name={fieldOf('place', one.resourceId)}
              label={one.name}
              value="oui"
              optional
              checked={fields[fieldOf('place', one.resourceId)] !== undefined}
            />
          ),
        },
        measure('x', t.x[lang]),
        measure('y', t.y[lang]),
        measure('l', t.width[lang]),
        measure('p', t.depth[lang]),
        {
          label: t.turn[lang],
          cell: one => (
            <SelectField
              name={fieldOf('t', one.resourceId)}
              label={`${t.turn[lang]}, ${one.name}`}
              labelHidden
              value={fields[fieldOf('t', one.resourceId)] ?? '0'}
              choices={turns.map(turn => ({ value: String(turn), label: `${turn}°` }))}
            />
          ),
        },
      ]}
    />
  );
};

const History = ({ visit: { lang }, history, space }: EditorPageProps) => {
  if (history.length === 0) return null;
  const at = (moment: Plan['from']) =>
    `${show.date(localDay(moment, space.zone), lang)}, ${show.clock(moment, space.zone)}`;
  return (
    <Section title={t.history[lang]}>
      <DataTable<Plan>
        caption={t.history[lang]}
        captionHidden
        rows={history}
        columns={[
          {
            label: t.from[lang],
            cell: plan => <a href={`/plans/${space.slug}/${plan.floor}?plan=${plan.planId}`}>{at(plan.from)}</a>,
          },
          { label: t.until[lang], cell: plan => (plan.until === null ? t.inForce[lang] : at(plan.until)) },
          { label: t.placed[lang], cell: plan => plan.places.length, numeric: true },
        ]}
      />
    </Section>
  );
};

/** The drawing of a floor above its numbers: one moves the other. Without a script the numbers are enough. */
export function EditorPage(page: EditorPageProps) {
  const { visit, space, floor, plan, resources, drawing, fields, requestId, refusal } = page;
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? one.field }),
  }));
  const title = floorName(floor)[lang];
  const formLabel = `${t.title[lang]}, ${title}`;
  const texts = { label: formLabel, wrong: t.overlaps[lang], keys: t.keys[lang] };
  const named = resources.map(({ resourceId, name, kind }) => ({ resourceId, name, room: kind !== 'desk' }));
  const common = { fields, problems };
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${title}, ${space.name}`} wide>
      <PageHead title={title} lead={space.name} above={<a href={`/plans/${space.slug}`}>{t.title[lang]}</a>} />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        <Island name="floor-editor" of={FloorEditor} props={{ drawing, resources: named, formId: formLabel, texts }} />
        <Form
          action={`/plans/${space.slug}/${floor}`}
          requestId={requestId}
          hidden={plan === null ? {} : { base: plan.planId }}
          label={formLabel}
        >
          <Section title={t.places[lang]} lead={t.placesLead[lang]}>
            {Places(page, problems)}
          </Section>
          <Section title={t.size[lang]}>
            <Stack>
              <Centimetres name="largeur" label={t.width[lang]} {...common} />
              <Centimetres name="profondeur" label={t.depth[lang]} {...common} />
              <TextArea
                name="murs"
                optional
                label={t.walls[lang]}
                hint={t.wallsHint[lang]}
                value={fields['murs']}
                error={problemAt(problems, 'murs')}
              />
              <TextArea
                name="noms"
                optional
                label={t.labels[lang]}
                hint={t.labelsHint[lang]}
                value={fields['noms']}
                error={problemAt(problems, 'noms')}
              />
            </Stack>
          </Section>
          <Button>{(plan === null ? t.saveFirst : t.save)[lang]}</Button>
        </Form>
        {plan !== null && (
          <Form
            action={`/plans/${space.slug}/${floor}/retirer`}
            requestId={`${requestId}-retirer`}
            hidden={{ base: plan.planId }}
          >
            <Button kind="danger">{t.remove[lang]}</Button>
          </Form>
        )}
        <History {...page} />
      </Stack>
    </Layout>
  );
}

/** The fields of a drawing, with sizes to start from for what is not on it. */
export const fieldsToFill = (drawing: Drawing, suggested: Drawing): Fields => {
  const { largeur: _width, profondeur: _depth, murs: _walls, noms: _labels, ...places } = fieldsOf(suggested);
  const sizes = Object.fromEntries(Object.entries(places).filter(([name]) => /^[lp]-/.test(name)));
  return { ...sizes, ...fieldsOf(drawing) };
};

/** A plan that held once, as it was. */
export function OldPlanPage({
  visit,
  space,
  plan,
  resources,
}: Omit<PlansPageProps, 'plans' | 'saved'> & { plan: Plan }) {
  const { lang } = visit;
  const day = (moment: Plan['from']) => show.date(localDay(moment, space.zone), lang);
  const until = plan.until === null ? t.inForce[lang] : `${t.until[lang].toLowerCase()} ${day(plan.until)}`;
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${floorName(plan.floor)[lang]}, ${space.name}`}>
      <PageHead
        title={floorName(plan.floor)[lang]}
        lead={`${t.from[lang]} ${day(plan.from)}, ${until}`}
        above={<a href={`/plans/${space.slug}/${plan.floor}`}>{t.redraw[lang]}</a>}
      />
      <PlainPlan {...{ plan, resources, lang }} />
    </Layout>
  );
}
