import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenInvariant } from '../kernel/outcome.ts';
import {
  consistencyProof,
  consistencySpans,
  emptyRoot,
  type Hash,
  inclusionProof,
  inclusionSpans,
  leafHash,
  nodeHash,
  provesConsistency,
  provesInclusion,
  readFrom,
  rootOf,
  sameHash,
  spanHash,
} from './tree.ts';

const hex = (hash: Hash) => Buffer.from(hash).toString('hex');

/** The entries and roots that the certificate transparency project publishes for RFC 6962. */
const published = {
  entries: ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'],
  roots: [
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ] as const,
};
const publishedLeaves = published.entries.map(entry => leafHash(Buffer.from(entry, 'hex')));

/** RFC 6962 §2.1 as it is written, recursive and slow: what the fast code is held against. */
const split = (n: number) => 2 ** Math.floor(Math.log2(n - 1));
const naiveRoot = (leaves: readonly Hash[]): Hash =>
  leaves.length === 0
    ? emptyRoot
    : leaves.length === 1
      ? leaves[0]!
      : nodeHash(naiveRoot(leaves.slice(0, split(leaves.length))), naiveRoot(leaves.slice(split(leaves.length))));
const naivePath = (m: number, leaves: readonly Hash[]): Hash[] => {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
};
const naiveSubproof = (m: number, leaves: readonly Hash[], whole: boolean): Hash[] => {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...naiveSubproof(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))]
    : [...naiveSubproof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
};

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
const someLeaves = leavesOf(300);
const sizes = fc.integer({ min: 1, max: 300 });

describe('a log as a tree of hashes', () => {
  it.each(published.roots)('has the published root for %i entries', (n, root) => {
    expect(hex(rootOf(publishedLeaves.slice(0, n)))).toBe(root);
    expect(hex(spanHash({ from: 0, to: n }, readFrom(publishedLeaves)))).toBe(root);
  });

  it('keeps a node from passing for a leaf', () => {
    const [a, b] = [publishedLeaves[0]!, publishedLeaves[1]!];
    expect(hex(leafHash(Buffer.concat([a, b])))).not.toBe(hex(nodeHash(a, b)));
  });

  it('tells hashes apart by each byte, and by their length', () => {
    const hash = publishedLeaves[0]!;
    expect(sameHash(hash, Uint8Array.from(hash))).toBe(true);
    for (let at = 0; at < 32; at += 1) expect(sameHash(hash, hash.with(at, hash[at]! ^ 1))).toBe(false);
    expect(sameHash(hash, hash.subarray(0, 31))).toBe(false);
    expect(sameHash(hash.subarray(0, 31), hash)).toBe(false);
  });

  it('has the root that the standard describes, for any size', () => {
    fc.assert(fc.property(sizes, n => hex(rootOf(someLeaves.slice(0, n))) === hex(naiveRoot(someLeaves.slice(0, n)))));
  });
});

