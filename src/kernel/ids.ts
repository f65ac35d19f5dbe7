/** An id carries its kind: `bkg_01h…`. Kinds are three or four lower-case letters. */
export type Id<Kind extends string = string> = `${Kind}_${string}`;

/** Makes ids; an argument everywhere, so that tests and the demo network are repeatable. */
export type NewId = <Kind extends string>(kind: Kind) => Id<Kind>;

const body = /^[0-9a-z]{8,40}$/;

/** Is this text an id of that kind? Used at the edges, before any query. */
export const isId = <Kind extends string>(kind: Kind, text: string): text is Id<Kind> =>
  text.startsWith(`${kind}_`) && body.test(text.slice(kind.length + 1));
