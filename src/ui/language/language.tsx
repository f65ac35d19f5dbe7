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

/** At display sizes the narrow space inside numbers all but vanishes: 30 950 reads as 30950. A full one takes its place. */
export const roomy = (text: string): string => text.replaceAll('\u202f', '\u00a0');
