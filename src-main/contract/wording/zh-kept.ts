/** Chinese of sentences that the core keeps as they are: why a step was taken, why a file was not read, what is wrong with a package, what a setting takes, why a run stopped, what was noted of an evaluation. */
import { auditFault } from './zh-audit.ts';
import { shippedNotice } from './zh-doctor.ts';
import { evaluationNote } from './zh-evaluation.ts';
import { fileReason } from './zh-files.ts';
import { packageFault } from './zh-package.ts';
import { stepReason } from './zh-reasons.ts';

const sentences: Readonly<Record<string, string>> = {
  // Why a file was not read
  'It is empty.': '文件是空的。',
  'It is not there.': '文件不在那里。',
  'It is a link that leads nowhere.': '这是一个指向空处的链接。',
  'It is still being written; the next import takes it up.': '文件仍在写入；下次编目时会收入。',
  'Its header tells a duration or a size that cannot be.': '文件头给出的时长或尺寸不可能存在。',
  'You may not read it (permission denied).': '没有读取它的权限。请更改其权限。',
  // What a setting takes
  'A number above 0.': '大于 0 的数。',
  'A number of bytes.': '字节数。',
  'A number of bytes, 0 or more.': '字节数，不小于 0。',
  'A number of seconds.': '秒数。',
  'A text.': '一段文字。',
  'From 0 to 1.': '0 到 1 之间。',
  'From 0 to 60 seconds.': '0 到 60 秒。',
  'On or off.': '开或关。',
  // Why a training run stopped before its last round
  'Its rollouts were all alike: there was nothing to prefer.': '各次尝试都一样：无从比较好坏。',
  'The likelihood of chosen trajectories fell by more than 5 %.': '较好路径的似然下降超过 5 %。',
};

/** A sentence of the core in Chinese; one that is not known as it is. */
export const keptSentence = (english: string): string =>
  sentences[english] ??
  stepReason(english) ??
  auditFault(english) ??
  shippedNotice(english) ??
  packageFault(english) ??
  fileReason(english) ??
  evaluationNote(english) ??
  english;
