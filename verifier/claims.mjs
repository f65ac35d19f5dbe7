// What a claim comes to, computed from its lines; docs/reference/dossier.md §9.
import {
  bytesOf,
  canonical,
  check,
  groups,
  hexOf,
  jsonOf,
  minus,
  ONE,
  plus,
  ratio,
  rational,
  sumOf,
  sums,
  times,
  under,
  written,
  ZERO,
} from './read.mjs';

const inBatch = text => rational(text, 'batch.json', text);
const least = (a, b) => (a < b ? a : b);

/** Each figure of `expected`, as `said` tells it. */
function checkFigures(said, expected) {
  for (const [key, value] of Object.entries(expected))
    check(canonical(said[key]) === canonical(value), 'batch.json', 'sum', key, canonical(value));
}

/** One rounding, downward and never below zero, and what it leaves. */
function floored(exact, carried) {
  const available = plus(exact, inBatch(carried));
  const whole = available.n > 0n ? available.n / available.d : 0n;
  return { whole, carry: written(minus(available, ratio(whole))) };
}

/** §9, `lbc`: rebates, then whole tonnes. */
function checkCarbon(files, batch, lines) {
  const { certified } = jsonOf(files, 'method.json');
  const signed = certified?.find(one => one.unknown === 'U6').value ?? { combine: 'multiplicative', rates: [] };
  checkFigures(batch.settlement, { rebates: signed });
  const told = lines.filter(line => !line.erased);
  const [spaces, users] = ['site', 'person_commit'].map(key => new Set(told.map(line => line.entry[key])).size);
  if (told.length === lines.length) checkFigures(batch, { spaces, users });
  const {
    lines: _,
    net_mg,
    ...totals
  } = sums(
    lines.map(line => line.payload),
    'avoided_m',
    'gross_mg',
    'net_mg',
  );
  const { rebates, carry_in_mg } = batch.settlement;
  const [rates, net, tonne] = [rebates.rates.map(inBatch), inBatch(net_mg), ratio(1000000000n)];
  const one = (share, rate) => (rebates.combine === 'additive' ? minus(share, rate) : times(share, minus(ONE, rate)));
  const recognised = net.n > 0n ? times(net, rates.reduce(one, ONE)) : net;
  const { whole, carry } = floored(
    times(recognised, ratio(1n, tonne.n)),
    written(times(inBatch(carry_in_mg), ratio(1n, tonne.n))),
  );
  const settled = {
    recognised_mg: written(recognised),
    credits: `${whole}`,
    carry_out_mg: written(times(inBatch(carry), tonne)),
  };
  checkFigures(batch, {
    ...totals,
    settlement: { ...batch.settlement, ...settled, net_mg, mg_per_credit: `${tonne.n}` },
  });
  const ofProject = lines.every(({ payload }) => payload.vintage === batch.vintage && payload.reverses === null);
  check(ofProject, 'batch.json', 'sum', 'vintage', batch.vintage);
}

/** §9, `cee`: which lines the contract takes. */
function checkEligible({ entry, payload, erased }, terms, { on, offer_accepted_on }) {
  if (erased || payload.reverses !== null) return;
  const ago = days => new Date(Date.parse(on) - days * 86400000).toISOString().slice(0, 10);
  const [{ factor }] = payload.reference;
  const burns = ['car', 'motorbike', 'scooter'].includes(factor) ? 'combustion' : 'none';
  const [mode, energy] = factor === 'car_electric' ? ['car', 'electric'] : [factor, burns];
  const metres = Number(payload.avoided_m);
  const taken =
    terms.valid_from <= entry.day &&
    (terms.valid_until === null || entry.day < terms.valid_until) &&
    terms.eligible_modes.includes(mode) &&
    terms.eligible_energies.includes(energy) &&
    (terms.replaced_allowed ?? ['office']).includes(payload.replaced) &&
    offer_accepted_on < entry.day &&
    (metres < 0 || metres >= terms.min_distance_m) &&
    entry.day <= ago(terms.application_delay_days ?? 7) &&
    entry.day >= ago(terms.claim_window_days ?? 365);
  check(taken, 'lines.jsonl', 'ineligible', entry.seq);
}

