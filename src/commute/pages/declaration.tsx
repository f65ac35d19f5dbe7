import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Replaced } from '../../method/method.ts';
import { PageHead, Prose, Section } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button } from '../../ui/button/button.tsx';
import { ChoiceCards, DateField, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { energies, modes } from '../baseline.ts';
import { energyWords, modeWords, replacedWords } from '../words.ts';

/** What was typed, as it was typed: a form sent back keeps every answer. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface DeclarationData {
  readonly typed: Typed;
  readonly refusal: Refusal | null;
  /** The first day that may be declared; null when any day may. */
  readonly earliest: Day | null;
  readonly workplaceName: string | null;
  readonly spaces: readonly { readonly spaceId: string; readonly label: string }[];
  readonly requestId: string;
}

type Props = DeclarationData & { readonly lang: Lang };

const textOf = ({ typed }: Props, name: string): string | undefined => {
  const value = typed[name];
  return typeof value === 'string' ? value : value?.[0];
};

const listOf = ({ typed }: Props, name: string): readonly string[] => {
  const value = typed[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

const errorOf = ({ refusal, lang }: Props, name: string) => problemAt(problemsOf(refusal, lang), name);

const choices = (words: Readonly<Record<string, Bilingual>>, order: readonly string[], lang: Lang) =>
  order.map(value => ({ value, label: words[value]![lang] }));

const Travel = ({ which, ...props }: Props & { which: 'office' | 'space' }) => {
  const { lang } = props;
  const name = (part: string) => `${which}_${part}`;
  return (
    <>
      <SelectField
        name={name('mode')}
        label={
          which === 'office'
            ? lang === 'fr'
              ? 'Comment allez-vous au bureau ?'
              : 'How do you go to the office?'
            : lang === 'fr'
              ? 'Comment allez-vous à l’espace ?'
              : 'How do you go to the space?'
        }
        choices={choices(modeWords, modes, lang)}
        value={textOf(props, name('mode')) ?? (which === 'office' ? 'car' : 'walk')}
        error={errorOf(props, name('mode'))}
      />
      <SelectField
        name={name('energy')}
        label={lang === 'fr' ? 'Si c’est une voiture, elle roule à' : 'If it is a car, it runs on'}
        empty={lang === 'fr' ? 'pas de voiture' : 'no car'}
        choices={choices(energyWords, energies, lang)}
        value={textOf(props, name('energy'))}
        error={errorOf(props, name('energy'))}
        optional
      />
      <TextField
        name={name('occupancy')}
        label={lang === 'fr' ? 'Personnes dans la voiture, vous compris' : 'People in the car, you included'}
        hint={
          lang === 'fr' ? 'Une moyenne s’écrit en fraction : 7/5 pour 1,4.' : 'Write a mean as a fraction: 7/5 for 1.4.'
        }
        value={textOf(props, name('occupancy')) ?? '1'}
        size={4}
        error={errorOf(props, name('occupancy'))}
      />
    </>
  );
};

const Home = (props: Props) => {
  const { lang } = props;
  return (
    <TextField
      name="home"
      label={lang === 'fr' ? 'Où habitez-vous ?' : 'Where do you live?'}
      hint={
        lang === 'fr'
          ? 'Adresse, ou commune et code postal. Elle sert une fois, à mesurer la route, puis elle est effacée : seule la commune reste.'
          : 'Address, or commune and postcode. It serves once, to measure the road, then it is erased: only the commune stays.'
      }
      value={textOf(props, 'home')}
      autocomplete="street-address"
      size={40}
      error={errorOf(props, 'home')}
    />
  );
};

const Office = (props: Props) => {
  const { lang, workplaceName } = props;
  return (
    <Section
      title={lang === 'fr' ? 'Votre trajet vers le bureau' : 'Your trip to the office'}
      lead={
        workplaceName === null
          ? undefined
          : lang === 'fr'
            ? `Votre lieu de travail : ${workplaceName}.`
            : `Your workplace: ${workplaceName}.`
      }
    >
      <Travel which="office" {...props} />
      <TextField
        name="declared_office_km"
        label={lang === 'fr' ? 'Distance pour un aller, si vous la connaissez' : 'Distance one way, if you know it'}
        hint={
          lang === 'fr'
            ? 'Nous la calculons aussi ; la plus courte des deux compte.'
            : 'We compute it too; the shorter of the two counts.'
        }
        unit="km"
        size={6}
        inputMode="decimal"
        value={textOf(props, 'declared_office_km')}
        error={errorOf(props, 'declared_office_km')}
        optional
      />
      <TextField
        name="plate"
        label={lang === 'fr' ? 'Plaque de la voiture, si vous le voulez' : 'The car’s plate, if you wish'}
        hint={
          lang === 'fr'
            ? 'Elle évite de compter deux fois une même voiture. Seule une empreinte chiffrée en est gardée, jamais la plaque.'
            : 'It keeps one car from being counted twice. Only a keyed hash of it is kept, never the plate.'
        }
        value={textOf(props, 'plate')}
        size={10}
        autocomplete="off"
        error={errorOf(props, 'plate')}
        optional
      />
      <ChoiceCards
        name="office_weekdays"
        label={lang === 'fr' ? 'Vos jours habituels au bureau' : 'Your usual days at the office'}
        many
        choices={[1, 2, 3, 4, 5].map(n => ({ value: String(n), label: weekdayName(n, lang) }))}
        value={listOf(props, 'office_weekdays')}
        error={errorOf(props, 'office_weekdays')}
        optional
      />
    </Section>
  );
};

/** 5 January 2026 was a Monday. */
const weekdayName = (n: number, lang: Lang) => show.day(`2026-01-0${4 + n}` as Day, lang).split(/[ ,]/)[0]!;

const Space = (props: Props) => {
  const { lang, spaces } = props;
  const [first, second] = listOf(props, 'space_ids');
  const offered = spaces.map(({ spaceId, label }) => ({ value: spaceId, label }));
  return (
    <Section title={lang === 'fr' ? 'Votre trajet vers l’espace' : 'Your trip to the space'}>
      <SelectField
        name="space_ids"
        label={lang === 'fr' ? 'Votre espace' : 'Your space'}
        choices={offered}
        value={first}
        error={errorOf(props, 'space_ids')}
      />
      <SelectField
        name="space_ids"
        id="space_ids-2"
        label={lang === 'fr' ? 'Un autre espace' : 'Another space'}
        empty={lang === 'fr' ? 'aucun' : 'none'}
        choices={offered}
        value={second}
        optional
      />
      <Travel which="space" {...props} />
    </Section>
  );
};

const usual: readonly Replaced[] = ['office', 'home', 'other', 'unknown'];

/** The declaration, one page, without a script. */
export const DeclarationPage = (props: DeclarationData & { readonly visit: Visit }) => {
  const { visit, refusal, earliest, requestId } = props;
  const { lang } = visit;
  const own: Props = { ...props, lang };
  const title = lang === 'fr' ? 'Déclarer mes trajets' : 'Declare my trips';
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        above={
          <Breadcrumb
            places={[
              { label: lang === 'fr' ? 'Mes kilomètres' : 'My kilometres', href: '/mes-trajets' },
              { label: title },
            ]}
          />
        }
      />
      <Prose>
        <p>
          {lang === 'fr'
            ? 'Ces réponses disent ce qu’une journée près de chez vous évite. Elles valent à partir du jour que vous choisissez ; les journées passées ne changent pas.'
            : 'These answers say what a day near home avoids. They hold from the day you choose; past days do not change.'}
        </p>
      </Prose>
      <ErrorSummary problems={problemsOf(refusal, lang)} />
      <Form action="/mes-trajets/declaration" requestId={requestId}>
        <DateField
          name="valid_from"
          label={lang === 'fr' ? 'À partir du' : 'From'}
          value={textOf(own, 'valid_from')}
          min={earliest ?? undefined}
          error={errorOf(own, 'valid_from')}
        />
        <Home {...own} />
        <Office {...own} />
        <Space {...own} />
        <ChoiceCards
          name="usual_replaced"
          label={
            lang === 'fr' ? 'Sans espace, que feriez-vous d’habitude ?' : 'Without a space, what would you usually do?'
          }
          hint={
            lang === 'fr'
              ? 'La question revient chaque jour de présence : seule la réponse du jour compte.'
              : 'The question comes back each day you come: only the answer for the day counts.'
          }
          choices={choices(replacedWords, usual, lang)}
          value={textOf(own, 'usual_replaced')}
          error={errorOf(own, 'usual_replaced')}
        />
        <Button>{lang === 'fr' ? 'Enregistrer mes trajets' : 'Save my trips'}</Button>
      </Form>
    </Layout>
  );
};
