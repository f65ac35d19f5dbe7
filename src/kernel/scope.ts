/** What a program's token opens: reading or writing in one room of the API, `booking:read`. */
export type Scope = `${string}:${'read' | 'write'}`;

/** The scope of an endpoint, from its tag and its method: none needs to be listed. */
export const scopeOf = ({ tag, method }: { readonly tag: string; readonly method: string }): Scope =>
  `${tag}:${method === 'get' ? 'read' : 'write'}`;