/** §9, `cee`: energy and money of each employer. */
function checkEnergy(files, batch, lines) {
  const { terms, statement } = jsonOf(files, 'contract.json');
  check(hexOf(canonical(terms)) === batch.contract_sha256, 'contract.json', 'content');
  const employers = groups(lines, line => line.payload.employer);
  check(employers.length === batch.employers.length, 'batch.json', 'sum', 'employers', employers.length);
  for (const [name, own] of employers) {
    const said = batch.employers.find(one => one.employer === name) ?? {};
    for (const line of own) checkEligible(line, terms, { on: batch.on, offer_accepted_on: said.offer_accepted_on });
    const avoided_m = sumOf(
      own.map(line => line.payload),
      'avoided_m',
    );
    const shares = own.map(({ payload }) => inBatch(payload.reverses === null ? payload.share : `-${payload.share}`));
    const [days, thousandth] = [shares.reduce(plus, ZERO), ratio(1n, 1000n)];
    const wh = times(inBatch(avoided_m), inBatch(terms.wh_cumac_per_m));
    const units = { day: days, km: times(inBatch(avoided_m), thousandth), kWh: times(wh, thousandth) }[terms.unit];
    const energy = floored(wh, said.carried_wh_cumac);
    const money = floored(times(units, inBatch(terms.price_per_unit_eur_cents)), said.carried_eur_cents);
    const [rent, before] = [BigInt(said.rent_eur_cents), BigInt(said.paid_before_eur_cents)];
    const room = floored(times(ratio(rent), inBatch(terms.max_share_of_rent)), `${-before}`).whole;
    const paid = least(money.whole, room);
    const left = rent - paid - before;
    checkFigures(said, {
      ...{ avoided_m, days: written(days), wh_cumac: `${energy.whole}`, carry_wh_cumac: energy.carry },
      ...{ incentive_eur_cents: `${paid}`, above_cap_eur_cents: `${money.whole - paid}`, carry_eur_cents: money.carry },
      residual_cost_eur_cents: `${left}`,
    });
    check(left > 0n && left >= BigInt(terms.min_residual_cost_eur_cents), 'batch.json', 'sum', 'residual_cost', left);
  }
  const total = key => `${batch.employers.reduce((sum, one) => sum + BigInt(one[key]), 0n)}`;
  checkFigures(batch, { wh_cumac: total('wh_cumac'), incentive_eur_cents: total('incentive_eur_cents') });
  const others = jsonOf(files, 'statements.json').filter(one => one.text_sha256 !== hexOf(statement ?? ''));
  check(others.length === 0, 'statements.json', 'content');
}

/** §9: how many lines must be drawn. */
function drawnAtLeast(files, kind, count) {
  const rate = kind === 'cee' ? (jsonOf(files, 'contract.json').terms.control_rate ?? '1/10') : '1/10';
  const [, n, d = '1'] = /^(\d{1,400})(?:\/([1-9]\d{0,399}))?$/.exec(rate) ?? [];
  check(n !== undefined, 'contract.json', 'fraction', 'control_rate');
  const asked = (BigInt(count) * BigInt(n) + BigInt(d) - 1n) / BigInt(d);
  return count === 0 ? 0 : Math.max(1, Number(asked));
}

/** §9: the lines that the checkpoint draws, once it has drawn, and as many as the contract asks for. */
function checkSample(files, kind, lines) {
  const { lines: drawn, findings } = jsonOf(files, 'control.json');
  check(drawn === null || Array.isArray(drawn), 'control.json', 'sample');
  const seed = hexOf(bytesOf(files, 'checkpoint'));
  const keys = lines
    .map(line => [hexOf(`${seed}${line.payload.line}`), line.entry.seq])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const again = keys
    .slice(0, drawn?.length ?? 0)
    .map(([, seq]) => seq)
    .sort((a, b) => a - b);
  const same = again.join() === (drawn ?? []).join();
  check(same && findings.every(one => again.includes(one.seq)), 'control.json', 'sample');
  const fewest = drawnAtLeast(files, kind, lines.length);
  check(drawn === null || drawn.length >= fewest, 'control.json', 'small_sample', fewest);
}

/** §9: the claim that these lines make, and the sample that its checkpoint draws. */
export function checkClaim(files, manifest, { lines, proofs }) {
  const batch = jsonOf(files, 'batch.json');
  const { kind, engine, turn, vintage } = batch;
  const claimant = batch[kind === 'cee' ? 'contract' : 'project'];
  const own = lines.every(({ payload }) => payload.scheme === kind && payload.claimant === claimant);
  const same = kind === manifest.kind && batch.lines.join() === lines.map(line => line.entry.seq).join();
  check(own && same, 'batch.json', 'sum', 'lines', lines.length);
  const head = ['parvis-claim/1', `network ${manifest.network.id}`, `kind ${kind}`, `claimant ${claimant}`];
  const leaves = proofs.map(proof => proof.leaf).sort();
  const about = [...head, `vintage ${vintage ?? '-'}`, `turn ${turn}`, ...under(files, engine), ...leaves, ''];
  check(`clm_${hexOf(about.join('\n'))}` === batch.id && batch.id === manifest.batch, 'batch.json', 'batch_id');
  (kind === 'cee' ? checkEnergy : checkCarbon)(files, batch, lines);
  checkSample(files, kind, lines);
  return {
    ...batch,
    totals: sums(
      lines.map(line => line.payload),
      'avoided_m',
      'net_mg',
    ),
  };
}
