import { groupBy } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { countsFrom, creditableUntil, type Member, receivedOn, type Step } from './project.ts';

/** The one scheme that may use a presence. */
export const schemes = ['cee', 'lbc', 'other', 'none'] as const;
export type Scheme = (typeof schemes)[number];

/** An offer that an employer accepted; its days count within half-open bounds. */
export interface OfferSpan {
  readonly contractId: Id<'con'>;
  readonly employerId: Id<'org'>;
  readonly from: Day;
  readonly until: Day | null;
}

export interface ProjectSpan {
  readonly projectId: Id<'prj'>;
  readonly steps: readonly Step[];
  readonly members: readonly Member[];
}

export interface Allocation {
  readonly scheme: Scheme;
  /** The contract version or the project that may claim it; empty for none. */
  readonly claimant: string;
}

export interface Claimants {
  readonly offers: readonly OfferSpan[];
  readonly projects: readonly ProjectSpan[];
}

export const nobody: Allocation = { scheme: 'none', claimant: '' };

const within = (day: Day, from: Day | null, until: Day | null): boolean =>
  from !== null && day >= from && (until === null || day < until);

/**
 * Which scheme may use a day, judged as of that day: the offer that the person's employer had accepted comes first, since
 * aid for saving energy belongs in a carbon project's baseline; then the notified project of the space; else none.
 */
export function allocatorOf({ offers, projects }: Claimants) {
  const byEmployer = groupBy(offers, offer => offer.employerId as string);
  const bySpace = groupBy(
    projects.flatMap(project => {
      const received = receivedOn(project.steps);
      return project.members.map(member => ({
        projectId: project.projectId,
        spaceId: member.spaceId,
        from: countsFrom(member, received),
        until: member.endedOn,
        last: creditableUntil(project.steps),
      }));
    }),
    member => member.spaceId,
  );
  return ({ employerId, spaceId, day }: { employerId: string | null; spaceId: string; day: Day }): Allocation => {
    const offer = byEmployer.get(employerId ?? '')?.find(one => within(day, one.from, one.until));
    if (offer) return { scheme: 'cee', claimant: offer.contractId };
    const member = bySpace
      .get(spaceId)
      ?.find(one => within(day, one.from, one.until) && (one.last === null || day <= one.last));
    return member ? { scheme: 'lbc', claimant: member.projectId } : nobody;
  };
}
