import { keyringOf } from '../notary/notary.ts';
import { asked, type Back, type Posted, post } from '../platform/acts.ts';
import { actorOf, type Ctx, inVisit, type Mount, must, requestId, show } from '../platform/http.ts';
import { projectCommands } from '../schemes/schemes.ts';
import { listSpaces } from '../spaces/spaces.ts';
import {
  acceptSpec,
  answerSpec,
  certifiedSpec,
  claimStepSpec,
  contractSpec,
  findingSpec,
  leavingSpec,
  memberSpec,
  projectSpec,
  projectStepSpec,
  reallocationSpec,
  sampleSpec,
  signSpec,
} from './acts.ts';
import { readDossier, rerun } from './claims.ts';
import { commands as claimCommands } from './life.ts';
import { AccountPage } from './pages/account-page.tsx';
import { CertifiedPage } from './pages/certified-page.tsx';
import { ClaimPage } from './pages/claim-page.tsx';
import { ContractPage } from './pages/contract-page.tsx';
import { EnergyPage } from './pages/energy-page.tsx';
import { ProjectPage, PublicProjectPage } from './pages/project-pages.tsx';
import { SchemesPage } from './pages/schemes-page.tsx';
import { claimRoutes } from './routes/claim-acts.ts';
import { readEndpoints } from './routes/endpoints.ts';
import { exchangeRoutes } from './routes/exchange.ts';
import { schemeRoutes } from './routes/scheme-acts.ts';
import {
  accountView,
  certifiedView,
  claimView,
  contractView,
  energyView,
  projectView,
  schemesView,
} from './routes/views.ts';
import { texts } from './texts.ts';

const nothing = { fields: [] };
const idOf = (c: Ctx): string => c.req.param('id') ?? '';

/** What the page of any act is told: the visit, the form that came back, which form is open. */
const saidOf = (c: Ctx, { act, ...back }: Page) => ({
  ...{ visit: c.get('visit'), act: act ?? c.req.query('faire') ?? null },
  facts: { ...back, lang: c.get('visit').lang, requestId: requestId() },
  done: back.refusal === null && c.req.query('fait') !== undefined,
});
type Page = Back & { readonly act?: string };

type Draw = (c: Ctx, page: Page) => Promise<Parameters<typeof show>[1]>;

/** One address that is read and written: its page, and every act posted below it. */
function place({ mount, path, draw }: { mount: Mount; path: string; draw: Draw }) {
  const page = async (c: Ctx, { act, ...back }: Page) =>
    show(c, await draw(c, { ...back, ...(act !== undefined && { act }) }), back.refusal?.status ?? 200);
  mount.pages.get(path, c => page(c, asked));
  return (name: string, told: Omit<Posted, 'page' | 'to'> & { to?: Posted['to']; act?: (c: Ctx) => string }) => {
    const { act = () => name, to, ...posted } = told;
    const back = (_: unknown, id: string) => `${path.replace(':id', id)}?fait=oui`;
    const again = (c: Ctx, one: Back) => page(c, { ...one, act: act(c) });
    mount.pages.post(name === '' ? path : `${path}/${name}`, post(mount, { ...posted, to: to ?? back, page: again }));
  };
}

const claimPlace = (answer: unknown): string => {
  const { claim_id } = answer as { claim_id: string };
  return `/programmes/demandes/${claim_id}?fait=oui`;
};

function schemesPages(mount: Mount): void {
  const { shell } = mount;
  const schemes = place({
    ...{ mount, path: '/programmes' },
    draw: async (c, page) => {
      const view = must(await inVisit(shell, c, work => schemesView(work, actorOf(c))));
      return SchemesPage({ ...saidOf(c, page), view });
    },
  });
  schemes('contrat', { route: schemeRoutes.contracting, spec: contractSpec });
  schemes('projet', { route: schemeRoutes.drafting, spec: projectSpec });
  const values = place({
    ...{ mount, path: '/programmes/valeurs' },
    draw: async (c, page) => {
      const view = must(await inVisit(shell, c, work => certifiedView(work, actorOf(c))));
      return CertifiedPage({ ...saidOf(c, page), view, asked: c.req.query('valeur') });
    },
  });
  values('', { route: schemeRoutes.certifying, spec: certifiedSpec, act: () => 'valeur' });
  const contract = place({
    ...{ mount, path: '/programmes/contrats/:id' },
    draw: async (c, page) => {
      const view = must(await inVisit(shell, c, work => contractView(work, actorOf(c), idOf(c))));
      return ContractPage({ ...saidOf(c, page), view });
    },
  });
  contract('', { route: claimRoutes.sealingEnergy, spec: nothing, to: claimPlace });
}

