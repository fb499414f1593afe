/** What stands beside an evaluation's figures, in Chinese: whatever the sources of an evaluation note. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptAs, sentencesIn, type Part, type Samples } from '../../../test/support/source-sentences.ts';
import { chineseFor } from './zh.ts';

const samples: Samples = {
  ...{ label: '1', 'policy.version': '2', 'policy.name': '3', name: '4', seconds: '10', convention: '5' },
  ...{ "missing.map((each) => each.name).join(', ')": '6, 7', 'basename(normal)': '8' },
  "counted(usual.length, 'recording', 'recordings')": '9 recordings',
  ...{ 'sizes.length': '3', 'Math.max(...sizes)': '9', 'Math.max(...folds) + 1': '3', assignments: '7' },
};
const isNote: Part = keptAs(['notes', 'versionNote', 'smoothingInWords']);

test.each([
  'app/evaluation/evaluation-job.ts',
  'app/evaluation/video-evaluation.ts',
  'app/evaluation/replay-evaluation.ts',
  'evaluation/run/smooth-all.ts',
  'evaluation/run/fit-head.ts',
])('%s', (file) => {
  const found = sentencesIn(join(import.meta.dirname, '..', '..', file), samples, isNote);
  expect(found).not.toEqual([]);
  expect(found.map(chineseFor.kept).filter((text) => /[A-Za-z]{3,}/.test(text))).toEqual([]);
});

test('how the scores of another system were understood', () => {
  const file = join(import.meta.dirname, '..', '..', 'evaluation', 'score-files', 'concatenated.ts');
  const conventions = sentencesIn(file, samples, keptAs(['name']));
  expect(conventions).toHaveLength(7);
  expect(conventions.map((each) => chineseFor.kept(`1: ${each}`)).filter((text) => /[A-Za-z]/.test(text))).toEqual([]);
});

test.each([
  ['none', '无'],
  ['mine has no scores of Fight_1, Fight_2.', 'mine 没有 Fight_1, Fight_2 的分数。'],
  ['What is usual was learned from 1 recording of train.', '常态学自 train 的 1 段录像。'],
  ['mine: something else', 'mine: something else'],
])('%s', (english, chinese) => expect(chineseFor.kept(english)).toBe(chinese));
