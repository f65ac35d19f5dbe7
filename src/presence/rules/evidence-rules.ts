import { both } from '../../kernel/bilingual.ts';
import type { PresenceFacts } from './facts.ts';
import type { Rule, RuleStatus } from './rule.ts';
import { above, reaches, type Thresholds, whole } from './thresholds.ts';

type EvidenceRule = Rule<PresenceFacts, Thresholds>;

/** Rests on check-ins: once they are destroyed nobody can say. */
const ifSeen = (seen: boolean, isWrong: boolean, status: RuleStatus): RuleStatus => {
  if (!seen) return 'pending';
  return isWrong ? status : 'passed';
};

const networkLooks = {
  fr: 'Rien à faire : le réseau regarde et tranche. Vous pouvez confirmer la journée.',
  en: 'Nothing to do: the network looks and decides. You can confirm the day.',
};

/** How someone was noted: in time, by their own device, with fresh codes, not by a machine. */
export const evidenceRules: readonly EvidenceRule[] = [
  {
    id: 'F04',
    version: '2026-11',
    axis: 'acquisition',
    title: { fr: 'déclaration tardive sans contresignature', en: 'late declaration without a countersignature' },
    threshold: ({ late_hours }) =>
      both(lang =>
        lang === 'fr'
          ? `plus de ${whole(late_hours)} h après la fin du jour`
          : `more than ${whole(late_hours)} h after the end of the day`,
      ),
    advice: {
      fr: 'Confirmez la journée et demandez à l’hôte de la noter aussi : à deux, elle est admise.',
      en: 'Confirm the day and ask the host to note it too: with both words it is accepted.',
    },
    reads: ['seen', 'hours_late', 'countersigned'],
    judge: ({ seen, hours_late, countersigned }, { late_hours }) =>
      ifSeen(seen, above(hours_late, late_hours) && !countersigned, 'review'),
  },
  {
    id: 'F05',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'un appareil pour plusieurs personnes', en: 'one device for several people' },
    threshold: ({ device_people, device_minutes, device_people_day }) =>
      both(lang => {
        const [soon, minutes, day] = [whole(device_people), whole(device_minutes), whole(device_people_day)];
        return lang === 'fr'
          ? `${soon} personnes en ${minutes} min, ou ${day} en un jour`
          : `${soon} people in ${minutes} min, or ${day} in a day`;
      }),
    advice: networkLooks,
    reads: ['seen', 'device_people_soon', 'device_people_day'],
    judge: ({ seen, device_people_soon, device_people_day }, values) =>
      ifSeen(
        seen,
        reaches(device_people_soon, values.device_people) || reaches(device_people_day, values.device_people_day),
        'review',
      ),
  },
  {
    id: 'F06',
    version: '2026-11',
    axis: 'acquisition',
    title: { fr: 'horloge du téléphone décalée', en: 'phone’s clock off' },
    threshold: ({ clock_skew_s }) =>
      both(lang => `${lang === 'fr' ? 'plus de' : 'more than'} ${whole(clock_skew_s)} s`),
    advice: {
      fr: 'Réglez l’heure de votre téléphone sur l’heure automatique.',
      en: 'Set your phone to automatic time.',
    },
    reads: ['seen', 'clock_skew_s'],
    judge: (facts, { clock_skew_s }) => ifSeen(facts.seen, above(facts.clock_skew_s, clock_skew_s), 'review'),
  },
  {
    id: 'F07',
    version: '2026-11',
    axis: 'acquisition',
    title: { fr: 'une preuve qui sert deux fois, ou à rebours', en: 'a proof used twice, or backwards' },
    threshold: () => ({ fr: 'dès la première fois', en: 'from the first time' }),
    advice: {
      fr: 'Si vous étiez là, contestez la journée : le réseau la regardera.',
      en: 'If you were there, contest the day: the network will look at it.',
    },
    reads: ['seen', 'evidence_shared_with', 'codes_backwards'],
    judge: ({ seen, evidence_shared_with, codes_backwards }) =>
      ifSeen(seen || evidence_shared_with > 0, evidence_shared_with > 0 || codes_backwards > 0, 'blocked'),
  },
  {
    id: 'F09',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'arrivées simultanées', en: 'simultaneous arrivals' },
    threshold: ({ group_people, group_seconds }) =>
      both(lang =>
        lang === 'fr'
          ? `${whole(group_people)} personnes en ${whole(group_seconds)} s`
          : `${whole(group_people)} people in ${whole(group_seconds)} s`,
      ),
    advice: networkLooks,
    reads: ['seen', 'group_people'],
    judge: (facts, { group_people }) => ifSeen(facts.seen, reaches(facts.group_people, group_people), 'review'),
  },
  {
    id: 'F10',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'arrivées trop régulières', en: 'arrivals too regular' },
    threshold: ({ arrival_minutes, arrival_days }) =>
      both(lang =>
        lang === 'fr'
          ? `écart type de moins de ${whole(arrival_minutes)} min sur ${whole(arrival_days)} jours`
          : `standard deviation under ${whole(arrival_minutes)} min over ${whole(arrival_days)} days`,
      ),
    advice: networkLooks,
    reads: ['seen', 'arrival_days', 'arrival_sigma_min'],
    judge: ({ seen, arrival_days, arrival_sigma_min }, values) =>
      ifSeen(
        seen,
        reaches(arrival_days, values.arrival_days) && !reaches(arrival_sigma_min, values.arrival_minutes),
        'review',
      ),
  },
];
