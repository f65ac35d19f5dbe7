import type { Visit } from '../../kernel/visit.ts';
import { Island } from '../../ui/island/island.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import Kiosk, { type KioskProps, type KioskScreen } from '../kiosk.island.tsx';
import { labels as t } from '../labels.ts';
import { personalLabels as p } from '../personal-code.ts';
import { Installable } from './offline-page.tsx';

export interface KioskPageProps
  extends Pick<KioskProps, 'kioskId' | 'opening' | 'title' | 'zone' | 'step_s' | 'screen'> {
  visit: Visit;
}

/** Seconds until the code shown to a browser without script must be replaced. */
const refreshIn = (screen: KioskScreen, step_s: number): number => step_s - (Math.floor(screen.now_ms / 1000) % step_s);

/** The kiosk's screen, alone on its page. Without script it comes again by itself when the code changes. */
export function KioskPage({ visit, ...kiosk }: KioskPageProps) {
  const { lang } = visit;
  const props: KioskProps = {
    ...kiosk,
    reader: {
      ...{ mine: p.mine[lang], digits: p.digits[lang], note: p.note[lang], scan: p.scan[lang], stop: p.stop[lang] },
      ...{ camera: p.camera[lang], noCamera: p.noCamera[lang], noNetwork: p.noNetwork[lang], noted: p.noted[lang] },
    },
    origin: visit.origin,
    locale: lang === 'fr' ? 'fr-FR' : 'en-GB',
    texts: {
      label: t.kioskLabel[lang],
      qr: t.kioskQr[lang],
      left: lang === 'fr' ? 'Nouveau code dans {s} s' : 'New code in {s} s',
      today: t.today[lang],
      noOne: t.noOneToday[lang],
      noPhone: t.noPhone[lang],
      noPhoneText: t.noPhoneText[lang],
      offline: t.offline[lang],
      offlineTooLong: t.offlineTooLong[lang],
      waiting: t.waiting[lang],
      since: t.since[lang],
      refused: t.refusedTouches[lang],
      read: t.read[lang],
      clockOff: t.clockOff[lang],
      clockLost: t.clockLost[lang],
    },
  };
  return (
    <Layout
      visit={visit}
      title={kiosk.title}
      alone
      wide
      head={
        <>
          <Installable at={`/kiosque/${kiosk.kioskId}`} />
          <noscript>
            <meta http-equiv="refresh" content={String(refreshIn(kiosk.screen, kiosk.step_s))} />
          </noscript>
        </>
      }
    >
      <Island name="kiosk" of={Kiosk} props={props} />
    </Layout>
  );
}

export const kioskTitle = (space: { readonly name: string; readonly commune: { readonly name: string } }): string =>
  `${space.name}, ${space.commune.name}`;
