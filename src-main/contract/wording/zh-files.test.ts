/** Why files are not read and recordings set aside, in Chinese: whatever the sources say that read them. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keptAs, sentencesIn, thrownAs, type Part, type Samples } from '../../../test/support/source-sentences.ts';
import { chineseFor } from './zh.ts';

/** Stands for a part that a source says elsewhere, where it is met by itself. */
const part = '\u0000';
const samples: Samples = {
  ...{ path: '/1', 'source.path': '/1', 'file.path': '/1', 'videos.folder': '/1', folder: '/1', root: '/1' },
  ...{ 'recording.name': '1', 'labelled.name': '1', 'video.name': '1', name: '1', reason: '1' },
  ...{ 'openTimeoutMs / 1000': '30', size: '9 × 9 pixels', longestSide: '9', 'this.codec': '264' },
  ...{ 'error.message': '1', words: '1', code: '1', task: '1', what: part, 'this.fps': '1', 'dataSet.name': '1' },
  ...{
    'dataSet.recordings.length': '1',
    'Math.round(options.stallMs / 1000)': '120',
    'signal ?? `exit code ${code}`': 'SIGSEGV',
  },
};
/** Ways to stand in a sentence, for what a source says as a part of one. */
const forms: readonly ((words: string) => string)[] = [
  (words) => words,
  (words) => `/1 ${words}.`,
  (words) => `/1 ${words}, so it cannot be opened as a video.`,
  (words) => `/1 ${words}: it ends too early.`,
  (words) => `/1 could not be opened: ${words}.`,
  (words) => `/1, line 3: ${words}`,
  (words) => `The worker process ${words} twice during 1.`,
  (words) => `The worker process ended with ${words} twice during 1.`,
];
const isTold = (words: string) =>
  forms.some((form) => !/[A-Za-z]{2,}/.test(chineseFor.kept(form(words)).replace('SIGSEGV', '')));

const root = join(import.meta.dirname, '..', '..');
const unreadable = thrownAs([
  ...(['file-unreadable', 'no-video', 'not-found', 'permission-denied', 'video-damaged', 'video-unsupported'] as const),
]);
const reasons = keptAs(['reason', 'absence']);

/** What a source says that has no Chinese; a source in which nothing was found has failed as well. */
function untold(file: string, among?: Part): string[] {
  const found = sentencesIn(join(root, file), samples, among).filter((words) => !words.includes(part));
  return found.length === 0 ? ['nothing was found'] : found.filter((words) => !isTold(words));
}

describe('a file that cannot be read', () => {
  test.each(['source', 'scan', 'probe', 'decoder', 'reader'])('video/%s.ts', (file) => {
    expect(untold(`video/${file}.ts`, unreadable)).toEqual([]);
  });
  test.each(['video/failure.ts', 'video/source.ts'])('%s, part by part', (file) => {
    expect(untold(file)).toEqual([]);
  });
  test.each(['archive/file-error.ts', 'app/source-file.ts'])('%s', (file) => {
    expect(untold(file, unreadable)).toEqual([]);
  });
});

describe('a labelled recording that counts in no figure', () => {
  test.each(['read-data-set', 'ubnormal-folder'])('evaluation/labels/%s.ts', (file) => {
    expect(untold(`evaluation/labels/${file}.ts`, reasons)).toEqual([]);
  });
  test('app/evaluation/video-evaluation.ts', () => {
    const ofAll = /^No recording of /;
    const left = untold('app/evaluation/video-evaluation.ts', unreadable);
    expect(left.filter((words) => !ofAll.test(words))).toEqual([]);
  });
});

test('a recording that is set aside', () => {
  expect(untold('workers/supervisor.ts', keptAs(['how']))).toEqual([]);
});

test.each([
  ['/films/gate 1.mp4 is empty.', '文件是空的。'],
  [
    '/films/a.mp4 could not be opened: its data is damaged, cut off or not a video.',
    '无法打开：数据已损坏、不完整或不是视频。',
  ],
  ['/l/gt.txt, line 3: Riot 4 is not in /films.', '/films 中没有它，而标注中有（/l/gt.txt 第 3 行）。'],
  [
    '/films/a.mp4 is set aside: The worker process ended with SIGSEGV twice during triage. `anom-pi scan --again` tries it once more.',
    '已搁置：工作进程在任务 triage 中两次以 SIGSEGV 结束。用 `anom-pi scan --again` 可再试一次。',
  ],
])('%s', (english, chinese) => expect(chineseFor.kept(english)).toBe(chinese));
