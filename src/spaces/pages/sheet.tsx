import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { TextArea, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import type { Space } from '../space.ts';
import { texts as t } from '../texts.ts';

interface SheetProps {
  readonly visit: Visit;
  readonly space: Space;
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: Refusal | null;
  readonly requestId: string;
}

/** What a space says of itself, for who manages it. */
export function SheetPage({ visit, space, typed, refusal, requestId }: SheetProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  const title = `${t.sheet[lang]}, ${space.name}`;
  const action = `/gestion/espaces/${space.slug}`;
  const short = [
    ['name', t.name, space.name],
    ['address', t.address, space.address],
    ['postcode', t.postcode, space.postcode],
    ['host', t.host, space.hostFirstName],
  ] as const;
  const long = [
    ['description_fr', t.descriptionFr, space.description.fr],
    ['description_en', t.descriptionEn, space.description.en],
    ['getting_there_fr', t.gettingThereFr, space.gettingThere.fr],
    ['getting_there_en', t.gettingThereEn, space.gettingThere.en],
  ] as const;
  return (
    <Layout visit={visit} title={title}>
      <PageHead title={title} lead={t.sheetLead[lang]} above={<a href={action}>{t.mySpaces[lang]}</a>} />
      <Stack>
        <ErrorSummary problems={problems} />
        <Form action={`${action}/fiche`} requestId={requestId} label={t.sheet[lang]}>
          {short.map(([name, label, value]) => (
            <TextField name={name} label={label[lang]} value={typed[name] ?? value} error={problemAt(problems, name)} />
          ))}
          {long.map(([name, label, value]) => (
            <TextArea name={name} label={label[lang]} value={typed[name] ?? value} error={problemAt(problems, name)} />
          ))}
          <Button>{t.saveSheet[lang]}</Button>
        </Form>
      </Stack>
    </Layout>
  );
}
