/** Chinese: what stands beside an evaluation's figures, how its scores were smoothed and what was noted of it. */
import { type Pattern, readPattern } from './zh-read-back.ts';

const counts: Readonly<Record<string, string>> = {
  'a score for each frame': '每帧一个分数',
  'each frame of whole snippets': '每个完整片段的每一帧',
  'each frame of snippets, the last one padded': '每个片段的每一帧，最后一个片段补齐',
  'each frame of whole snippets but the last frame': '除最后一帧外，每个完整片段的每一帧',
  'a score for each whole snippet': '每个完整片段一个分数',
  'a score for each snippet, the last one padded': '每个片段一个分数，最后一个片段补齐',
  'a score for each whole snippet but the last frame': '除最后一帧外，每个完整片段一个分数',
};

const patterns: readonly Pattern[] = [
  // Smoothing
  [/^none$/, () => '无'],
  [
    /^Gaussian, standard deviation (\S+) s, for all policies alike$/,
    (seconds) => `高斯，标准差 ${seconds} 秒，对所有策略相同`,
  ],

  // Notes
  [
    /^Frames are segments here: what was looked at is a share of those of both levels, and of a segment and its twin at the other level one look shows both\.$/,
    () => '这里的帧是片段：查看的比例按两个层级的全部片段计算；一个片段与另一层级上相同的片段，看一次即同时看到。',
  ],
  [
    /^What is usual was learned from (\d+) recordings? of (.+)\.$/,
    (count, folder) => `常态学自 ${folder} 的 ${count} 段录像。`,
  ],
  [
    /^The policy (.+) is version (\S+) of (\S+)\.$/,
    (label, version, policy) => `策略 ${label} 是 ${policy} 的版本 ${version}。`,
  ],
  [/^(.+) has no scores of (.+)\.$/, (system, names) => `${system} 没有 ${names} 的分数。`],
  [
    /^(.+): (.+)$/,
    (system, convention) => (counts[convention] === undefined ? null : `${system}：${counts[convention]}`),
  ],
  [
    /^Sources told apart by size, rate, number and background: (\d+), the largest with (\d+) recordings\.$/,
    (sources, largest) => `按尺寸、帧率、编号和背景区分出 ${sources} 个来源，最大的有 ${largest} 段录像。`,
  ],
  [
    /^(\d+) folds by source, scores averaged over (\d+) independent assignments to folds\.$/,
    (folds, assignments) => `按来源分为 ${folds} 折，分数取 ${assignments} 次独立分折的平均。`,
  ],
  [/^Intervals are by bootstrap over sources\.$/, () => '区间由对来源的自助法得出。'],
];

/** Null where it is no such sentence. */
export const evaluationNote = (english: string): string | null => readPattern(patterns, english);
