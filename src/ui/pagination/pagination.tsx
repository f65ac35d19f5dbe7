import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** Page by page. `hrefOf` makes the address of a page; pages count from 1. */
export function Pagination({ page, pages, hrefOf }: { page: number; pages: number; hrefOf: (page: number) => string }) {
  const t = useWords();
  if (pages <= 1) return null;
  return (
    <nav class="pagination" aria-label={t(words.pages)}>
      {page > 1 && (
        <a class="button button-secondary" href={hrefOf(page - 1)} rel="prev">
          {t(words.previous)}
        </a>
      )}
      <span>
        {t(words.page)} {page} {t(words.of)} {pages}
      </span>
      {page < pages && (
        <a class="button button-secondary" href={hrefOf(page + 1)} rel="next">
          {t(words.next)}
        </a>
      )}
    </nav>
  );
}
