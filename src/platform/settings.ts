import { resolve } from 'node:path';

/** Everything the environment may say, read once. No other file looks at `process.env`. */
export interface Settings {
  /** Where the embedded database, the secret and built road graphs live. `PARVIS_HOME`. */
  readonly home: string;
  /** The folder of the program itself: migrations, built assets. `PARVIS_ROOT`. */
  readonly root: string;
  readonly port: number;
  /** A PostgreSQL ≥ 15 of yours; without it an embedded one is started. `DATABASE_URL`. */
  readonly databaseUrl: string | null;
  /** `smtp://user:password@host:587`; without it mails are written to the server's log. `SMTP_URL`. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Public address in mails and dossiers, when it differs from the one a visitor typed. `PUBLIC_URL`. */
  readonly publicUrl: string | null;
  /** 32 bytes or more, in hex; shared by all web processes. Without it one is made under `PARVIS_HOME`. */
  readonly secretHex: string | null;
  /** Géoplateforme base address: switches on the State's geocoder and its itineraries. `GEOPLATEFORME_URL`. */
  readonly geoplateformeUrl: string | null;
  /** MapLibre style address of a base map; without it the map draws our own outline. `MAP_STYLE_URL`. */
  readonly mapStyleUrl: string | null;
  /** RFC 3161 authority that dates the log's checkpoints; without it nobody outside does. `TSA_URL`. */
  readonly tsaUrl: string | null;
  /** Webhooks may go to private addresses, and without TLS: for programs on our own network. `PRIVATE_WEBHOOKS=allow`. */
  readonly privateWebhooks: boolean;
  /** Where visitors find the code that this site runs, as the licence asks. `SOURCE_URL`. */
  readonly sourceUrl: string | null;
  /** `none` starts an empty network; the default seeds the fictitious one on first start. `PARVIS_DEMO`. */
  readonly demo: boolean;
}

export const readSettings = (env: Readonly<Record<string, string | undefined>> = process.env): Settings => ({
  home: resolve(env['PARVIS_HOME'] ?? '.parvis'),
  root: resolve(env['PARVIS_ROOT'] ?? '.'),
  port: Number(env['PORT'] ?? 3000),
  databaseUrl: env['DATABASE_URL'] || null,
  smtpUrl: env['SMTP_URL'] || null,
  mailFrom: env['MAIL_FROM'] ?? 'Parvis <ne-pas-repondre@localhost>',
  publicUrl: env['PUBLIC_URL']?.replace(/\/$/, '') || null,
  secretHex: env['PARVIS_SECRET'] || null,
  geoplateformeUrl: env['GEOPLATEFORME_URL']?.replace(/\/$/, '') || null,
  mapStyleUrl: env['MAP_STYLE_URL'] || null,
  tsaUrl: env['TSA_URL'] || null,
  privateWebhooks: env['PRIVATE_WEBHOOKS'] === 'allow',
  sourceUrl: env['SOURCE_URL'] || null,
  demo: env['PARVIS_DEMO'] !== 'none',
});
