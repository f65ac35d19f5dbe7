import type { ActSpec } from '../../kernel/act.ts';
import type { Example } from '../gallery/example.ts';
import { ActForm } from './act-form.tsx';

const spec: ActSpec = {
  title: { fr: 'Enregistrer une décision', en: 'Record a decision' },
  lead: { fr: 'Une phrase dit ce qui va se passer.', en: 'One sentence says what will happen.' },
  button: { fr: 'Enregistrer', en: 'Record' },
  fields: [
    { name: 'decided_on', kind: 'day', label: { fr: 'Décidé le', en: 'Decided on' } },
    { name: 'price', kind: 'euros', label: { fr: 'Prix', en: 'Price' }, optional: true },
    { name: 'reason', kind: 'long', label: { fr: 'Pourquoi', en: 'Why' } },
  ],
};

export const examples: readonly Example[] = [
  {
    name: 'un acte, dessiné depuis ses champs',
    draw: () => (
      <ActForm
        spec={spec}
        action="#"
        own="act-"
        facts={{ lang: 'fr', requestId: 'example-act', typed: { price: '12,50' }, refusal: null }}
      />
    ),
  },
];