function projectPages(mount: Mount): void {
  const { shell, pages } = mount;
  const read = async (c: Ctx) =>
    inVisit(shell, c, async work => ({
      view: must(await projectView(work, c.get('visit').actor, idOf(c))),
      spaces: (await listSpaces(work)).map(one => ({ value: one.spaceId, label: one.name })),
    }));
  const project = place({
    ...{ mount, path: '/programmes/projets/:id' },
    draw: async (c, page) => {
      must(await inVisit(shell, c, work => schemesView(work, actorOf(c))));
      return ProjectPage({ ...saidOf(c, page), ...(await read(c)) });
    },
  });
  project('entrer', { route: schemeRoutes.joining, spec: memberSpec });
  project('sortir', { route: schemeRoutes.leaving, spec: leavingSpec });
  const vintage = { fields: [{ name: 'vintage', kind: 'count' as const, label: texts.vintage }] };
  project('demande', { route: claimRoutes.sealingCarbon, spec: vintage, to: claimPlace });
  for (const command of projectCommands) {
    const body: Posted['body'] = values => ({ ...values, command });
    project(command, { route: schemeRoutes.stepping, spec: projectStepSpec(command), body });
  }
  pages.get('/projets/:id', async c => show(c, PublicProjectPage({ visit: c.get('visit'), ...(await read(c)) })));
}

const seqsIn = (text: string): number[] => [...text.matchAll(/\d+/g)].map(([seq]) => Number(seq));

function claimPages(mount: Mount): void {
  const { shell, pages } = mount;
  const claim = place({
    ...{ mount, path: '/programmes/demandes/:id' },
    draw: async (c, page) => {
      const [actor, after] = [actorOf(c), Number(c.req.query('apres') ?? -1)];
      const from = Number.isSafeInteger(after) ? after : -1;
      const view = must(await inVisit(shell, c, work => claimView(work, actor, { claimId: idOf(c), after: from })));
      const wanted = c.req.query('recalcul') !== undefined;
      const again = wanted ? must(await inVisit(shell, c, work => rerun(work, actor, idOf(c)))) : null;
      return ClaimPage({ ...saidOf(c, page), view, again });
    },
  });
  claim('echantillon', { route: claimRoutes.sampling, spec: sampleSpec });
  const found: Posted['body'] = ({ verdict, note }, { seqs = '' }) => ({
    ...{ lines: seqsIn(seqs), conforms: verdict === 'conforms' },
    ...(typeof note === 'string' && { note }),
  });
  claim('constat', { route: claimRoutes.finding, spec: findingSpec, body: found });
  claim('acceptation', { route: claimRoutes.acceptingRest, spec: nothing });
  const refusing: Posted['body'] = ({ reason = '' }, { seqs = '' }) => ({
    answers: seqsIn(seqs).map(seq => ({ seq, accepted: false, reason })),
  });
  claim('refus', { route: claimRoutes.answering, spec: answerSpec, body: refusing });
  for (const command of claimCommands) {
    const body: Posted['body'] = values => ({ ...values, command });
    claim(command, { route: claimRoutes.steppingClaim, spec: claimStepSpec(command), body });
  }
  pages.get('/programmes/demandes/:id/dossier.zip', async c => {
    const told = { claimId: idOf(c), keyring: keyringOf(shell) };
    const { name, bytes, sha256 } = must(await inVisit(shell, c, work => readDossier(work, actorOf(c), told)));
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-sha256': sha256,
      'cache-control': 'private, no-store',
    });
  });
}

function presencePages(mount: Mount): void {
  const { shell } = mount;
  const account = place({
    ...{ mount, path: '/mes-presences/:id/compte' },
    draw: async (c, page) => {
      const view = must(await inVisit(shell, c, work => accountView(work, actorOf(c), idOf(c))));
      return AccountPage({ ...saidOf(c, page), view });
    },
  });
  const body: Posted['body'] = ({ claimant = '', reason = '' }) => {
    const [scheme, of = ''] = String(claimant).split(' ');
    return { scheme, claimant: of, reason };
  };
  account('dispositif', { route: claimRoutes.reallocating, spec: reallocationSpec, body });
}

function employerPages(mount: Mount): void {
  const { shell } = mount;
  const energy = place({
    ...{ mount, path: '/employeur/energie' },
    draw: async (c, page) => {
      const wanted = page.typed['employer_id'] ?? c.req.query('employeur');
      const view = must(await inVisit(shell, c, work => energyView(work, actorOf(c), wanted)));
      return EnergyPage({ ...saidOf(c, page), view });
    },
  });
  const hidden: Posted['body'] = (values, { employer_id = '', text = '' }) => ({ ...values, employer_id, text });
  const to = () => '/employeur/energie?fait=oui';
  energy('contrats/:id', { route: schemeRoutes.accepting, spec: acceptSpec, body: hidden, to, act: idOf });
  energy('demandes/:id', { route: claimRoutes.signing, spec: signSpec, body: hidden, to, act: idOf });
}

export function routes(mount: Mount): void {
  schemesPages(mount);
  projectPages(mount);
  claimPages(mount);
  presencePages(mount);
  employerPages(mount);
  exchangeRoutes(mount);
  readEndpoints(mount);
  for (const one of [...Object.values(schemeRoutes), ...Object.values(claimRoutes)]) one.mount(mount);
}
