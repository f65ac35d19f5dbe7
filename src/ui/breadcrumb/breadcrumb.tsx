import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** The way back up. The last place is the page itself and is not a link. */
export function Breadcrumb({ places }: { places: readonly { readonly label: string; readonly href?: string }[] }) {
  const t = useWords();
  return (
    <nav aria-label={t(words.breadcrumb)}>
      <ol class="breadcrumb">
        {places.map(({ label, href }) => (
          <li>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}
