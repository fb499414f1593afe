/** Chinese says what English says: of every kind of claim, class, attribute and action, and in no other's words. */
import { describe, expect, test } from 'vitest';
import { attributeNames } from '../../perception/attributes.ts';
import type { Claim } from '../claim.ts';
import { defaultClassIds } from '../taxonomy.ts';
import type { Action } from '../trajectory.ts';
import { englishFor } from './en.ts';
import { chineseFor } from './zh.ts';

const latin = /[A-Za-z]{2,}/;
const place = { x: 0.7, y: 0.7, width: 0.2, height: 0.2 };

const claims: readonly Claim[] = [
  { kind: 'what', args: { class: 'fall', probability: 0.81, sureness: 'likely' }, evidence: [2] },
  { kind: 'who', args: { subject: 'person', count: 2 }, evidence: [2] },
  { kind: 'when', args: { start: 1, end: 5.5, openStart: true, openEnd: false }, evidence: [1] },
  { kind: 'where', args: { place }, evidence: [2] },
  { kind: 'measured', args: { attribute: 'person-speed', value: 1.5, unit: 'body heights/s' }, evidence: [2] },
  {
    kind: 'did',
    args: {
      ...{ attribute: 'lying', value: 0.5, unit: 'share', start: 2, end: 4, subject: 'person', number: 1, others: [] },
    },
    evidence: [2],
  },
  { kind: 'unusual-here', args: { attribute: 'person-speed', percentile: 0.995, atHour: true }, evidence: [2] },
  { kind: 'unusual-frame', args: { by: 'pose', percentile: 0.97, atHour: false, place: null }, evidence: [2] },
  { kind: 'found-by', args: { reason: 'closer-look', framesPerSecond: 2 }, evidence: [2] },
  { kind: 'limit', args: { without: 'nets' }, evidence: [] },
  { kind: 'alternative', args: { reading: 'cut', outcome: 'ruled-out' }, evidence: [] },
] as unknown as readonly Claim[];

describe('a claim', () => {
  test.each(claims.map((claim) => [claim.kind, claim] as const))('of kind %s has a sentence of its own', (_, claim) => {
    const words = chineseFor.claim(claim);
    expect(words).not.toBe('');
    expect(words).not.toMatch(latin);
    expect(words).toMatch(/[。）]$/u);
  });

  test('carries the numbers of the English one', () => {
    for (const claim of claims) {
      const numbers = (text: string) => [...text.matchAll(/\d+(?:[.:]\d+)*/g)].map(([number]) => number).toSorted();
      expect(numbers(chineseFor.claim(claim))).toEqual(numbers(englishFor.claim(claim)));
    }
  });

  test('reads well with the others', () => {
    expect(chineseFor.explanation(claims)).toBe(
      '很可能是跌倒（81 %）。0:01.0 至 0:05.5；之前的情况没有看到。画面中有 2 人。在画面右下方。' +
        '0:02.0 至 0:04.0，人 1 在 50 % 看到姿态的画面中躺着。有人以每秒 1.5 个身高的速度移动。' +
        '比此摄像机平常在这个时段的 99.5 % 有人移动得更快，比此摄像机的画面的 97 % 有人的姿势更陌生。' +
        '画面连续，没有跳切。仅凭运动判断：没有网络来识别人或物。发现方式：在突出之处细看（每秒 2 帧）。',
    );
  });
});

test('every class and attribute has a name, and every attribute a measurement', () => {
  for (const id of defaultClassIds) expect(chineseFor.class(id)).not.toMatch(latin);
  for (const name of attributeNames) {
    expect(chineseFor.measurement(name, 0.7)).not.toMatch(latin);
    expect(chineseFor.action({ operator: 'THINK', attributes: [name], text: '' }, { start: 0, end: 4 })).not.toMatch(
      latin,
    );
  }
  expect(chineseFor.class('my-own')).toBe('my own');
});

test('every action has words', () => {
  const focus = { start: 10, end: 18 };
  const actions: readonly (Action | null)[] = [
    null,
    { operator: 'BACKTRACK', distance: 1 },
    { operator: 'EXPAND', factor: 2 },
    { operator: 'SAMPLE', start: 1, end: 3, rate: 4 },
    { operator: 'FINAL', hypotheses: [] },
  ] as unknown as readonly (Action | null)[];
  expect(actions.map((action) => chineseFor.action(action, focus))).toEqual([
    '先快速浏览全部。',
    '回看 8 秒，到 0:02.0。',
    '以 0:14.0 为中心，把视野扩大到 2 倍。',
    '细看 0:11.0 至 0:13.0，每秒 4 帧。',
    '决定：没有可标记的。',
  ]);
});