describe('an inclusion proof', () => {
  it('holds the hashes that the standard describes and proves its leaf', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, any) => {
        const index = any % size;
        const leaves = someLeaves.slice(0, size);
        const proof = inclusionProof(index, size, readFrom(leaves));
        expect(proof.map(hex)).toEqual(naivePath(index, leaves).map(hex));
        expect(provesInclusion({ index, size, leaf: leaves[index]!, proof, root: rootOf(leaves) })).toBe(true);
      }),
    );
  });

  it('refuses another leaf, another place, a longer or a shorter path', () => {
    const leaves = leavesOf(11);
    const root = rootOf(leaves);
    const proof = inclusionProof(4, 11, readFrom(leaves));
    const claim = { index: 4, size: 11, leaf: leaves[4]!, proof, root };
    expect(provesInclusion(claim)).toBe(true);
    expect(provesInclusion({ ...claim, leaf: leaves[5]! })).toBe(false);
    expect(provesInclusion({ ...claim, index: 5 })).toBe(false);
    expect(provesInclusion({ ...claim, index: 11 })).toBe(false);
    expect(provesInclusion({ ...claim, index: -1 })).toBe(false);
    expect(provesInclusion({ ...claim, index: 0.5 })).toBe(false);
    expect(provesInclusion({ ...claim, proof: [...proof, proof[0]!] })).toBe(false);
    expect(provesInclusion({ ...claim, proof: proof.slice(0, -1) })).toBe(false);
  });

  it('asks for no leaf beyond the end of the log', () => {
    expect(() => inclusionProof(3, 3, readFrom(leavesOf(3)))).toThrow(BrokenInvariant);
    for (const index of [3, -1, 0.5]) {
      expect(() => inclusionSpans(index, 3)).toThrow(`leaf ${index} is not in a log of 3`);
    }
    for (const size of [-1, 2.5, 2 ** 53]) {
      expect(() => inclusionSpans(0, size)).toThrow(`size is not a log size: ${size}`);
    }
  });

  const [a, b] = [someLeaves[0]!, someLeaves[1]!];
  it.each([
    ['of a log of one, with a hash on top of its root', { index: 0, size: 1, proof: [b], root: nodeHash(b, a) }],
    ['with a hash on top, put to the right', { index: 0, size: 1, proof: [b], root: nodeHash(a, b) }],
    ['of two, with no path to their root', { index: 0, size: 2, proof: [], root: a }],
    ['of an empty log', { index: 0, size: 0, proof: [], root: a }],
    ['at no whole place', { index: 0.5, size: 1, proof: [], root: a }],
    ['at a place below none', { index: -1, size: 1, proof: [], root: a }],
  ])('is none: a leaf %s', (_, claim) => expect(provesInclusion({ leaf: a, ...claim })).toBe(false));
});

