import { type Lang, show } from '../../kernel/bilingual.ts';
import { lonLat } from '../../kernel/place.ts';
import type { Day } from '../../kernel/time.ts';
import { Cluster } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { Card } from '../../ui/card/card.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import type { MapStone } from '../../ui/map/map-drawing.tsx';
import { FreeDesks } from '../../ui/stones/stones.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { TownDrawing } from '../../ui/town-drawing/town-drawing.tsx';
import { freeText, labelBadge } from '../display.ts';
import { freeOn, halvesOn, type Listing } from '../listing.ts';
import { texts } from '../texts.ts';

/** The one field of the public site. */
export const SearchForm = ({
  lang,
  text = '',
  day,
  again = false,
}: {
  lang: Lang;
  text?: string;
  day?: Day;
  again?: boolean;
}) => (
  <Form action="/recherche" method="get" inline label={texts.search[lang]} hidden={day ? { jour: day } : {}}>
    <TextField
      name="q"
      type="search"
      label={texts.field[lang]}
      labelHidden={!again}
      placeholder={texts.placeholder[lang]}
      value={text}
      autocomplete="postal-code"
    />
    <Button>{(again ? texts.searchAgain : texts.search)[lang]}</Button>
  </Form>
);

export const Badge = ({ listing, lang }: { listing: Pick<Listing, 'label'>; lang: Lang }) => {
  const badge = labelBadge(listing, lang);
  return badge && <Tag tone={badge.tone}>{badge.text}</Tag>;
};

/** A space as a card: a drawn street, the town, what is free that day, the price. */
export const ListingCard = ({
  listing,
  day,
  lang,
  level = 3,
}: {
  listing: Listing;
  day: Day;
  lang: Lang;
  level?: 2 | 3;
}) => {
  const { space, halfDay } = listing;
  const free = freeOn(listing, day);
  const total = Math.max(0, ...halvesOn(listing.halves, day).map(h => h.total));
  const planned = space.status === 'planned';
  return (
    <Card
      href={`/espaces/${space.slug}`}
      title={space.name}
      above={space.commune.name}
      level={level}
      picture={<TownDrawing name={space.commune.name} />}
      foot={
        !planned && (
          <Cluster>
            {free === null ? <span>{texts.closed[lang]}</span> : <FreeDesks free={free} total={total} />}
            {halfDay && <span>{`${show.euros(halfDay.amount_eur_cents, lang)} ${texts.aHalfDay[lang]}`}</span>}
          </Cluster>
        )
      }
    >
      {planned ? (
        <p>{`${texts.opensOn[lang]} ${show.date(space.openedOn, lang)}`}</p>
      ) : (
        <Badge listing={listing} lang={lang} />
      )}
    </Card>
  );
};

/** The same space as a stone on the map. */
export const stoneOf = (listing: Listing, day: Day, lang: Lang): MapStone => {
  const free = freeOn(listing, day);
  return {
    at: listing.space.place,
    label: `${listing.space.name}, ${listing.space.commune.name}`,
    href: `/espaces/${listing.space.slug}`,
    note: freeText(free, lang),
    tone: free ? 'free' : 'full',
  };
};

/** Is the space on the mainland's map? Others are in the list only. */
export const isOnTheMap = ({ space }: Listing): boolean => {
  const [lon, lat] = lonLat(space.place);
  return lon > -6 && lon < 10 && lat > 41 && lat < 52;
};
