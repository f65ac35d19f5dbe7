import type { FreeDesks } from '../../booking/booking.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Place } from '../../kernel/place.ts';
import { addDays, type Day, weekday } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { accessibility, closureReasons, equipment, hoursSpoken, kinds, parts, weekdays } from '../../spaces/spaces.ts';
import { PageHead, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { SpaceMap } from '../../ui/map/map.tsx';
import { boundsAround } from '../../ui/map/projection.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { Travel } from '../../ui/result/result.tsx';
import { type HalfDay, type WeekDay, WeekStones } from '../../ui/stones/stones.tsx';
import { TownDrawing } from '../../ui/town-drawing/town-drawing.tsx';
import type { SpaceSheet } from '../directory.ts';
import { bookHref, halfText, priceLines, roomsText, tripText } from '../display.ts';
import { jsonLd, scriptText } from '../json-ld.ts';
import type { Mode, Trip } from '../listing.ts';
import { texts } from '../texts.ts';
import { Badge } from './listing-card.tsx';

/** « Depuis chez moi »: what was typed, and the minutes or the refusal that answer it. */
export interface FromHome {
  readonly text: string;
  readonly label: string | null;
  readonly at: Place | null;
  readonly trips: readonly Trip[];
  readonly refusal: Refusal | null;
}

export interface SpacePageProps {
  readonly visit: Visit;
  readonly sheet: SpaceSheet;
  readonly areas: readonly { readonly mode: Mode; readonly ring: readonly Place[] }[];
  readonly fromHome: FromHome | null;
  /** The map of roads in use is invented. */
  readonly fictitiousRoads: boolean;
}

export function SpacePage(props: SpacePageProps) {
  const { visit, sheet } = props;
  const { lang, origin } = visit;
  const { space } = sheet;
  const ld = scriptText(jsonLd(sheet, { origin, lang }));
  return (
    <Layout
      visit={visit}
      title={`${space.name}, ${space.commune.name}`}
      description={space.description[lang]}
      head={
        <>
          <link rel="canonical" href={`${origin}/espaces/${space.slug}`} />
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: ld }} />
        </>
      }
    >
      <Stack gap="loose">
        <PageHead
          above={
            <Breadcrumb places={[{ label: texts.spaces[lang], href: '/espaces' }, { label: space.commune.name }]} />
          }
          title={space.name}
          lead={space.description[lang]}
          actions={<LabelLink {...props} />}
        />
        <TownDrawing name={space.commune.name} wide />
        {space.status === 'open' ? <Week {...props} /> : <NotOpen {...props} />}
        <Split even aside={<WhereMap {...props} />}>
          <Come {...props} />
        </Split>
        <Split even aside={<Hours {...props} />}>
          <Practical {...props} />
        </Split>
        <Prices {...props} />
        {visit.network.fictitious && (
          <Notice title={texts.fictitiousTitle[lang]}>
            <p>{texts.fictitiousText[lang]}</p>
          </Notice>
        )}
      </Stack>
    </Layout>
  );
}

const LabelLink = ({ visit: { lang }, sheet }: SpacePageProps) => (
  <>
    <Badge listing={sheet} lang={lang} />
    <a href={`/labels/${sheet.space.slug}`}>{texts.checkLabel[lang]}</a>
  </>
);

const weekHref = (sheet: SpaceSheet, day: Day): string => `/espaces/${sheet.space.slug}?jour=${day}`;

/** Why nothing can be booked at all, when that is so. */
const NotOpen = ({ visit: { lang }, sheet: { space } }: SpacePageProps) => (
  <Notice
    kind="pending"
    title={
      space.status === 'closed' ? texts.closedDown[lang] : `${texts.opensOn[lang]} ${show.date(space.openedOn, lang)}`
    }
    actions={<a href="/espaces">{texts.allSpaces[lang]}</a>}
  >
    <p>{texts.notBookable[lang]}</p>
  </Notice>
);

