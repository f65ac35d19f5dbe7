import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Prose } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { offlineLabels as t } from '../offline-labels.ts';

/** What a device without a network shows in place of a page that it did not keep: the same for everyone, so it names no one. */
export function OfflinePage({ visit }: { visit: Visit }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.helpTitle[lang]} alone>
      <PageHead title={t.helpTitle[lang]} lead={t.helpLead[lang]} />
      <Prose>
        <p>{t.helpWorker[lang]}</p>
        <p>{t.helpInstall[lang]}</p>
        <p>{t.helpShared[lang]}</p>
      </Prose>
      <Cluster>
        <ButtonLink href="/mon-espace">{t.helpBack[lang]}</ButtonLink>
      </Cluster>
    </Layout>
  );
}

/** Tells a browser that a page installs: its own manifest, read with its own cookie, and the icon of telephones that read none. */
export const Installable = ({ at }: { at: string }) => (
  <>
    <link rel="manifest" href={`${at}/application.webmanifest`} crossOrigin="use-credentials" />
    <link rel="apple-touch-icon" href="/icone-180.png" />
  </>
);
