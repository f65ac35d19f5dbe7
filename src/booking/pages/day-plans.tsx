import { Grid, Section } from '../../ui/arrange/arrange.tsx';
import { halves } from '../availability.ts';
import { type PlaceState, statesOf } from '../plan.ts';
import { planLabels } from '../plan-labels.ts';
import { partNames, whenText } from '../words.ts';
import { momentOf } from './moving.tsx';
import { PlanPart } from './plan-part.tsx';
import { address, nameOf, type PlanningProps } from './planning-frame.ts';

/** A day's board on the plan of the space: its morning, then its afternoon; what one may do is what the grid offers. */
export function DayPlans(props: PlanningProps) {
  const { visit, plans, rows, bookings, day } = props;
  const { lang } = visit;
  if (plans.length === 0) return null;
  const resources = rows.map(row => row.resource);
  return (
    <Grid least="large">
      {halves.map(part => {
        const isOpen = (resourceId: string) =>
          rows
            .find(row => row.resource.resourceId === resourceId)
            ?.cells.some(
              cell => (cell.part === part || cell.part === 'day') && cell.state !== 'closed' && cell.state !== 'over',
            ) ?? false;
        const open = resources.some(one => isOpen(one.resourceId));
        const states = statesOf(resources, bookings, { moment: { day, part, open }, personId: null });
        const hrefOf = ({ state, resource, booking }: PlaceState) => {
          if (booking !== null) return address(props, { deplacer: booking.bookingId });
          const chosen = { jour_choisi: day, moment: momentOf[part], poste: resource.resourceId };
          return state === 'free' ? `${address(props, chosen)}#pour` : undefined;
        };
        return (
          <Section title={`${planLabels.title[lang]}, ${partNames[part][lang]}`}>
            <PlanPart
              {...{ lang, plans, states, hrefOf }}
              when={whenText(day, part, lang)}
              own={part}
              nameOf={one => (one.booking === null ? undefined : nameOf(props, one.booking))}
            />
          </Section>
        );
      })}
    </Grid>
  );
}