const Week = ({ visit: { lang }, sheet }: SpacePageProps) => {
  const before = addDays(sheet.from, -7);
  return (
    <Section
      title={texts.week[lang]}
      lead={texts.weekLead[lang]}
      actions={
        <>
          {sheet.from > sheet.today && (
            <a href={weekHref(sheet, before < sheet.today ? sheet.today : before)}>{texts.previousWeek[lang]}</a>
          )}
          <a href={weekHref(sheet, addDays(sheet.from, 7))}>{texts.nextWeek[lang]}</a>
        </>
      }
    >
      <WeekStones caption={texts.week[lang]} days={weekOf(sheet, lang)} />
      <ClosedDays sheet={sheet} lang={lang} />
    </Section>
  );
};

const weekOf = (sheet: SpaceSheet, lang: Lang): readonly WeekDay[] =>
  sheet.week.map(({ day }) => {
    const cell = (half: FreeDesks['half']): HalfDay => {
      const line = sheet.halves.find(h => h.day === day && h.half === half);
      if (!line || line.total === 0) return { state: 'closed' };
      if (!line.open) return { state: 'past' };
      const { free, total } = line;
      if (free === 0) return { state: 'open', free, total };
      const describe = `${texts.book[lang]} ${halfText(line, lang)}, ${free} ${texts.freeDesksToday[lang]}`;
      return { state: 'open', free, total, href: bookHref(sheet.space.slug, line), describe };
    };
    return { day, label: show.dayShort(day, lang), morning: cell('morning'), afternoon: cell('afternoon') };
  });

/** Days closed for a reason other than the weekday itself. */
const ClosedDays = ({ sheet, lang }: { sheet: SpaceSheet; lang: Lang }) => {
  const usual = new Set(sheet.hours.map(h => h.weekday));
  const said = sheet.week.filter(
    ({ closed }, n) => closed !== null && (n === 0 || sheet.week[n - 1]!.closed?.fr !== closed.fr),
  );
  const shown = said.filter(({ day }) => usual.has(weekday(day)));
  if (shown.length === 0) return null;
  return (
    <ul>
      {shown.map(({ day, closed }) => (
        <li>{`${show.day(day, lang)} : ${closed![lang]}`}</li>
      ))}
    </ul>
  );
};

const areaTexts = { foot: texts.reachFoot, bicycle: texts.reachBicycle, car: texts.come } as const;

const WhereMap = ({ visit: { lang }, sheet: { space }, areas, fromHome }: SpacePageProps) => {
  const places = [space.place, ...areas.flatMap(a => a.ring), ...(fromHome?.at ? [fromHome.at] : [])];
  return (
    <SpaceMap
      title={`${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`}
      stones={[{ at: space.place, label: space.name, href: `/espaces/${space.slug}`, tone: 'chosen' }]}
      areas={areas.map(({ mode, ring }) => ({ ring, label: areaTexts[mode][lang] }))}
      origin={fromHome?.at ? { at: fromHome.at, label: fromHome.label ?? '' } : undefined}
      bounds={boundsAround(places, 0.08)}
    />
  );
};

const Come = (props: SpacePageProps) => {
  const { visit, sheet } = props;
  const { lang } = visit;
  const { space } = sheet;
  return (
    <>
      <Section title={texts.come[lang]} id="venir" lead={space.gettingThere[lang]}>
        <Home {...props} />
        {props.fictitiousRoads && props.areas.length > 0 && (
          <p>
            <small>{texts.fictitiousAreas[lang]}</small>
          </p>
        )}
      </Section>
      {space.nearby.length > 0 && (
        <Section title={texts.nearby[lang]}>
          <DescriptionList
            items={space.nearby.map(({ what, walk_min }) => ({ term: what[lang], value: `${walk_min} min` }))}
          />
        </Section>
      )}
    </>
  );
};

