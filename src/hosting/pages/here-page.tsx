import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { othersText, hereLabels as t } from '../here-labels.ts';
import type { Here } from '../hosting.ts';

export interface HerePageProps {
  visit: Visit;
  space: Space;
  /** Null for whoever is not there today. */
  here: Here | null;
  shown: boolean;
  saved: boolean;
  requestId: string;
}

const Company = ({ here, visit: { lang }, space }: HerePageProps) => {
  if (here === null) {
    return (
      <Notice kind="info" actions={<ButtonLink href={`/reserver?espace=${space.slug}`}>{t.book[lang]}</ButtonLink>}>
        {t.notThere[lang]}
      </Notice>
    );
  }
  const { firstNames, others } = here;
  if (firstNames.length + others === 0) return <p>{t.alone[lang]}</p>;
  return (
    <Stack gap="tight">
      {firstNames.length > 0 && (
        <ul class="cluster" aria-label={t.named[lang]}>
          {firstNames.map(name => (
            <li>
              <Tag>{name}</Tag>
            </li>
          ))}
        </ul>
      )}
      {others > 0 && <p>{othersText(others, firstNames.length)[lang]}</p>}
    </Stack>
  );
};

/** Who is in a space today, for those who are there; and one's own choice to be seen. */
export const HerePage = (props: HerePageProps) => {
  const { visit, space, shown, saved, requestId } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead title={t.title[lang]} lead={t.lead[lang]} above={`${space.name}, ${space.commune.name}`} />
      <Stack gap="loose">
        {saved && (
          <Notice kind="success" live>
            {t.saved[lang]}
          </Notice>
        )}
        <Company {...props} />
        <Section title={t.yourChoice[lang]} lead={(shown ? t.shown : t.hidden)[lang]}>
          <Form action={`/ici/${space.slug}`} requestId={requestId} hidden={{ montrer: shown ? 'non' : 'oui' }}>
            <Cluster>
              <Button kind={shown ? 'secondary' : 'primary'}>{(shown ? t.hide : t.show)[lang]}</Button>
            </Cluster>
          </Form>
        </Section>
      </Stack>
    </Layout>
  );
};

/** The way there, from the page of a booking or of one's day. */
export const HereLink = ({ visit: { lang }, slug }: { visit: Visit; slug: string }) => (
  <p>
    <a href={`/ici/${slug}`}>{t.link[lang]}</a>
  </p>
);
