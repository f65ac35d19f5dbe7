import type { VNode } from 'preact';

/** One state of a component worth looking at. Examples feed the gallery, the test of all components and the axe test. */
export interface Example {
  readonly name: string;
  readonly draw: () => VNode;
}
