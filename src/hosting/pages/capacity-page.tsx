import { type halves, whenOf } from '../../booking/booking.ts';
import { both, show } from '../../kernel/bilingual.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { type ResourceKind, type Space, weekdays } from '../../spaces/spaces.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { BarChart } from '../../ui/bar-chart/bar-chart.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { HalfDayBars } from '../../ui/half-day-bars/half-day-bars.tsx';
import { fullest, percentOf } from '../capacity.ts';
import type { Capacity } from '../hosting.ts';
import { fullestDayText, fullestText, kindNames, ratioText, labels as t } from '../labels.ts';
import { HostFrame } from './frame.tsx';

export interface CapacityPageProps {
  visit: Visit;
  space: Space;
  capacity: Capacity;
  kind: ResourceKind | null;
}

const Kinds = ({ visit: { lang }, space, capacity, kind }: CapacityPageProps) => (
  <nav aria-label={t.kind[lang]}>
    <Cluster>
      {[null, ...capacity.kinds].map(one => (
        <ButtonLink
          current={one === kind}
          small
          href={`/hote/${space.slug}/occupation${one === null ? '' : `?genre=${one}`}`}
        >
          {(one === null ? t.everyKind : kindNames[one])[lang]}
        </ButtonLink>
      ))}
    </Cluster>
  </nav>
);

const Ahead = ({ visit: { lang }, space, capacity }: CapacityPageProps) => {
  const { ahead, today } = capacity;
  const most = fullest(ahead);
  const nothing = ahead.some(one => one.total > 0) ? t.nothingAhead : t.closedAhead;
  const finding = most
    ? fullestText(
        both(l => whenOf({ day: most.day, part: most.half }, l)),
        most,
      )
    : nothing;
  const of = (day: Day, half: (typeof halves)[number]) => ahead.find(one => one.day === day && one.half === half)!;
  const days = [...new Set(ahead.map(one => one.day))];
  return (
    <HalfDayBars
      finding={finding[lang]}
      note={t.counted[lang]}
      corner={t.day[lang]}
      days={days.map(day => ({
        label: show.dayShort(day, lang),
        day,
        today: day === today,
        href: `/planning/${space.slug}?vue=jour&jour=${day}`,
        morning: of(day, 'morning'),
        afternoon: of(day, 'afternoon'),
      }))}
    />
  );
};

const Past = ({ visit: { lang }, capacity: { past } }: CapacityPageProps) => {
  if (past.length === 0) return <p>{t.closedPast[lang]}</p>;
  const most = fullest(past);
  const finding = most ? fullestDayText(weekdays[most.weekday - 1]!, percentOf(most)) : t.nothingPast;
  return (
    <BarChart
      finding={finding[lang]}
      note={t.counted[lang]}
      columns={[t.weekday[lang], t.rate[lang]]}
      table={{
        columns: [t.weekday[lang], t.rate[lang], t.halfDays[lang]],
        rows: past.map(one => [weekdays[one.weekday - 1]![lang], `${percentOf(one)}\u00a0%`, ratioText(one, lang)]),
      }}
      bars={past.map(one => ({
        label: weekdays[one.weekday - 1]![lang],
        value: percentOf(one),
        shown: `${percentOf(one)}\u00a0%`,
        chosen: one === most,
      }))}
    />
  );
};

/** How full a space is and was: half-days ahead as bars, then its weekdays of the last four weeks. */
export const CapacityPage = (props: CapacityPageProps) => {
  const { visit, space, capacity } = props;
  const { lang } = visit;
  return (
    <HostFrame
      {...{ visit, space, day: capacity.today, here: 'capacity' }}
      title={t.capacity[lang]}
      lead={t.capacityLead[lang]}
    >
      {capacity.kinds.length > 1 && <Kinds {...props} />}
      <Section title={t.next[lang]}>
        <Ahead {...props} />
      </Section>
      <Section title={t.past[lang]}>
        <Past {...props} />
      </Section>
    </HostFrame>
  );
};
