import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { addDays, type Day, daysFrom } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DayStrip } from '../../ui/day-strip/day-strip.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { ErrorSummary, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { SpaceMap } from '../../ui/map/map.tsx';
import { boundsAround } from '../../ui/map/projection.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { type ResultProps, Results } from '../../ui/result/result.tsx';
import { FreeDesks, HalfDayMarks } from '../../ui/stones/stones.tsx';
import type { Search } from '../directory.ts';
import { bookHref, dayHref, halfText, halvesText, tripText } from '../display.ts';
import { halvesOn, nextHalves, type Result } from '../listing.ts';
import type { Somewhere } from '../places.ts';
import { texts } from '../texts.ts';
import { Badge, SearchForm, stoneOf } from './listing-card.tsx';

interface Asked {
  readonly visit: Visit;
  /** What was typed. */
  readonly text: string;
  /** Today, where the strip of days begins. */
  readonly today: Day;
}

type Found = Extract<Search, { kind: 'found' }>;

/** The place was not found: its name as typed, why, and the field again. */
export function UnknownPlacePage({ visit, text, refusal }: Asked & { refusal: Refusal }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={texts.unknownTitle[lang]}>
      <Stack>
        <PageHead title={texts.unknownTitle[lang]} />
        <ErrorSummary problems={problemsOf({ ...refusal, field: 'q' }, lang)} />
        <SearchForm lang={lang} text={text} again />
        <p>
          <a href="/espaces">{texts.allSpaces[lang]}</a>
        </p>
      </Stack>
    </Layout>
  );
}

const communeHref = (place: Somewhere, text: string): string =>
  `/recherche?${new URLSearchParams({ q: text, commune: place.insee_code })}`;

/** Several communes bear the name: which one? */
export function ChoosePage({ visit, text, places }: Asked & { places: readonly Somewhere[] }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={texts.chooseTitle[lang]}>
      <Stack>
        <PageHead title={texts.chooseTitle[lang]} lead={texts.chooseLead[lang]} />
        <ul class="cluster">
          {places.map(place => (
            <li>
              <ButtonLink kind="secondary" href={communeHref(place, text)}>
                {place.label}
              </ButtonLink>
            </li>
          ))}
        </ul>
        <SearchForm lang={lang} text={text} again />
      </Stack>
    </Layout>
  );
}

export function ResultsPage({ visit, text, today, found }: Asked & { found: Found }) {
  const { lang } = visit;
  const { results, day, from } = found;
  const title = `${texts.resultsTitle[lang]} ${from.kind === 'address' ? from.label : from.commune}`;
  return (
    <Layout visit={visit} title={title} wide>
      <Stack>
        <PageHead title={title} />
        <SearchForm lang={lang} text={text} again day={day} />
        <Others others={found.others} text={text} lang={lang} />
        {found.isFar && results.length > 0 && (
          <Notice kind="info" title={texts.farTitle[lang]}>
            <p>{texts.farText[lang]}</p>
          </Notice>
        )}
        {results.length === 0 ? (
          <EmptyState title={texts.noResult[lang]}>
            <p>{texts.noResultText[lang]}</p>
          </EmptyState>
        ) : (
          <Split sticky aside={<ResultsMap found={found} title={title} lang={lang} />}>
            <Stack>
              <Days visit={visit} text={text} today={today} day={day} from={from} />
              <Results results={results.map((result, n) => lineOf(result, { number: n + 1, day, lang }))} />
              <Counted found={found} lang={lang} />
            </Stack>
          </Split>
        )}
      </Stack>
    </Layout>
  );
}

const Others = ({ others, text, lang }: { others: readonly Somewhere[]; text: string; lang: Lang }) =>
  others.length === 0 ? null : (
    <p>
      {texts.alsoCalled[lang]}{' '}
      {others.map((place, n) => (
        <>
          {n > 0 && ', '}
          <a href={communeHref(place, text)}>{place.commune}</a>
        </>
      ))}
    </p>
  );

const ResultsMap = ({ found: { results, day, from }, title, lang }: { found: Found; title: string; lang: Lang }) => (
  <SpaceMap
    title={title}
    origin={{ at: from.place, label: from.commune }}
    stones={results.map((result, n) => ({ ...stoneOf(result, day, lang), number: n + 1 }))}
    bounds={boundsAround([from.place, ...results.map(r => r.space.place)])}
  />
);

