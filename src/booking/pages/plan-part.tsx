import { floorName, footprintOf, type Plan } from '../../floors/floors.ts';
import type { Lang } from '../../kernel/bilingual.ts';
import { Stack } from '../../ui/arrange/arrange.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FloorPlan, type PlanPlace } from '../../ui/floor-plan/floor-plan.tsx';
import type { PlaceState } from '../plan.ts';
import { stateNames, planLabels as t } from '../plan-labels.ts';

export interface PlanPartProps {
  lang: Lang;
  plans: readonly Plan[];
  states: readonly PlaceState[];
  /** "mardi 24 novembre matin" */
  when: string;
  /** Keeps apart several plans of a page. */
  own: string;
  /** Where a place leads, if it does. */
  hrefOf: (one: PlaceState) => string | undefined;
  /** Who has a place, for those who may know. */
  nameOf?: (one: PlaceState) => string | undefined;
}

/** The floors of a space with each place in its state, and the same as a list: what is on no plan is there too. */
export function PlanPart({ lang, plans, states, when, own, hrefOf, nameOf }: PlanPartProps) {
  const known = new Map(states.map(one => [one.resource.resourceId, one]));
  const said = (one: PlaceState) =>
    [one.resource.name, nameOf?.(one), stateNames[one.state][lang], when].filter(Boolean).join(', ');
  const drawn = (place: Plan['places'][number]): readonly PlanPlace[] => {
    const one = known.get(place.resourceId);
    if (!one) return [];
    return [
      {
        ...footprintOf(place),
        id: place.resourceId,
        name: one.resource.name,
        kind: one.resource.kind === 'desk' ? 'desk' : 'room',
        turn_deg: place.turn_deg,
        state: one.state,
        word: nameOf?.(one) ?? stateNames[one.state][lang],
        href: hrefOf(one),
        describe: said(one),
      },
    ];
  };
  const floorOf = (resourceId: string) => {
    const plan = plans.find(one => one.places.some(place => place.resourceId === resourceId));
    return plan ? floorName(plan.floor)[lang] : '';
  };
  return (
    <Stack>
      {plans.map(plan => (
        <FloorPlan
          label={`${floorName(plan.floor)[lang]}, ${when}`}
          own={`${own}-${plan.floor}`}
          floor={{ ...plan, places: plan.places.flatMap(drawn) }}
        />
      ))}
      <details>
        <summary>{t.list[lang]}</summary>
        <DataTable<PlaceState>
          caption={`${t.title[lang]}, ${when}`}
          captionHidden
          rows={states}
          columns={[
            {
              label: t.place[lang],
              cell: one => {
                const href = hrefOf(one);
                return href === undefined ? (
                  one.resource.name
                ) : (
                  <a href={href} aria-label={said(one)}>
                    {one.resource.name}
                  </a>
                );
              },
            },
            { label: t.onFloor[lang], cell: one => floorOf(one.resource.resourceId) },
            {
              label: t.state[lang],
              cell: one => [stateNames[one.state][lang], nameOf?.(one)].filter(Boolean).join(', '),
            },
          ]}
        />
      </details>
    </Stack>
  );
}
