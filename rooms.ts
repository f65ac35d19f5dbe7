/**
 * Who may call whom. A room names only rooms that stand below it; rooms on one line do not know each other.
 * `tools/rooms.test.ts` holds every import to this list. Kernel, platform and ui are the ground: any room may use them.
 */
export const rooms = {
  method: [],
  notary: [],
  people: [],
  spaces: [],
  billing: [],
  registry: ['people', 'method', 'notary'],
  employers: ['people', 'spaces', 'billing'],
  labelling: ['people', 'spaces'],
  schemes: ['people', 'spaces', 'method'],
  integrations: ['people', 'spaces'],
  calendars: ['people', 'spaces'],
  passes: ['people', 'spaces', 'billing'],
  booking: ['people', 'spaces', 'billing', 'employers', 'calendars', 'passes'],
  access: ['people', 'spaces', 'booking'],
  intake: ['people', 'spaces', 'booking'],
  presence: ['people', 'spaces', 'employers', 'booking'],
  directory: ['spaces', 'labelling', 'booking'],
  commute: ['people', 'spaces', 'method', 'employers', 'presence'],
  mrv: ['people', 'spaces', 'method', 'notary', 'registry', 'schemes', 'presence', 'commute'],
  claims: ['people', 'spaces', 'billing', 'method', 'notary', 'registry', 'schemes', 'presence', 'mrv'],
  siting: ['people', 'spaces'],
  observatory: ['spaces', 'labelling', 'booking', 'presence', 'commute', 'method', 'mrv'],
  demo: [
    'people',
    'spaces',
    'billing',
    'registry',
    'employers',
    'labelling',
    'schemes',
    'passes',
    'booking',
    'presence',
    'commute',
    'method',
    'mrv',
    'claims',
    'siting',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Room = keyof typeof rooms;