const weekdayOf = (day: Day, lang: Lang): readonly [string, string] => {
  const [weekday = '', number = ''] = show.dayShort(day, lang).split(/[\s\u00a0]/);
  return /\d/.test(weekday) ? [number, weekday] : [weekday, number];
};

const Days = ({ visit, text, today, day, from }: Asked & { day: Day; from: Somewhere }) => {
  const { lang } = visit;
  const first = day < addDays(today, 7) ? today : addDays(day, -3);
  const params = { q: text, commune: from.kind === 'commune' ? from.insee_code : '' };
  return (
    <DayStrip
      label={texts.otherDays[lang]}
      days={daysFrom(first, 7).map(one => {
        const [weekday, number] = weekdayOf(one, lang);
        return {
          day: one,
          weekday,
          number,
          href: dayHref('/recherche', params, one),
          current: one === day,
          today: one === today,
        };
      })}
      before={
        first > today
          ? {
              href: dayHref('/recherche', params, addDays(first, -4) < today ? today : addDays(first, -4)),
              label: texts.previousDays[lang],
            }
          : undefined
      }
      after={{ href: dayHref('/recherche', params, addDays(first, 10)), label: texts.nextDays[lang] }}
    />
  );
};

/** The half-days after the day shown, as small stones. */
const marksShown = 6;

const lineOf = (result: Result, { number, day, lang }: { number: number; day: Day; lang: Lang }): ResultProps => {
  const { space, halfDay, day: wholeDay } = result;
  const later = nextHalves(result.halves, addDays(day, 1), marksShown);
  const firstFree = halvesOn(result.halves, day).find(h => h.free > 0) ?? later.find(h => h.free > 0);
  return {
    number,
    href: `/espaces/${space.slug}?jour=${day}`,
    title: space.name,
    town: (
      <>
        {space.commune.name} <Badge listing={result} lang={lang} />
      </>
    ),
    travel: result.trips.map(trip => ({ mode: trip.mode, text: tripText(trip, lang) })),
    free: (
      <>
        <ThatDay result={result} day={day} lang={lang} />
        {later.length > 0 && (
          <span class="half">
            {texts.next[lang]}{' '}
            <HalfDayMarks label={halvesText(later, lang)} marks={later.map(h => (h.free > 0 ? 'free' : 'full'))} />
          </span>
        )}
      </>
    ),
    price: halfDay && (
      <>
        {show.euros(halfDay.amount_eur_cents, lang)} <small>{texts.aHalfDay[lang]}</small>
        {wholeDay && <small>{`${show.euros(wholeDay.amount_eur_cents, lang)}\u00a0${texts.aDay[lang]}`}</small>}
      </>
    ),
    action: firstFree && (
      <ButtonLink
        small
        href={bookHref(space.slug, firstFree)}
        describe={`${texts.book[lang]} ${space.name}, ${halfText(firstFree, lang)}`}
      >
        {texts.book[lang]}
      </ButtonLink>
    ),
  };
};

const ThatDay = ({ result, day, lang }: { result: Result; day: Day; lang: Lang }) => {
  const open = halvesOn(result.halves, day).filter(h => h.total > 0);
  if (open.length === 0) return <span>{texts.closedThatDay[lang]}</span>;
  return (
    <>
      {open.map(h => (
        <span class="half">
          {texts[h.half][lang]} <FreeDesks free={h.free} total={h.total} />
        </span>
      ))}
    </>
  );
};

/** From where and on what the minutes are counted. */
const Counted = ({ found: { from, roads, results }, lang }: { found: Found; lang: Lang }) => {
  const start = from.kind === 'address' ? texts.fromAddress : from.approximate ? texts.fromAround : texts.fromCentre;
  const guessed = results.some(r => r.trips.some(t => t.estimated));
  const how = roads.known ? (roads.fictitious ? texts.fictitiousRoads : texts.byRoad)[lang] : null;
  return (
    <p>
      <small>
        {`${start[lang]} ${from.kind === 'address' ? from.label : from.commune}${how ? `, ${how}` : ''}.`}
        {guessed && ` ${texts.estimate[lang]}`}
      </small>
    </p>
  );
};
