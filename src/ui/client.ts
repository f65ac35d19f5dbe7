import { type ComponentType, h, hydrate } from 'preact';
import { PageLang } from './language/language.tsx';

/** Every `<name>.island.tsx` of the house, fetched only when a page shows it. */
const islands = import.meta.glob<{ default: ComponentType }>('../**/*.island.tsx');

const byName = new Map(Object.entries(islands).map(([path, load]) => [/([^/]+)\.island\.tsx$/.exec(path)?.[1], load]));

const lang = document.documentElement.lang === 'en' ? 'en' : 'fr';

const enliven = async (place: HTMLElement): Promise<void> => {
  const load = byName.get(place.dataset['island']);
  if (!load) return;
  const { default: Content } = await load();
  const content = h(Content, JSON.parse(place.dataset['props'] ?? '{}'));
  hydrate(h(PageLang.Provider, { value: lang, children: content }), place);
  // Styles and browser tests can tell a live island from its server-made markup.
  place.dataset['live'] = '';
};

// An island that fails leaves its plain twin in place and does not hold back the others.
for (const place of document.querySelectorAll<HTMLElement>('[data-island]')) void enliven(place).catch(console.error);

// A form may say what time its device thinks it is: asked when it is sent, not when the page came.
for (const field of document.querySelectorAll<HTMLInputElement>('input[data-clock]')) {
  field.form?.addEventListener('submit', () => {
    field.value = String(Date.now());
  });
}
