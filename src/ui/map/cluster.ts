/** Something drawn at a point of the picture. */
export interface Placed {
  readonly x: number;
  readonly y: number;
}

export interface Cluster<T extends Placed> extends Placed {
  /** In the order given: the first one leads. */
  readonly members: readonly T[];
}

/**
 * Gathers what would overlap: each point joins the first cluster whose centre is nearer than `radius`, else starts its
 * own. Order decides, so the same list always gives the same picture. The cluster stands where its first member stands.
 */
export const clustered = <T extends Placed>(points: readonly T[], radius: number): readonly Cluster<T>[] => {
  const clusters: { x: number; y: number; members: T[] }[] = [];
  for (const point of points) {
    const near = clusters.find(({ x, y }) => Math.hypot(x - point.x, y - point.y) < radius);
    if (near) near.members.push(point);
    else clusters.push({ x: point.x, y: point.y, members: [point] });
  }
  return clusters;
};
