import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import { Prose, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import type { SetFactor } from '../factors/factor-set.ts';
import { type Mode, modes } from '../factors/modes.ts';
import type { PublicSet } from '../families.ts';
import { showWhole } from '../figures.ts';

const perMetre = {
  veh_km: { fr: 'par véhicule', en: 'a vehicle' },
  pers_km: { fr: 'par personne', en: 'a person' },
} as const satisfies Record<SetFactor['denominator'], Bilingual>;

const valueWords = ({ ug_per_m, denominator, construction_ug_per_m: made, caution }: SetFactor, lang: Lang): string =>
  [
    `${showWhole(ug_per_m, lang)} ${perMetre[denominator][lang]}`,
    ...(made === undefined
      ? []
      : [lang === 'fr' ? `dont fabrication ${showWhole(made, lang)}` : `of which making ${showWhole(made, lang)}`]),
    ...(caution ? [caution[lang]] : []),
  ].join(', ');

const Values = ({ sets, lang }: { sets: readonly PublicSet[]; lang: Lang }) => (
  <DataTable
    caption={lang === 'fr' ? 'Facteurs, en microgrammes de CO2e par mètre' : 'Factors, in micrograms of CO2e a metre'}
    rows={Object.entries(modes).filter(([id]) => sets.some(set => set.factors.some(factor => factor.id === id)))}
    columns={[
      { label: 'Mode', cell: ([, mode]) => mode.label[lang] },
      ...sets.map(set => ({
        label: lang === 'fr' ? `Jeu ${set.id}` : `Set ${set.id}`,
        cell: ([id]: readonly [string, Mode]) => {
          const factor = set.factors.find(one => one.id === id);
          return factor === undefined ? '–' : valueWords(factor, lang);
        },
      })),
      { label: lang === 'fr' ? 'Identifiant' : 'Identifier', cell: ([id]) => <code>{id}</code> },
    ]}
  />
);

const SetFacts = ({ set, lang }: { set: PublicSet; lang: Lang }) => (
  <DescriptionList
    items={[
      { term: lang === 'fr' ? 'Périmètre' : 'Boundary', value: set.boundary_words[lang] },
      { term: lang === 'fr' ? 'Millésime' : 'Vintage', value: set.vintage },
      { term: 'Source', value: <a href={set.source_url}>{set.source}</a> },
      { term: lang === 'fr' ? 'Licence' : 'Licence', value: set.licence[lang] },
      {
        term: lang === 'fr' ? 'Utilisable' : 'Usable',
        value:
          lang === 'fr'
            ? `du ${show.date(set.valid_from, lang)} au ${show.date(set.best_before, lang)} (terme choisi par Parvis)`
            : `from ${show.date(set.valid_from, lang)} to ${show.date(set.best_before, lang)} (term chosen by Parvis)`,
      },
      { term: lang === 'fr' ? 'Empreinte' : 'Fingerprint', value: <code>{set.sha256}</code> },
    ]}
  />
);

/** The factor sets, what sets each apart, and the traps of each, before its values. */
export const FactorSets = ({ sets, lang }: { sets: readonly PublicSet[]; lang: Lang }) => (
  <Section
    id="facteurs"
    title={lang === 'fr' ? 'Les facteurs d’émission' : 'The emission factors'}
    lead={
      lang === 'fr'
        ? 'Quatre jeux, quatre périmètres ou millésimes : un calcul n’en prend qu’un, et deux jeux ne s’additionnent jamais. La démonstration prend le jeu A ; les autres servent à la sensibilité.'
        : 'Four sets, four boundaries or vintages: a computation takes one, and two sets are never added up. The demonstration takes set A; the others serve sensitivity.'
    }
  >
    <Stack gap="loose">
      {sets.map(set => (
        <Stack>
          <h3 id={`jeu-${set.id.toLowerCase()}`}>{set.title[lang]}</h3>
          <SetFacts set={set} lang={lang} />
          {set.cautions && (
            <Prose>
              <ul>
                {set.cautions.map(caution => (
                  <li>{caution[lang]}</li>
                ))}
              </ul>
            </Prose>
          )}
        </Stack>
      ))}
      <Values sets={sets} lang={lang} />
    </Stack>
  </Section>
);
