import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource, Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import type { Tag } from '../presence.ts';
import { tagLabels as t } from '../tag-words.ts';

export interface TagsPageProps {
  visit: Visit;
  space: Space;
  today: Day;
  tags: readonly Tag[];
  resources: readonly Resource[];
  manages: boolean;
  typed: Readonly<Record<string, string>>;
  refusal?: Refusal | undefined;
  requestId: string;
}

/** The address that a tag is programmed with: it replaces the zeros at each reading. */
const template = (origin: string, { tagId }: Tag): string =>
  `${origin}/n?t=${tagId}&e=${'0'.repeat(32)}&c=${'0'.repeat(16)}`;

const fields: Readonly<Record<string, string>> = {
  name: 'nom',
  meta_key: 'cle_lecture',
  file_key: 'cle_signature',
  resource_id: 'poste',
};

const AddTag = ({ visit, space, resources, typed, refusal, requestId }: TagsPageProps) => {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    field: fields[one.field ?? ''] ?? one.field ?? '',
  }));
  return (
    <Section title={t.add[lang]} lead={t.addLead[lang]}>
      <Form action={`/accueil/${space.slug}/etiquettes`} requestId={requestId} label={t.add[lang]}>
        <ErrorSummary problems={problems} />
        <TextField
          name="nom"
          label={t.name[lang]}
          hint={t.nameHint[lang]}
          value={typed['nom']}
          error={problemAt(problems, 'nom')}
        />
        <SelectField
          name="poste"
          label={t.place[lang]}
          empty={t.noPlace[lang]}
          value={typed['poste']}
          choices={resources.map(one => ({ value: one.resourceId, label: one.name }))}
          error={problemAt(problems, 'poste')}
          optional
        />
        <TextField
          name="uid"
          label={t.uid[lang]}
          value={typed['uid']}
          size={18}
          autocomplete="off"
          error={problemAt(problems, 'uid')}
        />
        <TextField
          name="cle_lecture"
          label={t.metaKey[lang]}
          hint={t.keyHint[lang]}
          size={36}
          autocomplete="off"
          error={problemAt(problems, 'cle_lecture')}
        />
        <TextField
          name="cle_signature"
          label={t.fileKey[lang]}
          hint={t.keyHint[lang]}
          size={36}
          autocomplete="off"
          error={problemAt(problems, 'cle_signature')}
        />
        <Button>{t.add[lang]}</Button>
      </Form>
    </Section>
  );
};

/** A space's tags and the squares of its desks. */
export function TagsPage(props: TagsPageProps) {
  const { visit, space, today, tags, resources, manages, requestId } = props;
  const { lang } = visit;
  const deskOf = (tag: Tag) => resources.find(one => one.resourceId === tag.resourceId)?.name ?? '–';
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead
        title={t.title[lang]}
        lead={t.lead[lang]}
        above={<a href={`/accueil/${space.slug}/${today}`}>{space.name}</a>}
      />
      <Stack gap="loose">
        <Section title={t.squares[lang]} lead={t.squaresLead[lang]}>
          <Cluster>
            <ButtonLink kind="secondary" href={`/accueil/${space.slug}/etiquettes/carres`}>
              {t.printSquares[lang]}
            </ButtonLink>
          </Cluster>
        </Section>
        <Section title={t.tags[lang]} lead={tags.length === 0 ? undefined : t.addressHint[lang]}>
          <DataTable<Tag>
            caption={t.tags[lang]}
            captionHidden
            rows={tags}
            empty={(manages ? t.none : t.noneYours)[lang]}
            columns={[
              { label: t.name[lang], cell: tag => tag.name },
              { label: t.place[lang], cell: deskOf },
              { label: t.address[lang], cell: tag => <code>{template(visit.origin, tag)}</code> },
              ...(manages
                ? [
                    {
                      label: t.action[lang],
                      cell: (tag: Tag) => (
                        <Form
                          action={`/accueil/${space.slug}/etiquettes/retirer`}
                          requestId={`${requestId}-${tag.tagId}`}
                          hidden={{ etiquette: tag.tagId }}
                        >
                          <Button kind="quiet" small describe={`${t.revoke[lang]}, ${tag.name}`}>
                            {t.revoke[lang]}
                          </Button>
                        </Form>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
        {manages && <AddTag {...props} />}
      </Stack>
    </Layout>
  );
}

export interface SquaresPageProps {
  visit: Visit;
  space: Space;
  desks: readonly { readonly desk: Resource; readonly qr: { readonly path: string; readonly size: number } }[];
}

/** A square for each desk, to print, cut out and stick. */
export function SquaresPage({ visit, space, desks }: SquaresPageProps) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={`${t.squares[lang]}, ${space.name}`} wide>
      <div class="screen-only">
        <PageHead
          title={t.squares[lang]}
          lead={t.squaresLead[lang]}
          above={<a href={`/accueil/${space.slug}/etiquettes`}>{t.title[lang]}</a>}
        />
      </div>
      <ul class="paper-squares">
        {desks.map(({ desk, qr }) => (
          <li class="paper-square">
            <svg
              viewBox={`0 0 ${qr.size} ${qr.size}`}
              role="img"
              aria-label={`${t.squares[lang]}, ${desk.name}`}
              shape-rendering="crispEdges"
            >
              <path d={qr.path} />
            </svg>
            <p>
              <strong>{desk.name}</strong>
              <br />
              {space.name}
            </p>
            <p>{t.squareHow[lang]}</p>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
