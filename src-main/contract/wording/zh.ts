/** Chinese: claims into sentences. They say what the claims carry and no more. */
import type { Claim, ClaimKind, ClaimOf, ClaimPlace } from '../claim.ts';
import type { englishFor } from './en.ts';
import { deed, unusualFrame, unusualHere } from './zh-deeds.ts';
import { doctorCheck } from './zh-doctor.ts';
import { errorText } from './zh-errors.ts';
import { gateReason } from './zh-gate.ts';
import { keptSentence } from './zh-kept.ts';
import { action, measuredWith, observation, outcome } from './zh-path.ts';
import { className, joined, measurement, percent, position, purposes, rate, reasonName } from './zh-terms.ts';

const columns = { left: '左', centre: '中', right: '右' } as const;
const rows = { upper: '上', middle: '中', lower: '下' } as const;

/** A ninth of the picture by the middle of the place, or most of it. */
function region({ x, y, width, height }: ClaimPlace): string {
  if (width * height > 0.5) return '遍及画面的大部分';
  const [across, down] = [x + width / 2, y + height / 2];
  const column = across < 1 / 3 ? 'left' : across < 2 / 3 ? 'centre' : 'right';
  const row = down < 1 / 3 ? 'upper' : down < 2 / 3 ? 'middle' : 'lower';
  if (column === 'centre') return row === 'middle' ? '在画面中央' : `在画面${rows[row]}部`;
  return row === 'middle' ? `在画面${columns[column]}侧` : `在画面${columns[column]}${rows[row]}方`;
}

const readings: Readonly<
  Record<ClaimOf<'alternative'>['args']['reading'], readonly [ruledOut: string, remains: string]>
> = {
  'light-change': ['光线没有变化', '光线有变化，也许仅此而已'],
  'camera-moved': ['摄像机没有动', '摄像机移动了，也许仅此而已'],
  cut: ['画面连续，没有跳切', '画面跳到了另一个，也许仅此而已'],
  'passing-vehicle': ['不是车辆经过', '也许是车辆经过'],
  'busy-but-ordinary': ['不只是繁忙的场景', '也许只是繁忙的场景'],
};

const counters: Readonly<Record<ClaimOf<'who'>['args']['subject'], (count: number) => string>> = {
  person: (count) => `${String(count)} 人`,
  vehicle: (count) => `${String(count)} 辆车`,
  animal: (count) => `${String(count)} 只动物`,
  bag: (count) => `${String(count)} 个包`,
};

const sureness = { possible: '可能是', likely: '很可能是', clear: '明显是' } as const;

const missing: Readonly<Record<ClaimOf<'limit'>['args']['without'], string>> = {
  nets: '仅凭运动判断：没有网络来识别人或物。',
  objects: '没有识别物体和车辆：只识别了姿态。',
  persons: '没有识别姿态：只识别了物体。',
};

const clauseOf = ({ args }: ClaimOf<'measured'>): string => measurement(args.attribute, args.value, args.unit);

/** One claim as a sentence. */
function sentence(claim: Claim): string {
  switch (claim.kind) {
    case 'what':
      return `${sureness[claim.args.sureness]}${className(claim.args.class)}（${percent(claim.args.probability)}）。`;
    case 'who':
      return `画面中有 ${counters[claim.args.subject](claim.args.count)}。`;
    case 'when': {
      const { start, end, openStart, openEnd } = claim.args;
      const open = openStart && openEnd ? '之前和之后' : openStart ? '之前' : openEnd ? '之后' : null;
      const caveat = open === null ? '' : `；${open}的情况没有看到`;
      return `${position(start)} 至 ${position(end)}${caveat}。`;
    }
    case 'where':
      return `${region(claim.args.place)}。`;
    case 'measured':
      return `${clauseOf(claim)}。`;
    case 'did':
      return `${deed(claim)}。`;
    case 'unusual-here':
      return `${unusualHere(claim)}。`;
    case 'unusual-frame':
      return `${unusualFrame(claim)}。`;
    case 'found-by': {
      const { reason, framesPerSecond } = claim.args;
      return `发现方式：${purposes[reason]}（${rate(framesPerSecond)}）。`;
    }
    case 'limit':
      return missing[claim.args.without];
    case 'alternative': {
      const [ruledOut, remains] = readings[claim.args.reading];
      return `${claim.args.outcome === 'ruled-out' ? ruledOut : remains}。`;
    }
    case 'text':
      return claim.args.text;
    default:
      return claim satisfies never;
  }
}

const claimsOf = <K extends ClaimKind>(claims: readonly Claim[], kind: K): ClaimOf<K>[] =>
  claims.filter((claim): claim is ClaimOf<K> => claim.kind === kind);

const listed = (clauses: readonly string[]) => (clauses.length === 0 ? [] : [`${clauses.join('，')}。`]);

/** All claims of an explanation as a short paragraph, in an order that reads well; empty for none. */
function explanation(claims: readonly Claim[]): string {
  const seen = claimsOf(claims, 'who').map(({ args }) => counters[args.subject](args.count));
  const alternatives = claimsOf(claims, 'alternative');
  const ruledOut = alternatives.filter(({ args }) => args.outcome === 'ruled-out');
  const remains = alternatives.filter(({ args }) => args.outcome !== 'ruled-out');
  return [
    ...claimsOf(claims, 'what').map(sentence),
    ...claimsOf(claims, 'text').map(sentence),
    ...claimsOf(claims, 'when').map(sentence),
    ...(seen.length === 0 ? [] : [`画面中有 ${joined(seen)}。`]),
    ...claimsOf(claims, 'where').map(sentence),
    ...claimsOf(claims, 'did').map(sentence),
    ...listed(claimsOf(claims, 'measured').map(clauseOf)),
    ...listed([
      ...claimsOf(claims, 'unusual-here').map(unusualHere),
      ...claimsOf(claims, 'unusual-frame').map(unusualFrame),
    ]),
    ...listed(ruledOut.map(({ args }) => readings[args.reading][0])),
    ...remains.map(sentence),
    ...claimsOf(claims, 'limit').map(sentence),
    ...claimsOf(claims, 'found-by').map(sentence),
  ].join('');
}

export const chineseFor: typeof englishFor = {
  class: className,
  reason: reasonName,
  claim: sentence,
  explanation,
  position,
  measurement,
  action,
  observation,
  measuredWith,
  outcome,
  gateReason,
  error: errorText,
  kept: keptSentence,
  doctorCheck,
};
