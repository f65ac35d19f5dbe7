import { text } from '../../kernel/rational.ts';
import type { PresenceFacts } from './facts.ts';
import type { Rule } from './rule.ts';
import { above, aboveShare, reaches, type Thresholds, whole } from './thresholds.ts';

type SiteRule = Rule<PresenceFacts, Thresholds>;

const networkLooks = {
  fr: 'Rien à faire : le réseau regarde l’espace avec qui le gère.',
  en: 'Nothing to do: the network looks at the space with those who run it.',
};

/** Of a space's figures: who runs it is not counted, and what leaves its usual is looked at. */
export const siteRules: readonly SiteRule[] = [
  {
    id: 'F15',
    version: '2026-11',
    axis: 'acquisition',
    title: {
      fr: 'présence de qui tient l’espace, ou d’un proche',
      en: 'presence of who runs the space, or a relative',
    },
    threshold: () => ({ fr: 'un rôle ce jour-là, ou un lien déclaré', en: 'a role on that day, or a declared tie' }),
    advice: {
      fr: 'La journée reste la vôtre : elle ne compte pas dans les kilomètres du réseau.',
      en: 'The day stays yours: it does not count among the network’s kilometres.',
    },
    reads: ['staff'],
    judge: ({ staff }) => (staff ? 'blocked' : 'passed'),
  },
  {
    id: 'F16',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'trop de journées notées à la main', en: 'too many days noted by hand' },
    threshold: ({ manual_share, manual_floor }) => ({
      fr: `plus de ${text(manual_share)} du mois de l’espace, au-delà de ${whole(manual_floor)}`,
      en: `more than ${text(manual_share)} of the space’s month, beyond ${whole(manual_floor)}`,
    }),
    advice: {
      fr: 'Arrivez avec le code de la borne : la preuve est plus forte.',
      en: 'Arrive with the kiosk’s code: the proof is stronger.',
    },
    reads: ['manual', 'month_manual_so_far', 'month_presences'],
    judge: ({ manual, month_manual_so_far, month_presences }, { manual_share, manual_floor }) => {
      const beyond = above(month_manual_so_far, manual_floor);
      return manual && beyond && aboveShare(month_manual_so_far, month_presences, manual_share) ? 'review' : 'passed';
    },
  },
  {
    id: 'F17',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'hausse soudaine de l’espace', en: 'sudden rise of the space' },
    threshold: ({ volume_mads, volume_weeks, volume_floor }) => ({
      fr: `${text(volume_mads)} écarts absolus médians au-dessus de la médiane de ${whole(volume_weeks)} semaines, et ${whole(volume_floor)} demi-journées`,
      en: `${text(volume_mads)} median absolute deviations above the median of ${whole(volume_weeks)} weeks, and ${whole(volume_floor)} half-days`,
    }),
    advice: networkLooks,
    reads: ['week_halves', 'usual_halves_x2', 'usual_deviation_x4', 'usual_weeks'],
    // Week > median + k × deviation, all of it times four: medians of whole numbers may end in a half.
    judge: ({ week_halves, usual_halves_x2, usual_deviation_x4, usual_weeks }, values) => {
      const rise_x4 = 4 * week_halves - 2 * usual_halves_x2;
      const jumps = aboveShare(rise_x4, usual_deviation_x4, values.volume_mads);
      const matters = aboveShare(rise_x4, 4, values.volume_floor) && reaches(usual_weeks, values.volume_weeks);
      return jumps && matters ? 'review' : 'passed';
    },
  },
];
