/** Why steps were taken: whatever a policy's source says has Chinese words, figures, classes and measurements too. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sentencesIn, type Samples } from '../../../test/support/source-sentences.ts';
import { attributeNames } from '../../perception/attributes.ts';
import { defaultClassIds } from '../taxonomy.ts';
import { joined as englishJoined, measurement as englishMeasurement } from './en-terms.ts';
import { englishFor } from './en.ts';
import { measurement } from './zh-terms.ts';
import { chineseFor } from './zh.ts';

const inquiry = join(import.meta.dirname, '..', '..', 'inquiry');
const policies = globSync('policies/**/*.ts', { cwd: inquiry }).filter((path) => !path.endsWith('.test.ts'));

/** What stands in the places of the policies' templates. */
const samples: Samples = {
  'reading(now)': 'So far all looks ordinary (93 %).',
  'measurementsOf(action.attributes, view)': 'a person moved at 2.5 body heights a second and 1 person was in view',
  'percent(1 - incident)': '90 %',
  'percent(incident)': '64 %',
  'likeliestClass(belief)': 'fire, smoke or an explosion',
  'String(Math.min(...spacings))': '0.5',
  share: '7 %',
  'joined([...new Set(hypotheses.map((each) => className(each.class)))])': 'a theft, a fall and my own class',
  "counted(Math.round(100 * moved), 'point', 'points')": '-21 points',
  'classOf(strongest, view)': 'left-behind-object',
  "attributes.join(', ')": 'person-speed, dwell',
  'String(2 / next.action.rate)': '0.25',
  'String(action.rate)': '0.5',
  'classOf(suspicion, view)': 'fight',
  'secondsInWords(suspicion.end - suspicion.start)': '3.5 s',
  cues: 'limb-speed',
  strong: '2',
  'secondsInWords(Math.abs(weakest.start - suspicion.best.start))': '1.5 s',
  reading: 'fall for 2.0 s, on no single measurement; 41 % that anything is unusual.',
};
/** Rules write the sign after it themselves. */
const samplesOf = (path: string): Samples => (path.endsWith('rules.ts') ? { ...samples, share: '7' } : samples);
/** Said only in the middle of a sentence, which is among those put together below. */
const within = 'no single measurement';
/** A part of a sentence, as a sentence of its own. */
const whole = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);
const latin = /[A-Za-z]{2,}/;
const ownWords = /my own class/g;

describe('every sentence of a policy', () => {
  const speaking = ['environment.ts', 'run-episode.ts', ...policies]
    .map((path) => [path, join(inquiry, path)] as const)
    .filter(([, path]) => /\breason\b/.test(readFileSync(path, 'utf8')));

  test.each(speaking)('%s', (_, path) => {
    const kept = sentencesIn(path, samplesOf(path))
      .filter((text) => text !== within)
      .map(whole)
      .map((english) => chineseFor.kept(english).replace(ownWords, ''));
    expect(kept.filter((chinese) => latin.test(chinese))).toEqual([]);
  });

  test('is collected', () => {
    const rules = sentencesIn(join(inquiry, 'policies/rules.ts'), samples);
    expect(rules).toContain('What was seen holds up.');
    expect(rules).toContain('only 2 frames carry it');
    expect(() => sentencesIn(join(inquiry, 'policies/rules.ts'), {})).toThrow(/No sample for/);
  });
});

test('every measurement is read back as it was told, alone and in a list', () => {
  const values = [0, 0.04, 0.5, 0.64, 0.97, 1, 2, 3.7, 12];
  const told = attributeNames.flatMap((name) => values.map((value) => ({ name, value })));
  const spoken = (clause: string) => chineseFor.kept(`What speaks about it: ${clause}.`);
  for (const { name, value } of told) {
    expect(spoken(englishMeasurement(name, value))).toMatch(/^与此有关的：/);
    expect(spoken(englishMeasurement(name, value))).not.toMatch(latin);
  }
  for (const [index, { name, value }] of told.entries()) {
    const others = [told.at(index - 20), told.at(index - 40)].flatMap((one) => one ?? []);
    const clauses = [...others, { name, value }].map((one) => englishMeasurement(one.name, one.value));
    expect(spoken(englishJoined(clauses))).not.toMatch(latin);
  }
  expect(spoken(englishMeasurement('person-speed', 2.5))).toBe(`与此有关的：${measurement('person-speed', 2.5)}。`);
  expect(spoken(englishMeasurement('lying', 0.25))).toBe(`与此有关的：${measurement('lying', 0.25)}。`);
});

test('every class is read back, and several of them', () => {
  const looks = (name: string) => chineseFor.kept(`It looks like ${name} (64 % that anything is unusual).`);
  for (const id of defaultClassIds) {
    expect(looks(englishFor.class(id))).toBe(`看来是${chineseFor.class(id)}（64 % 有不寻常之事）。`);
  }
  expect(looks('my own')).toBe('看来是my own（64 % 有不寻常之事）。');
  const all = englishJoined(defaultClassIds.map(englishFor.class));
  expect(chineseFor.kept(`Flagged: ${all}; 64 % that anything is unusual.`)).not.toMatch(latin);
});

test.each([
  [
    'It looks like a fall (88 % that anything is unusual). Flagged: a fall and running; 88 % that anything is unusual.',
    '看来是跌倒（88 % 有不寻常之事）。已标记：跌倒和奔跑；88 % 有不寻常之事。',
  ],
  [
    'No stretch was looked at closely and a moved camera would explain some of the movement.',
    '没有细看过任何一段；摄像机移动可以解释部分运动。',
  ],
  ['only 2 frames carry it; a change of light would explain it.', '只有 2 帧支持它；光线变化可以解释它。'],
  [
    'Not enough to flag. fall for 2.0 s, on no single measurement; 41 % that anything is unusual.',
    '不足以标记。跌倒，持续 2.0 秒，没有突出的单项测量；41 % 有不寻常之事。',
  ],
])('what is put together of several: %s', (english, chinese) => {
  expect(chineseFor.kept(english)).toBe(chinese);
});

test('what is not known stays whole', () => {
  const unknown = 'What was seen holds up. Nobody knows this one.';
  expect(chineseFor.kept(unknown)).toBe(unknown);
});
