/** Chinese: what one of those in view did, as a predicate, and how it compares with what a camera usually shows. */
import type { ClaimOf, ClaimParticipant } from '../claim.ts';
import { attributeName, joined, measurement, oneDecimal, percent, position } from './zh-terms.ts';

const ofPoses = (value: number) => `在 ${percent(value)} 看到姿态的画面中`;
const heights = (value: number) => `每秒 ${oneDecimal(value)} 个身高`;
const apart = (value: number) => (value < 0.05 ? '相触或重叠' : `相距 ${oneDecimal(value)} 个身高`);

/** Predicates of those whom an attribute is about; `value` in the attribute's unit. */
const predicates: Readonly<Record<string, (value: number) => string>> = {
  'person-speed': (value) => `以${heights(value)}的速度移动`,
  'limb-speed': (value) => `的手或脚以${heights(value)}的速度移动`,
  'person-start': (value) => `一下子加快${heights(value)}`,
  'person-stop': (value) => `一下子减慢${heights(value)}`,
  'wrist-in-other': (value) => `${ofPoses(value)}手在他人身上`,
  bent: (value) => `${ofPoses(value)}弯着腰`,
  lying: (value) => `${ofPoses(value)}躺着`,
  fall: () => '由站立变为躺倒',
  dwell: (value) => `在两个身高之内停留了 ${value.toFixed(0)} 秒`,
  'person-gap': apart,
  'person-overlap': (value) => `在 ${percent(value)} 有人的画面中互相遮挡或抱住`,
  'approach-speed': (value) => `以${heights(value)}的速度互相接近`,
  chase: (value) => `以${heights(value)}的速度一前一后`,
  'vehicle-speed': (value) => `以每秒 ${oneDecimal(value)} 个车长的速度移动`,
  'vehicle-stop': (value) => `的速度一下子减少每秒 ${oneDecimal(value)} 个车长`,
  'vehicle-overlap': (value) => `在其中一辆移动时重叠了一辆的 ${percent(value)}`,
  'against-flow': (value) => `与那里其他车的 ${percent(value)} 方向相反`,
  'person-vehicle-gap': (value) => `在车移动时${apart(value)}`,
  'left-behind': (value) => `静止不动，${value.toFixed(0)} 秒内附近无人`,
};

const subjects: Readonly<Record<ClaimParticipant['subject'], string>> = {
  person: '人',
  vehicle: '车',
  animal: '动物',
  bag: '包',
};
const named = ({ subject, number }: ClaimParticipant) => `${subjects[subject]} ${String(number)} `;

/** Who did what and when, as a clause. */
export function deed({ args }: ClaimOf<'did'>): string {
  const { attribute, value, unit, start, end, others } = args;
  const who = joined([args, ...others].map(named));
  const did = predicates[attribute]?.(value) ?? `显示${measurement(attribute, value, unit)}`;
  const when = end > start ? `${position(start)} 至 ${position(end)}` : `${position(start)} 时`;
  return `${when}，${who}${did}`;
}

/** How more of an attribute is called. */
const comparisons: Readonly<Record<string, string>> = {
  motion: '运动的画面更多',
  'motion-peak': '同时运动的画面更多',
  'motion-onset': '运动开始得更突然',
  'motion-stop': '运动停止得更突然',
  'motion-erratic': '运动更急促',
  'motion-speed': '运动更快',
  'motion-coherence': '朝同一方向的运动更多',
  'motion-outside': '不属于被识别物体的运动更多',
  'light-change': '光线变化更大',
  'camera-moved': '摄像机移动更多',
  cut: '画面跳切更多',
  persons: '画面中的人更多',
  vehicles: '画面中的车更多',
  animals: '画面中的动物更多',
  bags: '画面中的包更多',
  crowd: '聚在一起的人更多',
  'person-gap': '两人离得更近',
  'person-overlap': '人与人互相遮挡或抱住得更多',
  'person-speed': '有人移动得更快',
  'person-start': '有人起动得更突然',
  'person-stop': '有人停下得更突然',
  'limb-speed': '手或脚移动得更快',
  'wrist-in-other': '手在他人身上的时候更多',
  bent: '弯腰的时候更多',
  lying: '躺着的时候更多',
  fall: '跌倒更多',
  'crowd-speed': '人群移动得更快',
  'approach-speed': '两人接近得更快',
  chase: '一人跟随另一人更快',
  dwell: '停留得更久',
  'vehicle-speed': '车移动得更快',
  'vehicle-stop': '车停下得更突然',
  'vehicle-overlap': '车辆重叠得更多',
  'person-vehicle-gap': '人离移动的车更近',
  'left-behind': '包独自停放得更久',
  'against-flow': '车更多地逆着其他车',
};

const novelties: Readonly<Record<ClaimOf<'unusual-frame'>['args']['by'], string>> = {
  frame: '画面更陌生',
  velocity: '有物体的运动方式在其所处之处更陌生',
  object: '画面中有更陌生的物体',
  pose: '有人的姿势更陌生',
  place: '有物体处在更陌生的位置',
};

/** A share from above, never more than it is; at most 99.9 %, because a camera's footage so far cannot tell more. */
function shareBelow(share: number): string {
  const perMille = Math.min(999, Math.floor(1000 * share + 1e-9));
  return perMille >= 990 ? `${(perMille / 10).toFixed(1)} %` : `${String(Math.floor(perMille / 10))} %`;
}

const usually = (share: number, atHour: boolean, of: string) =>
  `比${of}${atHour ? '在这个时段' : ''}的 ${shareBelow(share)} `;

/** How unusual a measurement is for the camera, as a clause. */
export const unusualHere = ({ args }: ClaimOf<'unusual-here'>): string =>
  `${usually(args.percentile, args.atHour, '此摄像机平常')}${comparisons[args.attribute] ?? `有更多${attributeName(args.attribute)}`}`;

export const unusualFrame = ({ args }: ClaimOf<'unusual-frame'>): string =>
  `${usually(args.percentile, args.atHour, '此摄像机的画面')}${novelties[args.by]}`;
