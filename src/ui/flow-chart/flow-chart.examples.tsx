import type { Example } from '../gallery/example.ts';
import { FlowChart } from './flow-chart.tsx';

const show = (value: number) => `${value} jours`;

export const examples: readonly Example[] = [
  {
    name: 'd’un mois de présences à ses demandes',
    draw: () => (
      <FlowChart
        finding="Sur 312 jours de présence, 241 peuvent être demandés"
        note="Octobre 2026"
        columns={['Étape', 'Jours']}
        show={show}
        start={{ label: 'présences enregistrées', value: 312, shown: '312 jours' }}
        branches={[
          {
            label: 'Sans attestation de l’hôte',
            value: 18,
            shown: '18 jours',
            tone: 'lost',
            href: '#component-flow-chart',
          },
          {
            label: 'Auraient télétravaillé chez eux',
            value: 34,
            shown: '34 jours',
            tone: 'lost',
            href: '#component-flow-chart',
            detail: 'La journée n’évite pas de route.',
          },
          {
            label: 'Sept jours pas encore écoulés',
            value: 16,
            shown: '16 jours',
            tone: 'waiting',
            href: '#component-flow-chart',
          },
          { label: 'Trajet sans route', value: 3, shown: '3 jours', tone: 'lost', href: '#component-flow-chart' },
          { label: 'Label bas-carbone', value: 171, shown: '171 jours', tone: 'claim', href: '#component-flow-chart' },
          { label: 'Certificats d’économies d’énergie', value: 70, shown: '70 jours', tone: 'claim' },
        ]}
      />
    ),
  },
];
