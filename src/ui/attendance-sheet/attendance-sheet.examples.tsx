import type { Example } from '../gallery/example.ts';
import { AttendanceSheet } from './attendance-sheet.tsx';

const texts = {
  person: 'Nom',
  desk: 'Poste',
  morning: 'Matin, signature',
  afternoon: 'Après-midi, signature',
  arrived: 'Arrivée',
  left: 'Départ',
  blank: 'Nom et adresse électronique',
  host: 'Hôte : nom et signature',
  why: 'Cette feuille note votre présence. Les heures sont facultatives.',
};
const line = (name: string, desk: string, morning = true, afternoon = true) => ({ name, desk, morning, afternoon });

export const examples: readonly Example[] = [
  {
    name: 'deux personnes attendues',
    draw: () => (
      <AttendanceSheet
        title="Mardi 24 novembre"
        place="La Filature, Ganges"
        number="Numéro sht_exemple0"
        lines={[line('Claire Dubois', 'Bureau 3'), line('Jean-Baptiste Montgolfier-Dupuis', 'Bureau 12', true, false)]}
        blanks={3}
        texts={texts}
      />
    ),
  },
  {
    name: 'personne n’a réservé',
    draw: () => (
      <AttendanceSheet
        title="Mercredi 25 novembre"
        place="La Filature, Ganges"
        number="Numéro sht_exemple0"
        lines={[]}
        blanks={6}
        texts={texts}
      />
    ),
  },
];