describe('a consistency proof', () => {
  it('holds the hashes that the standard describes and proves that the log only grew', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, any) => {
        const oldSize = any % (size + 1);
        const leaves = someLeaves.slice(0, size);
        const proof = consistencyProof(oldSize, size, readFrom(leaves));
        if (oldSize > 0) expect(proof.map(hex)).toEqual(naiveSubproof(oldSize, leaves, true).map(hex));
        const [oldRoot, root] = [rootOf(leaves.slice(0, oldSize)), rootOf(leaves)];
        expect(provesConsistency({ oldSize, size, oldRoot, root, proof })).toBe(true);
      }),
    );
  });

  it('is what the standard describes for every pair of small sizes, and serves no other pair', () => {
    for (let size = 1; size <= 18; size += 1) {
      const leaves = someLeaves.slice(0, size);
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const proof = consistencyProof(oldSize, size, readFrom(leaves));
        expect(proof.map(hex)).toEqual(naiveSubproof(oldSize, leaves, true).map(hex));
        const claim = { oldRoot: rootOf(leaves.slice(0, oldSize)), root: rootOf(leaves), proof };
        for (let other = 1; other <= size; other += 1) {
          expect(provesConsistency({ ...claim, oldSize: other, size })).toBe(other === oldSize);
        }
      }
    }
  });

  const [h, root] = [someLeaves[0]!, rootOf(someLeaves.slice(0, 8))];
  const roots = (n: number) => rootOf(someLeaves.slice(0, n));
  const from3to4 = consistencyProof(3, 4, readFrom(someLeaves));
  it.each([
    ['from nothing, with a hash', { oldSize: 0, size: 8, oldRoot: emptyRoot, root, proof: [h] }],
    ['from nothing, under another root', { oldSize: 0, size: 8, oldRoot: h, root, proof: [] }],
    ['to itself, with a hash', { oldSize: 8, size: 8, oldRoot: root, root, proof: [h] }],
    ['to itself, under another root', { oldSize: 8, size: 8, oldRoot: h, root, proof: [] }],
    ['without a hash', { oldSize: 3, size: 8, oldRoot: roots(3), root, proof: [] }],
    ['from a size below none', { oldSize: -1, size: 8, oldRoot: root, root, proof: [] }],
    ['from no whole size', { oldSize: 2.5, size: 8, oldRoot: roots(2), root, proof: [roots(2)] }],
    ['to no whole size', { oldSize: 0, size: 0.5, oldRoot: emptyRoot, root, proof: [] }],
    ['that stops halfway', { oldSize: 3, size: 8, oldRoot: roots(3), root: roots(4), proof: from3to4 }],
    [
      'with a hash on top of both roots',
      {
        oldSize: 3,
        size: 4,
        oldRoot: nodeHash(h, roots(3)),
        root: nodeHash(h, roots(4)),
        proof: [...from3to4, h],
      },
    ],
    ['under another old root', { oldSize: 3, size: 4, oldRoot: h, root: roots(4), proof: from3to4 }],
    ['under another new root', { oldSize: 3, size: 4, oldRoot: roots(3), root: h, proof: from3to4 }],
  ])('is none %s', (_, claim) => expect(provesConsistency(claim)).toBe(false));

  it('is nothing from an empty log, or to itself', () => {
    expect(provesConsistency({ oldSize: 0, size: 8, oldRoot: emptyRoot, root, proof: [] })).toBe(true);
    expect(provesConsistency({ oldSize: 8, size: 8, oldRoot: root, root, proof: [] })).toBe(true);
    expect([consistencySpans(0, 8), consistencySpans(8, 8), consistencySpans(0, 0)]).toEqual([[], [], []]);
  });

  it('is asked of sizes only', () => {
    expect(() => consistencySpans(-1, 8)).toThrow('old size is not a log size: -1');
    expect(() => consistencySpans(1, 8.5)).toThrow(/^size is not a log size: 8.5/);
    expect(() => consistencySpans(9, 8)).toThrow('a log of 8 cannot continue a log of 9');
  });

  it('refuses a log that rewrote one old entry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 120 }), fc.nat(), fc.nat(), (size, a, b) => {
        const oldSize = 1 + (a % (size - 1));
        const leaves = someLeaves.slice(0, size);
        const forged = leaves.map((leaf, i) => (i === b % oldSize ? leafHash(Buffer.from('forged')) : leaf));
        const proof = consistencyProof(oldSize, size, readFrom(forged));
        const claim = { oldSize, size, oldRoot: rootOf(leaves.slice(0, oldSize)), root: rootOf(forged), proof };
        return !provesConsistency(claim);
      }),
    );
  });

  it('refuses a log that shrank', () => {
    const leaves = leavesOf(5);
    const claim = { oldSize: 5, size: 4, oldRoot: rootOf(leaves), root: rootOf(leaves.slice(0, 4)), proof: [] };
    expect(provesConsistency(claim)).toBe(false);
    expect(() => consistencyProof(5, 4, readFrom(leaves))).toThrow(BrokenInvariant);
  });
});

describe('ten thousand random changes of one bit', () => {
  /** A small generator with a fixed seed: the same ten thousand changes each time. */
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const flip = (hash: Hash, bit: number) => hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

  it('are all caught, in a leaf, a proof or a root', () => {
    const next = random(20261123);
    const below = (n: number) => Math.floor(next() * n);
    let caught = 0;
    for (let tree = 0; tree < 100; tree += 1) {
      const size = 2 + below(299);
      const leaves = someLeaves.slice(0, size);
      const index = below(size);
      const parts = [leaves[index]!, rootOf(leaves), ...inclusionProof(index, size, readFrom(leaves))];
      for (let i = 0; i < 100; i += 1) {
        const target = below(parts.length);
        const [leaf, root, ...proof] = parts.map((part, at) => (at === target ? flip(part, below(256)) : part));
        if (!provesInclusion({ index, size, leaf: leaf!, proof, root: root! })) caught += 1;
      }
    }
    expect(caught).toBe(10_000);
  });
});
