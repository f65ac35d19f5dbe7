import { type Lang, show } from '../../kernel/bilingual.ts';
import { localDay } from '../../kernel/time.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import { adviceOn, titleOf } from '../anomalies.ts';
import type { Attestation, AxisStatus, Finality } from '../attestation.ts';
import { axisNames } from '../axes.ts';
import type { HistoryEntry } from '../history.ts';
import { labels } from '../labels.ts';
import {
  axisStatusWords,
  axisWords,
  handWords,
  historyWords,
  reasonWords,
  statusWords,
  proofLabels as t,
} from '../proof-words.ts';
import type { Judge } from '../rules/catalogue.ts';
import type { Finding } from '../rules/rule.ts';
import { classNames } from '../words.ts';

export const finalityTones: Readonly<Record<Finality, Tone>> = {
  captured: 'info',
  checking: 'pending',
  provisional: 'info',
  blocked: 'bad',
  creditable: 'good',
  reversed: 'plain',
};

const statusTones: Readonly<Record<AxisStatus | 'noted', Tone>> = {
  pending: 'pending',
  passed: 'good',
  noted: 'info',
  review: 'pending',
  blocked: 'bad',
};

/** The three questions asked of a presence, and their answers. */
export const AxesList = ({ attestation, lang }: { attestation: Attestation; lang: Lang }) => (
  <DescriptionList
    items={axisNames.map(axis => {
      const status = attestation.axes[axis];
      return {
        term: axisWords[axis][lang],
        value: <Tag tone={statusTones[status]}>{axisStatusWords[status][lang]}</Tag>,
      };
    })}
  />
);

export type ShownFinding = Finding & { readonly judge: Judge };

/** What rules found on one day, and what can be done about it. */
export const FindingsTable = ({ findings, lang }: { findings: readonly ShownFinding[]; lang: Lang }) => (
  <DataTable<ShownFinding>
    caption={t.findingsTitle[lang]}
    captionHidden
    rows={findings}
    empty={t.noFinding[lang]}
    columns={[
      { label: t.rule[lang], cell: one => `${titleOf(one.rule, one.judge)[lang]} (${one.rule})` },
      {
        label: t.status[lang],
        cell: one => <Tag tone={statusTones[one.status]}>{statusWords[one.status][lang]}</Tag>,
      },
      { label: t.advice[lang], cell: one => adviceOn(one.rule, one.judge)[lang] },
    ]}
  />
);

const told = ({ halves, evidenceClass }: HistoryEntry, lang: Lang): string =>
  halves === null || evidenceClass === null
    ? ''
    : ` (${(halves === 2 ? labels.whole : labels.half)[lang]}, ${classNames[evidenceClass][lang]})`;

/** Everything that people and the clock did to one day, in order; earlier values stay in sight. */
export const HistoryTable = ({ history, lang }: { history: readonly HistoryEntry[]; lang: Lang }) => (
  <DataTable<HistoryEntry>
    caption={t.historyTitle[lang]}
    captionHidden
    rows={history}
    columns={[
      { label: t.when[lang], cell: one => show.date(localDay(one.at, 'Europe/Paris'), lang) },
      { label: t.what[lang], cell: one => `${historyWords[one.what][lang]}${told(one, lang)}` },
      { label: t.who[lang], cell: one => handWords[one.by][lang] },
      { label: t.why[lang], cell: one => (one.reason === null ? '' : reasonWords(one.reason)[lang]) },
    ]}
  />
);
