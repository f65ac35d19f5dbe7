import type { Canonical } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/time.ts';
import { fictitiousContract } from '../../method/method.ts';
import { addOrganisations } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { acceptOffer, addContract, advance, changeMembers, draftProject } from '../../schemes/schemes.ts';
import { type Crowd, done } from '../jobs.ts';
import { fictitiousStatement } from '../scenery.ts';

// What the kilometres of the story may serve: one collective project, one contract.

/**
 * The network's collective carbon project: its notification was received the day before the first days lived. Every open space
 * is a member, with what its own sheet says of its commune.
 */
export async function joinProject(work: Work, { operator, spaces }: Crowd, on: Day): Promise<void> {
  const [holder] = done(await addOrganisations(work, operator, [{ kind: 'operator', name: 'Réseau Parvis (fictif)' }]));
  const drafted = { name: 'Tiers-lieux du Réseau Parvis (projet fictif)', holderId: holder!.organisationId };
  const { projectId } = done(await draftProject(work, operator, drafted));
  const declared = {
    individualOffices: true,
    exchangeArea: true,
    forEmployees: true,
    nouveauxLiens: false,
    fabrique: false,
  };
  const joining = spaces.flatMap(({ spaceId, density }) =>
    density === null
      ? []
      : [
          {
            spaceId,
            signatory: 'Le maire (fictif)',
            signedOn: on,
            notifiedOn: null,
            eligibility: { ...declared, densityLevel: density.level, densityVintage: density.vintage },
          },
        ],
  );
  done(await changeMembers(work, operator, { projectId, joining, leaving: [] }));
  done(await advance(work, operator, { projectId, command: 'notify', happenedOn: on, reference: 'NOTIF-FICTIVE-1' }));
}

/** A contract that no one signed, and the first employer's acceptance: its days count from the day after. */
export async function signContract(work: Work, { operator, employerAdmin, employer, obligated }: Crowd): Promise<void> {
  const { contract_version: label, valid_from, valid_until } = fictitiousContract;
  const { contractId } = done(
    await addContract(work, operator, {
      ...{ obligatedPartyId: obligated, label, terms: fictitiousContract as unknown as Canonical },
      ...{ validFrom: valid_from as Day, validUntil: valid_until as Day, statementText: fictitiousStatement },
    }),
  );
  const signatory = 'La direction (fictive)';
  done(await acceptOffer(work, employerAdmin, { contractId, employerId: employer, signatory }));
}
