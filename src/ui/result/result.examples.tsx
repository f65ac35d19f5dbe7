import { ButtonLink } from '../button/button.tsx';
import type { Example } from '../gallery/example.ts';
import { FreeDesks, HalfDayMarks } from '../stones/stones.tsx';
import { Tag } from '../tag/tag.tsx';
import { Results, Travel } from './result.tsx';

const free = (morning: number, afternoon: number) => (
  <>
    <span class="half">
      matin <FreeDesks free={morning} total={8} />
    </span>
    <span class="half">
      après-midi <FreeDesks free={afternoon} total={8} />
    </span>
    <HalfDayMarks
      label="Ensuite : libre mercredi matin, complet mercredi après-midi"
      marks={['free', 'full', 'free', 'free']}
    />
  </>
);

export const examples: readonly Example[] = [
  {
    name: 'trois espaces à comparer',
    draw: () => (
      <Results
        results={[
          {
            number: 1,
            href: '#component-result',
            title: 'La Filature',
            town: (
              <>
                Ganges <Tag tone="good">labellisé</Tag>
              </>
            ),
            travel: [
              { mode: 'foot', text: '12 min' },
              { mode: 'bicycle', text: '5 min' },
              { mode: 'car', text: '3 min' },
            ],
            free: free(5, 3),
            price: (
              <>
                7,50 € <small>la demi-journée</small>
              </>
            ),
            action: (
              <ButtonLink small href="#component-result">
                Réserver
              </ButtonLink>
            ),
          },
          {
            number: 2,
            href: '#component-result',
            title: 'Le Quai',
            town: 'Le Vigan',
            travel: [
              { mode: 'foot', text: null },
              { mode: 'bicycle', text: 'environ 1 h 10' },
              { mode: 'car', text: 'environ 22 min' },
            ],
            free: free(0, 1),
            price: (
              <>
                6 € <small>la demi-journée</small>
              </>
            ),
          },
        ]}
      />
    ),
  },
  {
    name: 'comment venir',
    draw: () => (
      <Travel
        times={[
          { mode: 'foot', text: '8 min' },
          { mode: 'bicycle', text: '3 min' },
          { mode: 'car', text: '2 min' },
        ]}
      />
    ),
  },
];
