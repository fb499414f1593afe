/** The word that says what a change of the reviewer's did, for “Undo:” and “Redo:”. */
import type { Flag } from '../../src-main/contract/flag.ts';
import { t } from '../i18n/index.ts';
import { detailsOf, type VerdictDetails } from './verdict.ts';
import { classLabel } from '../lib/class-label.ts';
import { formatDuration } from '../lib/format.ts';

export type ChangeWord = 'confirm' | 'reject' | 'unsure' | 'takeBack' | 'bounds' | 'class' | 'note' | 'reason' | 'tags';

/** The change with its flag: `rejected – Fall, 1:05`. */
export function changeLabel(word: ChangeWord, flag: Flag): string {
  const values = { flag: classLabel(detailsOf(flag).class), time: formatDuration(flag.start) };
  return t('player.history.ofFlag', { ...values, what: t(`player.history.change.${word}`) });
}

/** What differs most between two choices: bounds before class before reason before note. */
export function wordOfChange(before: VerdictDetails, after: VerdictDetails): ChangeWord {
  const differs = (member: keyof VerdictDetails) => after[member] !== undefined && after[member] !== before[member];
  if (differs('start') || differs('end')) return 'bounds';
  if (differs('class')) return 'class';
  return differs('reason') ? 'reason' : 'note';
}
