import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead } from '../arrange/arrange.tsx';
import { ButtonLink } from '../button/button.tsx';
import { words } from '../words.ts';
import { Layout } from './layout.tsx';

/** The title of the page, by what kind of *no* it is. */
const titleOf = (status: Refusal['status'], lang: Lang): string => {
  if (status === 404 || status === 410) return words.notFound[lang];
  if (status === 401 || status === 403) return words.notAllowed[lang];
  return status === 503 ? words.notNow[lang] : words.notPossible[lang];
};

/** A refusal as a whole page: what happened, what to do next, never a dead end. */
export function RefusalPage({ visit, refusal }: { visit: Visit; refusal: Refusal }) {
  const title = titleOf(refusal.status, visit.lang);
  return (
    <Layout visit={visit} title={title}>
      <PageHead title={title} lead={refusal.message[visit.lang]} />
      <Cluster>
        {refusal.status === 503 && <ButtonLink href={visit.path}>{words.tryAgain[visit.lang]}</ButtonLink>}
        <ButtonLink href="/" kind="secondary">
          {words.backHome[visit.lang]}
        </ButtonLink>
      </Cluster>
      <p class="refusal-code">
        {words.code[visit.lang]} <code>{refusal.code}</code>
      </p>
    </Layout>
  );
}
