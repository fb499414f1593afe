/** Chinese: why the steps of a path were taken and what a policy thought of it, from the sentences that are kept. */
import { type Pattern, readClasses, readList, readMeasurement, readPattern, readSeparated } from './zh-read-back.ts';
import { attributeName, className, joined } from './zh-terms.ts';

const sentences: Readonly<Record<string, string>> = {
  'The fixed sparse look that opens every episode.': '每个片段开头固定的稀疏查看。',
  'It was already going on when the look began; how did it start?': '开始查看时它已在进行；它是怎样开始的？',
  'What comes before and after it was not seen.': '之前和之后的情况没有看到。',
  'Something stood out between frames that lie far apart.': '在相隔很远的画面之间有异常之处。',
  'More happens here than elsewhere, and it was not looked at closely.': '这里的动静比别处多，还没有细看。',
  'Nothing tells where more happens: what lies between is read as well.': '看不出哪里动静更多：中间的画面也一并查看。',
  'Before deciding: does its strongest moment hold at twice the density?':
    '决定之前：用两倍的密度再看，最强的一刻是否仍成立？',
  'Nothing holds up as unusual.': '没有什么能算作不寻常。',
  'What was seen holds up.': '看到的内容成立。',
  'Everything was looked at alike; what stands out is named.': '各处同样查看；异常之处已指出。',
  'Every frame was scored by how unusual it is here.': '每一帧都按它在这里有多不寻常打了分。',
  'No half promises more than it costs; what stands out is named.': '再看哪一半都得不偿失；异常之处已指出。',
  'It goes by the triage score alone, and what was not seen is not flagged.': '只依据初筛分数，没有看到的不作标记。',
  'It never looks.': '它从不查看。',
  'The budget ran out.': '预算已用完。',
  'As before.': '同前。',
  'How did it begin, before what was seen?': '在看到的之前，它是怎样开始的？',
  'What lies around it?': '它的前后是什么？',
  'More happens here than elsewhere; what is it?': '这里的动静比别处多；那是什么？',
  'This stretch was not looked at.': '这一段还没有看过。',
  // What is thought of it in the end
  'Nothing that was seen stands out.': '看到的内容中没有突出之处。',
  'Nothing that was seen speaks against it.': '看到的内容中没有与之相悖的。',
  'What lies between the frames was not seen.': '画面之间的情况没有看到。',
};

/** What is held against a reading. */
const objections: Readonly<Record<string, string>> = {
  'no stretch was looked at closely': '没有细看过任何一段',
  'a change of light would explain some of the movement': '光线变化可以解释部分运动',
  'a moved camera would explain some of the movement': '摄像机移动可以解释部分运动',
  'it rests on motion alone, no net saw who or what moves': '仅凭运动判断，没有网络看到是什么人或物在动',
  'a change of light would explain it': '光线变化可以解释它',
  'a moved camera would explain it': '摄像机移动可以解释它',
  'everything moves one way, as ordinary traffic does': '一切都朝同一方向运动，如同平常的车流',
};

const objectionPatterns: readonly Pattern[] = [
  [/^only (\d+) frames carry it$/, (frames) => `只有 ${frames} 帧支持它`],
  [/^the frame ([\d.]+) s from its strongest moment shows nothing$/, (away) => `距最强一刻 ${away} 秒的画面什么也没有`],
  [
    /^what was seen after the first look moved it by (-?)(\d+) points?$/,
    (less, points) => `第一次查看之后看到的使它${less === '' ? '上升' : '下降'} ${points} 个百分点`,
  ],
];

const readObjection = (english: string) => objections[english] ?? readPattern(objectionPatterns, english);

function readObjections(english: string): string | null {
  const clause = english.charAt(0).toLowerCase() + english.slice(1);
  const parts = readSeparated(clause, '; ', readObjection) ?? readList(clause, readObjection);
  return parts === null ? null : `${parts.join('；')}。`;
}

const classesThen = (say: (classes: string, share: string) => string) => (classes: string, share: string) => {
  const known = readClasses(classes);
  return known === null ? null : say(joined(known), share);
};

const attributesIn = (english: string) => joined(english.split(', ').map(attributeName));
const cuesIn = (english: string) =>
  english === 'no single measurement' ? '没有突出的单项测量' : `依据${attributesIn(english)}`;

const patterns: readonly Pattern[] = [
  [/^So far all looks ordinary \((\d+ %)\)\.$/, (share) => `目前一切看来平常（${share}）。`],
  [
    /^It may be (.+) \((\d+ %) that anything is unusual\)\.$/,
    classesThen((name, share) => `可能是${name}（${share} 有不寻常之事）。`),
  ],
  [
    /^It looks like (.+) \((\d+ %) that anything is unusual\)\.$/,
    classesThen((name, share) => `看来是${name}（${share} 有不寻常之事）。`),
  ],
  [/^Nothing is flagged: (\d+ %) that anything is unusual\.$/, (share) => `不作标记：${share} 有不寻常之事。`],
  [
    /^Flagged: (.+); (\d+ %) that anything is unusual\.$/,
    classesThen((names, share) => `已标记：${names}；${share} 有不寻常之事。`),
  ],
  [
    /^What speaks about it: (.+)\.$/,
    (measured) => {
      const known = readList(measured, readMeasurement);
      return known === null ? null : `与此有关的：${known.join('，')}。`;
    },
  ],
  // Where none of the attributes was measured
  [/^What speaks about it: \.$/, () => '与此有关的都没有测量到。'],
  [/^What happens here between frames ([\d.]+) s apart\?$/, (apart) => `这里的画面相隔 ${apart} 秒，其间发生了什么？`],
  [
    /^It could be (\S+) or nothing: weighing (.+)\.$/,
    (id, attributes) => `可能是${className(id)}，也可能什么都不是：权衡${attributesIn(attributes)}。`,
  ],
  [
    /^Here it is least certain between frames ([\d.]+) s apart: half of it, twice as dense\.$/,
    (apart) => `这里最不确定，画面相隔 ${apart} 秒：取其一半，密度加倍。`,
  ],
  [/^([\d.]+) frames a second, wherever it may be\.$/, (rate) => `每秒 ${rate} 帧，不论在何处。`],
  [
    /^(\S+) for ([\d.]+) s, on (.+); (\d+ %) that anything is unusual\.$/,
    (id, length, cues, share) => `${className(id)}，持续 ${length} 秒，${cuesIn(cues)}；${share} 有不寻常之事。`,
  ],
  [
    /^Not enough to flag\. (.+)$/,
    (reading) => {
      const known = stepReason(reading);
      return known === null ? null : `不足以标记。${known}`;
    },
  ],
  [/^(.+)\.$/, readObjections],
];

/** One or more sentences of a policy in Chinese; null where one of them is not known. */
export function stepReason(english: string): string | null {
  const known = sentences[english] ?? readPattern(patterns, english);
  if (known !== null) return known;
  const parts = english.split(/(?<=[.?]) (?=[A-Z])/);
  const told = parts.length < 2 ? [] : parts.flatMap((part) => stepReason(part) ?? []);
  return told.length > 0 && told.length === parts.length ? told.join('') : null;
}
