/** What the core says as text, in Chinese: errors by code, sentences that are kept, what the gate found. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError, errorCodes } from '../errors.ts';
import type { GateCheck } from '../training.ts';
import { chineseFor } from './zh.ts';

const chinese = /\p{Script=Han}/u;
const say = (...given: ConstructorParameters<typeof AppError>) => chineseFor.error(new AppError(...given));

describe('errors', () => {
  test.each(errorCodes)('%s is said in Chinese, with the file where there is one', (code) => {
    expect(say(code, 'Why it is so.')).toMatch(chinese);
    expect(say(code, 'Why it is so.')).not.toContain('undefined');
  });

  test('name the file once, then the cause that the code does not tell', () => {
    const details = { path: '/films/gate.mp4' };
    expect(say('video-unsupported', '/films/gate.mp4 wants a lens of its own.', { details })).toBe(
      '此机器无法解码“/films/gate.mp4”。“诊断”会列出支持的编码。（wants a lens of its own.）',
    );
    expect(say('permission-denied', '/films may not be read by this user.', { details: { folder: '/films' } })).toBe(
      '没有访问“/films”的权限。请更改其权限，或选择另一个。',
    );
    expect(say('video-damaged', 'It is empty.', { details })).toBe('“/films/gate.mp4”：文件是空的。');
  });

  test('of unknown cause keep what English says about it', () => {
    expect(say('internal', 'The lens fell off.')).toContain('The lens fell off.');
  });
});

describe('sentences that are kept', () => {
  const root = join(import.meta.dirname, '..', '..');
  /** Whole sentences, without figures or names of their own, that a source keeps under `reason` or as why a file is not read. */
  const sentencesOf = (file: string, pattern: RegExp) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([, sentence]) => sentence ?? '');
  const policies = ['rules', 'tree', 'uniform', 'triage', 'blind'].map((name) => `inquiry/policies/${name}.ts`);

  test.each([...policies, 'inquiry/environment.ts', 'inquiry/run-episode.ts'])('%s', (file) => {
    const found = sentencesOf(file, /reason:[^'`]*'([^']+)'/g);
    expect(found).not.toEqual([]);
    expect(found.filter((sentence) => chineseFor.kept(sentence) === sentence)).toEqual([]);
  });

  test.each(['archive/file-error.ts', 'archive/import-folder.ts'])('%s', (file) => {
    const found = sentencesOf(file, /AppError\('[a-z-]+', '([^']+)'/g).filter((sentence) =>
      /^(It|You) /.test(sentence),
    );
    expect(found).not.toEqual([]);
    expect(found.filter((sentence) => chineseFor.kept(sentence) === sentence)).toEqual([]);
  });

  test('contract/settings.ts', () => {
    const found = sentencesOf('contract/settings.ts', /'([A-Z][^']*\.)'/g);
    expect(found).not.toEqual([]);
    expect(found.filter((sentence) => chineseFor.kept(sentence) === sentence)).toEqual([]);
  });

  test('others stay as they are', () => {
    expect(chineseFor.kept('Nobody wrote this.')).toBe('Nobody wrote this.');
  });
});

describe('the gate', () => {
  const check = (over: Partial<GateCheck>): string =>
    chineseFor.gateReason({
      ...{ check: 'verdicts', outcome: 'passed', before: 0.5, after: 0.25, limit: 0.02, reason: 'In English.' },
      ...over,
    });

  test.each(['verdicts', 'guard', 'parse-rate', 'operators', 'chosen-log-prob'] as const)(
    '%s: each outcome in Chinese, with and without figures',
    (name) => {
      for (const outcome of ['passed', 'failed', 'unknown'] as const) {
        expect(check({ check: name, outcome })).toMatch(chinese);
        expect(check({ check: name, outcome, before: null, after: null })).not.toMatch(/null|NaN|In English/);
      }
    },
  );

  test('tells the figures, and a failure from a success', () => {
    expect(check({})).toBe('在未用于学习的裁定上，对数损失从 0.500 变为 0.250 纳特。');
    expect(check({ outcome: 'failed', after: 0.75 })).toContain('从 0.500 变为 0.750 纳特，变差了');
    expect(check({ check: 'parse-rate', outcome: 'failed', after: 0.995 })).toContain('0.5 %');
    expect(check({ check: 'chosen-log-prob', outcome: 'failed', limit: 0.05 })).toContain('超过 5 %');
  });
});
