import type { Bilingual } from '../kernel/bilingual.ts';
import { type Canonical, hashOf } from '../kernel/canonical.ts';
import type { AttestationId, Axis, AxisStatus } from './attestation.ts';

/** What the rules may know of a presence: counts, never a name, a space or an operator. */
export interface PresenceFacts {
  readonly attestationId: AttestationId;
  readonly halves: number;
  /** Halves attested for the same person on the same day, this presence included. */
  readonly person_day_halves: number;
  /** Halves attested in the same space on the same day up to this presence, in the order of their records. */
  readonly space_halves_so_far: number;
  /** Halves that the space can hold in a day: two for each place. */
  readonly space_halves_most: number;
  /** Halves of that day in which the space was open: 0, 1 or 2. */
  readonly open_halves: number;
  /** Other standing presences that rest on a piece of the same evidence. */
  readonly evidence_shared_with: number;
}

export interface Rule {
  readonly id: string;
  /** Changes whenever the judgement may. */
  readonly version: string;
  readonly axis: Axis;
  readonly title: Bilingual;
  readonly threshold: Bilingual;
  /** What the judgement rests on: exactly these values are hashed. */
  readonly input: (facts: PresenceFacts) => { readonly [name: string]: Canonical };
  readonly judge: (facts: PresenceFacts) => Exclude<AxisStatus, 'pending'>;
}

/**
 * The catalogue: public, the same for everyone, a product choice to be calibrated. Ids are those of the network's fraud
 * rules; gaps are rules that are not run yet.
 */
export const rules: readonly Rule[] = [
  {
    id: 'F03',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'plus d’une journée pour une personne et un jour', en: 'more than one day for a person and a day' },
    threshold: { fr: 'plus de 2 demi-journées', en: 'more than 2 half-days' },
    input: ({ person_day_halves }) => ({ person_day_halves }),
    judge: ({ person_day_halves }) => (person_day_halves > 2 ? 'blocked' : 'passed'),
  },
  {
    id: 'F07',
    version: '2026-11',
    axis: 'acquisition',
    title: { fr: 'une même preuve qui sert deux fois', en: 'one proof used twice' },
    threshold: { fr: 'dès la première fois', en: 'from the first time' },
    input: ({ evidence_shared_with }) => ({ evidence_shared_with }),
    judge: ({ evidence_shared_with }) => (evidence_shared_with > 0 ? 'blocked' : 'passed'),
  },
  {
    id: 'F08',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'plus de présents que de places', en: 'more people than places' },
    threshold: { fr: 'au-delà de la capacité, l’excédent seul', en: 'above capacity, the excess only' },
    input: ({ space_halves_so_far, space_halves_most }) => ({ space_halves_so_far, space_halves_most }),
    judge: ({ space_halves_so_far, space_halves_most }) =>
      space_halves_so_far > space_halves_most ? 'blocked' : 'passed',
  },
  {
    id: 'F11',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'présence un jour de fermeture', en: 'presence on a day of closure' },
    threshold: { fr: 'plus de demi-journées que d’ouverture', en: 'more half-days than opening' },
    input: ({ halves, open_halves }) => ({ halves, open_halves }),
    judge: ({ halves, open_halves }) => (open_halves === 0 ? 'blocked' : halves > open_halves ? 'review' : 'passed'),
  },
];

export interface Judged {
  readonly attestationId: AttestationId;
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly axis: Axis;
  readonly status: Exclude<AxisStatus, 'pending'>;
  readonly inputSha256: string;
}

/** Every rule on each presence. The same facts always give the same verdicts, hashes included. */
export function verdictsOn(all: readonly PresenceFacts[]): readonly Judged[] {
  // Presences differ by a few small counts: most inputs have been hashed before.
  const hashes = new Map<string, string>();
  const hashFor = (rule: Rule, input: ReturnType<Rule['input']>): string => {
    const asked = `${rule.id} ${JSON.stringify(input)}`;
    const hash = hashes.get(asked) ?? hashOf({ rule: rule.id, version: rule.version, input });
    hashes.set(asked, hash);
    return hash;
  };
  return all.flatMap(facts =>
    rules.map(rule => ({
      attestationId: facts.attestationId,
      ruleId: rule.id,
      ruleVersion: rule.version,
      axis: rule.axis,
      status: rule.judge(facts),
      inputSha256: hashFor(rule, rule.input(facts)),
    })),
  );
}
