import type { Bilingual } from './kernel/bilingual.ts';
import { scopeOf } from './kernel/scope.ts';
import type { Visit } from './kernel/visit.ts';
import { type Ctx, type Mount, show } from './platform/http.ts';
import { PageHead, Prose, Section } from './ui/arrange/arrange.tsx';
import { ButtonLink } from './ui/button/button.tsx';
import { DataTable } from './ui/data-table/data-table.tsx';
import { Gallery } from './ui/gallery/gallery.tsx';
import { Layout } from './ui/layout/layout.tsx';

// What a site says of itself: the pages that belong to no room.

interface Sheet {
  readonly path: string;
  readonly title: Bilingual;
  readonly lead: Bilingual;
  readonly sections: readonly { readonly title: Bilingual; readonly text: readonly Bilingual[] }[];
}

const sheets = (sourceUrl: string | null): readonly Sheet[] => [
  {
    path: '/accessibilite',
    title: { fr: 'Accessibilité', en: 'Accessibility' },
    lead: {
      fr: 'Chaque page doit servir à tout le monde : au clavier, au lecteur d’écran, sur un petit téléphone, sans script.',
      en: 'Each page must serve everyone: by keyboard, by screen reader, on a small phone, without scripts.',
    },
    sections: [
      {
        title: { fr: 'Où nous en sommes', en: 'Where we stand' },
        text: [
          {
            fr: 'Les pages sont vérifiées automatiquement (règles WCAG 2 de niveaux A et AA) à chaque changement du logiciel. Aucun audit RGAA par une personne indépendante n’a encore eu lieu : nous n’annonçons donc aucun taux de conformité.',
            en: 'Pages are checked automatically (WCAG 2 rules, levels A and AA) at each change of the software. No RGAA audit by an independent person has taken place yet: we therefore state no rate of conformance.',
          },
          {
            fr: 'Chaque carte a sa liste, chaque graphique son tableau : les mêmes données, dans le même ordre.',
            en: 'Each map has its list, each chart its table: the same data, in the same order.',
          },
        ],
      },
      {
        title: { fr: 'Une page vous résiste ?', en: 'A page resists you?' },
        text: [
          {
            fr: 'Dites-le à la personne qui anime votre réseau, ou à l’accueil de votre espace : ils vous donneront l’information autrement et feront corriger la page. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.',
            en: 'Tell whoever runs your network, or the host of your space: they will give you the information another way and have the page mended. Without a satisfying answer, in France you may turn to the Défenseur des droits.',
          },
        ],
      },
    ],
  },
  {
    path: '/mentions-legales',
    title: { fr: 'Mentions légales', en: 'Legal notice' },
    lead: {
      fr: 'Ce site est édité par l’organisme qui anime le réseau, avec le logiciel libre Parvis.',
      en: 'This site is published by the body that runs the network, with the free software Parvis.',
    },
    sections: [
      {
        title: { fr: 'Témoins de connexion', en: 'Cookies' },
        text: [
          {
            fr: 'Deux témoins nécessaires, aucun autre : l’un garde votre connexion, l’autre votre langue. Aucune mesure d’audience, aucun service tiers.',
            en: 'Two necessary cookies and no other: one keeps you signed in, one keeps your language. No audience measurement, no third-party service.',
          },
        ],
      },
      {
        title: { fr: 'Données et sources', en: 'Data and sources' },
        text: [
          {
            fr: 'Communes : INSEE et La Poste, Licence Ouverte 2.0. Centres des communes : GeoNames, CC BY 4.0. Contours : Natural Earth. Routes réelles, quand elles sont en service : © les contributeurs d’OpenStreetMap, ODbL.',
            en: 'Communes: INSEE and La Poste, Licence Ouverte 2.0. Centres of communes: GeoNames, CC BY 4.0. Outlines: Natural Earth. Real roads, where in use: © OpenStreetMap contributors, ODbL.',
          },
        ],
      },
    ],
  },
  {
    path: '/code-source',
    title: { fr: 'Code source', en: 'Source code' },
    lead: {
      fr: 'Parvis est un logiciel libre sous licence GNU AGPL, version 3 ou ultérieure : vous pouvez l’étudier, le modifier et le faire tourner pour votre réseau.',
      en: 'Parvis is free software under the GNU AGPL, version 3 or later: you may study it, change it and run it for your own network.',
    },
    sections: [
      {
        title: { fr: 'Obtenir le code de ce site', en: 'Getting the code of this site' },
        text: [
          sourceUrl === null
            ? {
                fr: 'L’organisme qui fait tourner ce site vous remet, sur demande, le code exact qu’il utilise.',
                en: 'The body that runs this site hands you, on request, the exact code it uses.',
              }
            : { fr: `Le code exact de ce site : ${sourceUrl}`, en: `The exact code of this site: ${sourceUrl}` },
        ],
      },
    ],
  },
];

