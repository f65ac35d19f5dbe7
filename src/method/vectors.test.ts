import { expect, it } from 'vitest';
import { replays } from '../../tools/replay-vectors.ts';

const vectors = replays('.').map(one => [one.file, one.vector.name, one.vector.title, one] as const);

it.each(vectors)('%s %s: %s', (_file, _name, _title, { vector, answer }) => {
  expect(answer()).toEqual(vector.expected);
});
