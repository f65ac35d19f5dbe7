import { show } from '../../kernel/bilingual.ts';
import { Section } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { actionOf, choicesOf, errorAt, type ManagePageProps } from '../pages.tsx';
import { inPlaceOrder } from '../rules.ts';
import { texts as t } from '../texts.ts';
import { kinds } from '../words.ts';

/** What can be booked in the space, and one place more. */
export const Places = (props: ManagePageProps) => {
  const { visit, sheet, typed } = props;
  const { lang } = visit;
  const offered = (from: (typeof sheet.resources)[number]['withdrawnFrom']) =>
    from === null ? t.always[lang] : `${t.offeredUntil[lang]} ${show.date(from, lang)}`;
  return (
    <Section title={t.places[lang]} lead={t.placesLead[lang]} id="places">
      <DataTable
        caption={t.places[lang]}
        captionHidden
        rows={sheet.resources.toSorted(inPlaceOrder)}
        columns={[
          {
            label: t.place[lang],
            cell: one => <a href={actionOf(props, `places/${one.resourceId}`)}>{one.name}</a>,
          },
          { label: t.kind[lang], cell: one => kinds[one.kind][lang] },
          { label: t.capacity[lang], numeric: true, cell: one => show.count(one.capacity, lang) },
          { label: t.offered[lang], cell: one => offered(one.withdrawnFrom) },
        ]}
      />
      <Form action={actionOf(props, 'places')} requestId={props.requestIds[3]} label={t.addPlace[lang]}>
        <SelectField name="place" label={t.kind[lang]} value={typed['place']} choices={choicesOf(kinds, lang)} />
        <TextField
          name="name"
          label={t.placeName[lang]}
          hint={t.placeNameHint[lang]}
          value={typed['name']}
          error={errorAt(props, 'name')}
        />
        <TextField
          name="capacity"
          label={t.capacity[lang]}
          size={4}
          inputMode="numeric"
          value={typed['capacity'] ?? '1'}
          error={errorAt(props, 'capacity')}
        />
        <Button>{t.addPlace[lang]}</Button>
      </Form>
    </Section>
  );
};
