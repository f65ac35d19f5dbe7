/** Items by key, keys in the order in which they first come; as `Map.groupBy`, which Node 20 lacks. */
export const groupBy = <T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** Each item once, in the order in which it first comes. */
export const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
