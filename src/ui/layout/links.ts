/** A path with some query parameters set (or removed by `null`), the others kept. `withQuery('/a?x=1', {lang: 'en'})` → `/a?x=1&lang=en` */
export const withQuery = (path: string, changes: Readonly<Record<string, string | null>>): string => {
  const [pathname = '/', query = ''] = path.split('#', 1)[0]!.split('?', 2);
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  const rest = params.toString();
  return rest === '' ? pathname : `${pathname}?${rest}`;
};

const fits = (href: string, path: string): boolean => {
  const here = path.split(/[?#]/, 1)[0]!;
  return href === '/' ? here === '/' : here === href || here.startsWith(`${href}/`);
};

/** The menu entry where the visitor stands: of those that fit, the most precise. The home entry only on the home page itself. */
export const currentOf = (hrefs: readonly string[], path: string): string | undefined =>
  hrefs
    .filter(href => fits(href, path))
    .reduce<string | undefined>((best, href) => (href.length > (best?.length ?? 0) ? href : best), undefined);
