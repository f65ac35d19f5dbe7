import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Bilingual, Lang } from '../../kernel/bilingual.ts';

/** The language of the page: the layout gives it on the server, the island runner in the browser. */
export const PageLang = createContext<Lang>('fr');

/** A reader of the kit's own words: `const t = useWords(); t(words.optional)`. */
export const useWords = () => {
  const lang = useContext(PageLang);
  return (text: Bilingual): string => text[lang];
};
