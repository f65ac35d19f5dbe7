import { refusal } from '../kernel/outcome.ts';

/** Refusals of this room, in order of precedence. */
export const words = {
  notHost: refusal('hosting.not_host', 403, {
    fr: 'Seules les personnes qui accueillent dans cet espace voient cette page.',
    en: 'Only those who receive people in this space see this page.',
  }),
  notThere: refusal('hosting.not_there_today', 403, {
    fr: 'Qui est là ne se voit qu’en étant là : réservez aujourd’hui dans cet espace, ou accueillez-y.',
    en: 'Who is here is seen by those who are: book there today, or receive people there.',
  }),
  unknownSpace: refusal('hosting.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans le réseau.',
    en: 'There is no such space in the network.',
  }),
  badTitle: refusal(
    'hosting.bad_title',
    422,
    {
      fr: 'Dites ce qu’il y a à faire, en 200 lettres au plus.',
      en: 'Say what is to be done, in 200 letters at most.',
    },
    'title',
  ),
  taskInThePast: refusal(
    'hosting.task_in_the_past',
    422,
    {
      fr: 'Ce jour est passé. Choisissez aujourd’hui ou un jour qui vient.',
      en: 'That day is over. Choose today or a day to come.',
    },
    'due_on',
  ),
  unknownPerson: refusal(
    'hosting.unknown_person',
    404,
    {
      fr: 'Personne du réseau n’a cette adresse. Laissez-la vide et nommez la personne dans la tâche.',
      en: 'Nobody in the network has this address. Leave it empty and name the person in the task.',
    },
    'email',
  ),
  unknownTask: refusal('hosting.unknown_task', 404, {
    fr: 'Cette tâche n’existe pas, ou plus, dans un espace où vous accueillez.',
    en: 'There is no such task, or no longer, in a space where you receive people.',
  }),
  notYet: refusal('hosting.task_to_come', 409, {
    fr: 'Cette tâche est pour un jour qui vient.',
    en: 'This task is for a day to come.',
  }),
  alreadyDone: refusal('hosting.already_done', 409, {
    fr: 'Cette tâche est faite\u00a0: elle ne s’enlève plus, elle s’efface d’elle-même.',
    en: 'This task is done: it can no longer be taken back, and erases itself.',
  }),
} as const;
