import type { Lang } from '../../kernel/bilingual.ts';
import { holds } from '../../kernel/visit.ts';
import { Cluster, Stack } from '../../ui/arrange/arrange.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { certifiedSpec } from '../acts.ts';
import type { CertifiedView } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { ActSection, Frame, type Said, schemesPlace } from './parts.tsx';

type Unknown = CertifiedView['unknowns'][number];

/** The value that someone vouches for, or whether one is needed; the operator enters another from here. */
const Entered = ({
  one: { id, certifying },
  view,
  lang,
  operator,
}: {
  one: Unknown;
  view: CertifiedView;
  lang: Lang;
  operator: boolean;
}) => {
  const found = view.entered.get(id);
  const needed = certifying === 'required';
  return (
    <Stack gap="tight">
      {found ? (
        <>
          <code>{JSON.stringify(found.value)}</code>
          <span>{`${found.source}, ${found.vouchedBy}`}</span>
        </>
      ) : (
        <Cluster>
          <Tag tone={needed ? 'pending' : 'plain'}>{(needed ? t.needed : t.notNeeded)[lang]}</Tag>
        </Cluster>
      )}
      {operator && <a href={`/programmes/valeurs?valeur=${id}#valeur`}>{`${t.enter[lang]} ${id}`}</a>}
    </Stack>
  );
};

/** What the approved method leaves open: each unknown, its value once someone vouches for it. */
export function CertifiedPage(props: Said & { readonly view: CertifiedView; readonly asked: string | undefined }) {
  const { view, visit, asked } = props;
  const { lang } = visit;
  const operator = holds(visit.actor, 'network_operator');
  const choices = view.unknowns.map(({ id, label }) => ({ value: id, label: `${id} : ${label[lang]}` }));
  return (
    <Frame said={props} title={t.values[lang]} lead={t.valuesLead[lang]} above={[schemesPlace(lang)]}>
      <DataTable
        caption={t.values[lang]}
        captionHidden
        rows={view.unknowns}
        columns={[
          { label: t.number[lang], cell: one => one.id },
          { label: t.unknown[lang], cell: one => one.label[lang] },
          { label: t.entered[lang], cell: one => <Entered one={one} view={view} lang={lang} operator={operator} /> },
          { label: t.possible[lang], cell: one => <code>{one.possible}</code> },
        ]}
      />
      {operator && (
        <ActSection
          said={props}
          name="valeur"
          spec={certifiedSpec}
          action="/programmes/valeurs"
          choices={{ unknown_id: choices }}
          typed={asked === undefined ? {} : { unknown_id: asked }}
        />
      )}
    </Frame>
  );
}