const SheetPage = ({ visit, sheet }: { visit: Visit; sheet: Sheet }) => (
  <Layout visit={visit} title={sheet.title[visit.lang]}>
    <PageHead title={sheet.title[visit.lang]} lead={sheet.lead[visit.lang]} />
    {sheet.sections.map(section => (
      <Section title={section.title[visit.lang]}>
        <Prose>
          {section.text.map(text => (
            <p>{text[visit.lang]}</p>
          ))}
        </Prose>
      </Section>
    ))}
  </Layout>
);

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** What a token must open. */
  readonly scope: string;
}

const t = {
  api: { fr: 'Interface de programmation', en: 'Programming interface' },
  apiLead: {
    fr: 'Tout ce que font les pages se fait aussi par l’API. Une demande répétée sous la même clé « Idempotency-Key » reçoit sa première réponse. Un programme s’y présente avec un jeton, « Authorization: Bearer ».',
    en: 'Everything that the pages do can be done through the API. A request repeated under the same “Idempotency-Key” gets its first answer. A program shows a token there, “Authorization: Bearer”.',
  },
  operations: { fr: 'Opérations', en: 'Operations' },
  method: { fr: 'Méthode', en: 'Method' },
  address: { fr: 'Adresse', en: 'Address' },
  what: { fr: 'Ce qu’elle fait (en anglais)', en: 'What it does' },
  document: { fr: 'Document OpenAPI 3.1', en: 'OpenAPI 3.1 document' },
  scope: { fr: 'Ce qu’un jeton doit ouvrir', en: 'What a token must open' },
  tokens: { fr: 'Mes jetons', en: 'My tokens' },
  told: { fr: 'Ce qu’un webhook raconte', en: 'What a webhook tells' },
  event: { fr: 'Événement', en: 'Event' },
  when: { fr: 'Quand (en anglais)', en: 'When' },
  components: { fr: 'Composants', en: 'Components' },
} as const;

interface ApiProps {
  readonly visit: Visit;
  readonly operations: readonly Operation[];
  readonly events: readonly Operation[];
}

const ApiPage = ({ visit, operations, events }: ApiProps) => (
  <Layout visit={visit} title={t.api[visit.lang]}>
    <PageHead
      title={t.api[visit.lang]}
      lead={t.apiLead[visit.lang]}
      actions={
        visit.actor && (
          <ButtonLink href="/moi/jetons" kind="secondary">
            {t.tokens[visit.lang]}
          </ButtonLink>
        )
      }
    />
    <DataTable
      caption={t.operations[visit.lang]}
      rows={operations}
      exportHref="/api/v1/openapi.json"
      exportLabel={t.document[visit.lang]}
      columns={[
        { label: t.address[visit.lang], cell: row => <code>{row.path}</code> },
        { label: t.method[visit.lang], cell: row => row.method.toUpperCase() },
        { label: t.what[visit.lang], cell: row => <span lang="en">{row.summary}</span> },
        { label: t.scope[visit.lang], cell: row => <code>{row.scope}</code> },
      ]}
    />
    <DataTable
      caption={t.told[visit.lang]}
      rows={events}
      columns={[
        { label: t.event[visit.lang], cell: row => <code>{row.path}</code> },
        { label: t.when[visit.lang], cell: row => <span lang="en">{row.summary}</span> },
      ]}
    />
  </Layout>
);

/** Mounts the pages that belong to no room. Comes last: it lists what the rooms offer. */
export function routes({ pages, api, shell }: Mount): void {
  for (const sheet of sheets(shell.settings.sourceUrl)) {
    pages.get(sheet.path, c => show(c, <SheetPage visit={c.get('visit')} sheet={sheet} />));
  }
  const described = (kind: 'route' | 'webhook'): readonly Operation[] =>
    api.openAPIRegistry.definitions.flatMap(one => {
      if (one.type !== kind) return [];
      const { method, path, summary = '', tags = [] } = one.type === 'route' ? one.route : one.webhook;
      return [{ method, path, summary, scope: scopeOf({ tag: tags[0] ?? '', method }) }];
    });
  pages.get('/api', (c: Ctx) => {
    const facts = { operations: described('route'), events: described('webhook') };
    return show(c, <ApiPage visit={c.get('visit')} {...facts} />);
  });
  pages.get('/composants', c => {
    const visit = c.get('visit');
    return show(
      c,
      <Layout visit={visit} title={t.components[visit.lang]} wide>
        <Gallery />
      </Layout>,
    );
  });
}
