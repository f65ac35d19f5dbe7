import type { Day, DayPart } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { ResourceKind, Space } from '../../spaces/spaces.ts';
import { PageHead, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { WallHours } from '../booking.ts';
import type { Step } from '../trace.ts';
import { ruleTexts, saidNames, traceLabels as t } from '../trace-labels.ts';
import { whenOf } from '../words.ts';
import { momentOf } from './moving.tsx';

export interface TraceProps {
  visit: Visit;
  space: Space;
  day: Day;
  part: DayPart;
  hours: WallHours | null;
  kind: ResourceKind;
  steps: readonly Step[];
  /** Whoever looks may change the rules. */
  manages: boolean;
}

const tones = { passed: 'good', refused: 'bad', not_asked: 'plain' } as const;

/** Each rule that a request meets, and what it said. */
export function TracePage({ visit, space, day, part, hours, kind, steps, manages }: TraceProps) {
  const { lang } = visit;
  const refusal = steps.find(step => step.refusal !== null)?.refusal;
  const moment = hours === null ? `&moment=${momentOf[part]}` : '';
  const back = `/reserver?espace=${space.slug}&jour=${day}${moment}${kind === 'desk' ? '' : `&place=${kind}`}`;
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead
        title={t.title[lang]}
        lead={`${space.name}, ${whenOf({ day, part, hours }, lang)}`}
        above={<a href={back}>{t.book[lang]}</a>}
      />
      <Stack>
        <Notice
          kind={refusal ? 'warning' : 'success'}
          title={t[refusal ? 'refused' : 'granted'][lang]}
          actions={refusal ? undefined : <ButtonLink href={back}>{t.book[lang]}</ButtonLink>}
        >
          {refusal?.message[lang]}
        </Notice>
        <DataTable
          caption={t.lead[lang]}
          columns={[
            { label: t.rule[lang], cell: (step: Step) => ruleTexts[step.rule][lang] },
            {
              label: t.answer[lang],
              tight: true,
              cell: (step: Step) => <Tag tone={tones[step.said]}>{saidNames[step.said][lang]}</Tag>,
            },
          ]}
          rows={steps}
        />
        {manages && (
          <p>
            <a href={`/regles/${space.slug}`}>{t.rules[lang]}</a>
          </p>
        )}
      </Stack>
    </Layout>
  );
}
