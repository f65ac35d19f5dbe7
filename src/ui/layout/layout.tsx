import type { ComponentChildren } from 'preact';
import type { Visit } from '../../kernel/visit.ts';
import { PageLang } from '../language/language.tsx';
import { Mark } from '../mark/mark.tsx';
import { words } from '../words.ts';
import { assets } from './assets.ts';
import { currentOf, withQuery } from './links.ts';

interface LayoutProps {
  visit: Visit;
  /** Title of the tab; the page writes its own `h1`. */
  title: string;
  description?: string | undefined;
  /** Boards and dense tables use the whole desk. */
  wide?: boolean;
  /** A screen on a wall: no menu, no account, no footer, nothing that leads away. */
  alone?: boolean;
  /** More elements for the document's head: JSON-LD, canonical link. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

const Head = ({ visit, title, description, head }: LayoutProps) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{`${title} · ${visit.network.name}`}</title>
    {description && <meta name="description" content={description} />}
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" content="#f6f1e7" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#151c21" media="(prefers-color-scheme: dark)" />
    {visit.network.fictitious && <meta name="robots" content="noindex" />}
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    {assets().fonts.map(font => (
      <link rel="preload" href={font} as="font" type="font/woff2" crossOrigin="anonymous" />
    ))}
    {assets().css.map(sheet => (
      <link rel="stylesheet" href={sheet} />
    ))}
    {head}
  </head>
);

const Account = ({ visit: { actor, lang } }: { visit: Visit }) =>
  actor ? (
    <form class="account" method="post" action="/deconnexion">
      <span class="account-name">{actor.firstName}</span>
      <button class="header-link" type="submit">
        {words.signOut[lang]}
      </button>
    </form>
  ) : (
    <a class="header-link" href="/connexion">
      {words.signIn[lang]}
    </a>
  );

const OtherLanguage = ({ visit: { lang, path } }: { visit: Visit }) => {
  const other = lang === 'fr' ? 'en' : 'fr';
  return (
    <a class="header-link" href={withQuery(path, { lang: other })} hreflang={other} lang={other}>
      {words.otherLanguage[lang]}
    </a>
  );
};

/** Open on a desk; on a phone a popover, which needs no script. There it also holds what the header has no room for. */
const Menu = ({ visit }: { visit: Visit }) => {
  const here = currentOf(
    visit.nav.map(({ href }) => href),
    visit.path,
  );
  return (
    <nav class="menu" id="menu" aria-label={words.mainMenu[visit.lang]} popover="auto">
      <ul class="menu-list">
        {visit.nav.map(item => (
          <li>
            <a class="header-link" href={item.href} {...(item.href === here && { 'aria-current': 'page' as const })}>
              {item.label[visit.lang]}
            </a>
          </li>
        ))}
        <li class="menu-more">
          <OtherLanguage visit={visit} />
        </li>
        {visit.actor && (
          <li class="menu-more">
            <Account visit={visit} />
          </li>
        )}
      </ul>
    </nav>
  );
};

/** Beyond this many entries the menu takes its own line. */
const roomFor = 5;

const Header = ({ visit }: { visit: Visit }) => (
  <header class={`header${visit.nav.length > roomFor ? ' header-tall' : ''}`}>
    <div class="header-row">
      <a class="brand" href="/" aria-label={words.home[visit.lang]}>
        <Mark size={36} />
        <span class="brand-name">parvis</span>
      </a>
      <div class={`header-tools${visit.actor ? ' header-signed' : ''}`}>
        <span class="header-language">
          <OtherLanguage visit={visit} />
        </span>
        <Account visit={visit} />
      </div>
      {visit.nav.length > 0 && (
        <>
          <button class="menu-button" type="button" popovertarget="menu">
            {words.menu[visit.lang]}
          </button>
          <Menu visit={visit} />
        </>
      )}
    </div>
    <Fictitious visit={visit} />
  </header>
);

const Fictitious = ({ visit }: { visit: Visit }) =>
  visit.network.fictitious ? (
    <p class="fictitious">
      <strong>{words.fictitious[visit.lang]}</strong> {words.fictitiousDetail[visit.lang]}
    </p>
  ) : null;

const footerLinks = [
  ['/methode', words.method],
  ['/observatoire', words.observatory],
  ['/confidentialite', words.privacy],
  ['/accessibilite', words.accessibility],
  ['/mentions-legales', words.legal],
  ['/code-source', words.sourceCode],
  ['/api', words.api],
] as const;

const Footer = ({ visit }: { visit: Visit }) => (
  <footer class="footer">
    <svg class="footer-paving" width="100%" height="24" aria-hidden="true">
      <pattern id="stones" width="132" height="24" patternUnits="userSpaceOnUse">
        <path d="M0 .5h132M0 12.5h132M20.5 0v12M64.5 0v12M96.5 0v12M4.5 12v12M44.5 12v12M86.5 12v12" />
      </pattern>
      <rect width="100%" height="24" fill="url(#stones)" />
    </svg>
    <div class="footer-row">
      <p class="footer-motto">
        <strong>{visit.network.name}</strong>
        <br />
        {words.motto[visit.lang]}
      </p>
      <nav aria-label={words.footer[visit.lang]}>
        <ul class="footer-links">
          {footerLinks.map(([href, label]) => (
            <li>
              <a href={href}>{label[visit.lang]}</a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  </footer>
);

/** The whole HTML document around a page. The page's content starts with a `PageHead`, which bears the `h1`. */
export function Layout(props: LayoutProps) {
  const { visit, wide = false, alone = false, children } = props;
  return (
    <html lang={visit.lang}>
      <Head {...props} />
      <body>
        {!alone && (
          <a class="skip" href="#contenu">
            {words.skip[visit.lang]}
          </a>
        )}
        {alone ? (
          <header>
            <Fictitious visit={visit} />
          </header>
        ) : (
          <Header visit={visit} />
        )}
        <main class={`main${wide ? ' main-wide' : ''}`} id="contenu" tabIndex={-1}>
          <PageLang.Provider value={visit.lang}>{children}</PageLang.Provider>
        </main>
        {!alone && <Footer visit={visit} />}
      </body>
    </html>
  );
}
