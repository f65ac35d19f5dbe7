import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';
import { weekdays } from '../spaces/spaces.ts';
import type { Rhythm, TaskKind } from './tasks.ts';

/** What the pages of a host's tasks say. */
export const taskLabels = {
  title: { fr: 'Tâches', en: 'Tasks' },
  lead: {
    fr: 'Clés, ménage, colis : ce qu’il y a à faire dans l’espace, ce jour-là et ce qui est en retard.',
    en: 'Keys, cleaning, parcels: what there is to do in the space, that day and what is late.',
  },
  open: { fr: 'À faire', en: 'To do' },
  nothing: { fr: 'Rien à faire ce jour-là.', en: 'Nothing to do that day.' },
  done: { fr: 'Faites ce jour-là', en: 'Done that day' },
  task: { fr: 'Tâche', en: 'Task' },
  act: { fr: 'Action', en: 'Action' },
  by: { fr: 'Par', en: 'By' },
  at: { fr: 'Faite', en: 'Done' },
  isDone: { fr: 'Fait', en: 'Done' },
  handedOver: { fr: 'Remis', en: 'Handed over' },
  reopen: { fr: 'Pas faite', en: 'Not done' },
  drop: { fr: 'Enlever', en: 'Remove' },
  late: { fr: 'en retard', en: 'late' },
  someone: { fr: 'personne effacée', en: 'person erased' },
  add: { fr: 'Ajouter une tâche', en: 'Add a task' },
  addLead: {
    fr: 'Une personne pour qui un colis est arrivé est prévenue par courriel. Les tâches faites s’effacent au bout de trois mois.',
    en: 'Someone for whom a parcel has come is told by mail. Done tasks are erased after three months.',
  },
  kind: { fr: 'Genre', en: 'Kind' },
  what: { fr: 'Quoi ?', en: 'What?' },
  whatHint: { fr: 'Par exemple : vider la machine à café', en: 'For instance: empty the coffee machine' },
  day: { fr: 'Jour', en: 'Day' },
  email: { fr: 'Pour qui ? Adresse électronique', en: 'For whom? E-mail address' },
  emailHint: {
    fr: 'Une personne du réseau ; pour une tâche d’un seul jour.',
    en: 'Someone in the network; for a task of one day.',
  },
  repeat: { fr: 'Se répète', en: 'Repeats' },
  once: { fr: 'une seule fois', en: 'just once' },
  everyWorkingDay: { fr: 'chaque jour du lundi au vendredi', en: 'each day from Monday to Friday' },
  everyWeek: { fr: 'chaque semaine, ce jour-là', en: 'each week, on that day' },
  addButton: { fr: 'Ajouter', en: 'Add' },
  rules: { fr: 'Ce qui revient', en: 'What comes again' },
  noRules: { fr: 'Rien ne revient de soi-même.', en: 'Nothing comes again by itself.' },
  rhythm: { fr: 'Quand', en: 'When' },
  end: { fr: 'Ne plus demander', en: 'Stop asking' },
  dayBefore: { fr: 'Jour précédent', en: 'Day before' },
  dayAfter: { fr: 'Jour suivant', en: 'Day after' },
  all: { fr: 'Toutes les tâches', en: 'All tasks' },
} as const satisfies Record<string, Bilingual>;

export const taskKindNames: Readonly<Record<TaskKind, Bilingual>> = {
  keys: { fr: 'clés', en: 'keys' },
  cleaning: { fr: 'ménage', en: 'cleaning' },
  parcel: { fr: 'colis', en: 'parcel' },
  other: { fr: 'autre', en: 'other' },
};

export const rhythmText = (rhythm: Rhythm, lang: Lang): string => {
  if (rhythm.every === 'working_days') return taskLabels.everyWorkingDay[lang];
  const day = weekdays[rhythm.weekday - 1]![lang];
  return lang === 'fr' ? `chaque ${day}` : `each ${day}`;
};

/** `Ouvrir pour 8:30 : 3 personnes attendues` */
export const openingText = (clock: string, expected: number): Bilingual =>
  expected === 1
    ? { fr: `Ouvrir pour ${clock}\u00a0: 1 personne attendue`, en: `Open by ${clock}: 1 person expected` }
    : {
        fr: `Ouvrir pour ${clock}\u00a0: ${expected} personnes attendues`,
        en: `Open by ${clock}: ${expected} people expected`,
      };

/** `3 tâches à faire` */
export const openCount = (count: number): Bilingual =>
  count === 1
    ? { fr: '1 tâche à faire', en: '1 task to do' }
    : { fr: `${count} tâches à faire`, en: `${count} tasks to do` };

/** `pour mardi 24 novembre` */
export const dueText = (day: Day): Bilingual =>
  both(lang => (lang === 'fr' ? `pour ${show.day(day, lang)}` : `for ${show.day(day, lang)}`));
