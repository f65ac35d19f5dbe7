import { northernSpaces } from './spaces-north.ts';
import { southernSpaces } from './spaces-south.ts';
import { type DemoSpace, spaceOf } from './told-space.ts';

export type { DemoSpace } from './told-space.ts';

/** Every space of the demonstration, always in this order. */
export const demoSpaces: readonly DemoSpace[] = [...southernSpaces, ...northernSpaces].map(spaceOf);