const Home = ({ visit: { lang }, sheet, fromHome }: SpacePageProps) => (
  <Stack gap="tight">
    <Form
      action={`/espaces/${sheet.space.slug}#venir`}
      method="get"
      inline
      label={texts.fromHome[lang]}
      hidden={{ jour: sheet.from }}
    >
      <TextField
        name="depuis"
        type="search"
        label={texts.fromHomeField[lang]}
        hint={texts.notKept[lang]}
        value={fromHome?.text}
        error={
          fromHome?.refusal
            ? problemAt(problemsOf({ ...fromHome.refusal, field: 'depuis' }, lang), 'depuis')
            : undefined
        }
      />
      <Button kind="secondary">{texts.compute[lang]}</Button>
    </Form>
    {fromHome && fromHome.trips.length > 0 && (
      <div role="status">
        <p>{`${texts.fromHome[lang]}, ${fromHome.label} :`}</p>
        <Travel times={fromHome.trips.map(trip => ({ mode: trip.mode, text: tripText(trip, lang) }))} />
        {fromHome.trips.some(t => t.estimated) && (
          <p>
            <small>{texts.estimate[lang]}</small>
          </p>
        )}
      </div>
    )}
  </Stack>
);

const Prices = ({ visit: { lang }, sheet }: SpacePageProps) => {
  const amount = (tariff: { readonly amount_eur_cents: bigint } | null) =>
    tariff ? show.euros(tariff.amount_eur_cents, lang) : '–';
  return (
    <Section title={texts.tariffs[lang]} lead={texts.tariffsLead[lang]}>
      <DataTable
        caption={texts.tariffs[lang]}
        captionHidden
        rows={priceLines(sheet.tariffs)}
        empty={texts.noTariff[lang]}
        columns={[
          { label: texts.what[lang], cell: line => kinds[line.kind][lang] },
          { label: texts.halfDay[lang], numeric: true, cell: line => amount(line.halfDay) },
          { label: texts.day[lang], numeric: true, cell: line => amount(line.day) },
          {
            label: texts.otherPrices[lang],
            cell: line => line.others.map(one => `${amount(one)} (${parts[one.part][lang]})`).join(', '),
          },
          {
            label: texts.deliberation[lang],
            cell: line => (line.halfDay ?? line.day ?? line.others[0])?.deliberation,
          },
        ]}
      />
    </Section>
  );
};

const List = ({ items }: { items: readonly string[] }) => (
  <ul>
    {items.map(item => (
      <li>{item}</li>
    ))}
  </ul>
);

const Practical = ({ visit: { lang }, sheet }: SpacePageProps) => {
  const { space } = sheet;
  return (
    <Section title={`${space.hostFirstName} ${texts.host[lang]}`}>
      <DescriptionList
        items={[
          { term: texts.address[lang], value: `${space.address}, ${space.postcode} ${space.commune.name}` },
          { term: texts.rooms[lang], value: roomsText(sheet.resources, lang) },
          { term: texts.equipment[lang], value: space.equipment.map(code => equipment[code][lang]).join(', ') },
          {
            term: texts.accessibility[lang],
            value: space.accessibility.map(code => accessibility[code][lang]).join(', '),
          },
          {
            term: (space.status === 'planned' ? texts.opensOn : texts.openedOn)[lang],
            value: show.date(space.openedOn, lang),
          },
        ]}
      />
    </Section>
  );
};

const Hours = ({ visit: { lang }, sheet }: SpacePageProps) => (
  <Section title={texts.hours[lang]}>
    <DescriptionList
      items={weekdays.map((name, n) => ({
        term: name[lang],
        value: hoursSpoken(sheet.hours, n + 1, lang) || texts.closed[lang],
      }))}
    />
    {!sheet.space.opensOnPublicHolidays && <p>{texts.holidays[lang]}</p>}
    {sheet.closures.length > 0 && <Closures sheet={sheet} lang={lang} />}
  </Section>
);

const Closures = ({ sheet, lang }: { sheet: SpaceSheet; lang: Lang }) => (
  <>
    <h3>{texts.closures[lang]}</h3>
    <List
      items={sheet.closures.map(c => {
        const days = c.firstDay === c.lastDay ? [c.firstDay] : [c.firstDay, c.lastDay];
        return `${days.map(d => show.date(d, lang)).join(' – ')} : ${c.note ?? closureReasons[c.reason][lang]}`;
      })}
    />
  </>
);
