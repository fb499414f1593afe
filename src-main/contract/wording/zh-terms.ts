/** Chinese terms that claims and paths share: classes, numbers, times, measurements. */
import type { FoundByReason } from '../claim.ts';
import { isListedReason, type RejectionReason } from '../flag.ts';
import { position, type shortWords as englishShortWords } from './en-terms.ts';

export { position };

/** Names of the default classes, by id; a reviewer's own class has a label of its own. */
const classNames: Readonly<Record<string, string>> = {
  normal: '正常',
  unusual: '不寻常之事',
  fight: '打斗',
  fall: '跌倒',
  running: '奔跑',
  theft: '盗窃',
  loitering: '徘徊',
  'left-behind-object': '遗留物品',
  vandalism: '破坏行为',
  collision: '碰撞或交通事故',
  intrusion: '闯入',
  'crowd-disturbance': '人群骚动或四散',
  'fire-smoke-explosion': '火、烟或爆炸',
  'wrong-way': '逆行',
};

/** What a class is called; a class without words of its own by its id, hyphens as spaces. */
export const className = (id: string): string => classNames[id] ?? id.replaceAll('-', ' ');

/** Reasons for which flags are rejected, by id. */
const reasonNames: Readonly<Record<RejectionReason, string>> = {
  'usual-here': '在这里很平常',
  allowed: '允许的或工作人员',
  'light-or-weather': '光线或天气',
  animal: '动物',
  camera: '摄像机本身',
  'too-small': '微不足道',
  'nothing-there': '什么也看不到',
  twice: '重复标记',
};

/** A verdict's reason as it is read: one of the list in words, any other as the reviewer wrote it. */
export const reasonName = (reason: string): string => (isListedReason(reason) ? reasonNames[reason] : reason);

export const percent = (share: number) => `${String(Math.round(100 * share))} %`;
export const oneDecimal = (value: number) => value.toFixed(1);
export const joined = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join('、')}和${parts.at(-1) ?? ''}`;

/** Units of a length, as they stand after a number, and what stands between the items of a list. */
export const shortWords: typeof englishShortWords = {
  day: '天',
  hour: '小时',
  minute: '分钟',
  second: '秒',
  comma: '、',
};

/** Names of attributes, where one is spoken of by itself. */
const attributeNames: Readonly<Record<string, string>> = {
  motion: '运动',
  'motion-peak': '最大运动',
  'motion-onset': '运动突起',
  'motion-stop': '运动骤停',
  'motion-erratic': '运动杂乱',
  'motion-speed': '运动速度',
  'motion-coherence': '运动一致',
  'motion-outside': '物体外的运动',
  'light-change': '光线变化',
  'camera-moved': '摄像机移动',
  cut: '画面跳切',
  persons: '人数',
  vehicles: '车辆数',
  animals: '动物数',
  bags: '包数',
  crowd: '聚集',
  'person-gap': '人与人的距离',
  'person-overlap': '人与人的重叠',
  'person-speed': '人的速度',
  'person-start': '人突然起动',
  'person-stop': '人突然停下',
  'limb-speed': '手脚的速度',
  'wrist-in-other': '手在他人身上',
  bent: '弯腰',
  lying: '躺卧',
  fall: '跌倒',
  'crowd-speed': '人群的速度',
  'approach-speed': '接近的速度',
  chase: '追赶',
  dwell: '停留',
  'vehicle-speed': '车的速度',
  'vehicle-stop': '车突然停下',
  'vehicle-overlap': '车辆重叠',
  'person-vehicle-gap': '人与车的距离',
  'left-behind': '遗留',
  'against-flow': '逆着车流',
};

export const attributeName = (attribute: string) => attributeNames[attribute] ?? attribute.replaceAll('-', ' ');

const heights = (value: number) => `每秒 ${oneDecimal(value)} 个身高`;
const ofPoses = (value: number) => `在 ${percent(value)} 看到姿态的画面中`;
const whole = (value: number) => String(Math.round(value));

/** Measurements as clauses; `value` in the attribute's unit. An attribute that is not here is named with its value. */
const measurements: Readonly<Record<string, (value: number) => string>> = {
  motion: (value) => `画面平均有 ${percent(value)} 在运动`,
  'motion-peak': (value) => `最多同时有 ${percent(value)} 的画面在运动`,
  'motion-onset': (value) => `运动突然开始，多覆盖 ${percent(value)} 的画面`,
  'motion-stop': (value) => `运动突然停止，涉及 ${percent(value)} 的画面`,
  'motion-erratic': (value) => `${percent(value)} 的运动是急促而不平顺的`,
  'motion-speed': (value) => `最快的运动每秒越过 ${oneDecimal(value)} 个画面高度`,
  'motion-coherence': (value) => (value < 0.65 ? '运动朝向不同方向' : `${percent(value)} 的运动朝同一方向`),
  'motion-outside': (value) => `${percent(value)} 的运动不属于任何被识别的人或物体`,
  persons: (value) => `画面中有 ${whole(value)} 人`,
  vehicles: (value) => `画面中有 ${whole(value)} 辆车`,
  crowd: (value) => `${whole(value)} 人聚在一起`,
  'person-gap': (value) => (value < 0.05 ? '两人相触或重叠' : `两人相距 ${oneDecimal(value)} 个身高`),
  'person-speed': (value) => `有人以${heights(value)}的速度移动`,
  'limb-speed': (value) => `有手或脚以${heights(value)}的速度移动`,
  'wrist-in-other': (value) => `${ofPoses(value)}，有人的手在他人身上`,
  bent: (value) => `${ofPoses(value)}，有人弯着腰`,
  lying: (value) => `${ofPoses(value)}，有人躺着`,
  fall: (value) => `有人由站立变为躺倒${Math.round(value) > 1 ? `，共 ${whole(value)} 次` : ''}`,
  animals: (value) => `画面中有 ${whole(value)} 只动物`,
  bags: (value) => `画面中有 ${whole(value)} 个包`,
  'light-change': (value) => `光线最多变化 ${percent(value)}`,
  'camera-moved': (value) => `整个画面最多移动其宽度的 ${percent(value)}`,
  cut: (value) => (Math.round(value) === 0 ? '画面连续，没有跳切' : `画面跳切 ${whole(value)} 次`),
  'vehicle-speed': (value) => `有车以每秒 ${oneDecimal(value)} 个车长的速度移动`,
  'vehicle-stop': (value) => `有车的速度一下子减少每秒 ${oneDecimal(value)} 个车长`,
  'vehicle-overlap': (value) => `一辆车有 ${percent(value)} 与另一辆重叠，其中一辆在移动`,
  'person-vehicle-gap': (value) =>
    value < 0.05 ? '有人与移动的车相触或重叠' : `有人距移动的车 ${oneDecimal(value)} 个身高`,
  'person-overlap': (value) => `在 ${percent(value)} 有人的画面中两人重叠`,
  'person-start': (value) => `有人一下子加快${heights(value)}`,
  'person-stop': (value) => `有人一下子减慢${heights(value)}`,
  'crowd-speed': (value) => `多数人以${heights(value)}或更快的速度移动`,
  'approach-speed': (value) => `两人以${heights(value)}的速度接近`,
  chase: (value) => `一人跟在另一人后面，二者速度都在${heights(value)}以上`,
  dwell: (value) => `有人在一处停留 ${oneDecimal(value)} 秒`,
  'left-behind': (value) => `一个包离开带它来的人独自停放 ${oneDecimal(value)} 秒`,
  'against-flow': (value) => `有车的方向与经过同一处的其他车的 ${percent(value)} 相反`,
};

/** Attributes that have a clause of their own. */
export const measuredAttributes: readonly string[] = Object.keys(measurements);

/** What a look was taken for. */
export const purposes: Readonly<Record<FoundByReason, string>> = {
  'opening-look': '最初的快速浏览',
  'even-sampling': '均匀地查看全部',
  'activity-peak': '查看比别处更有动静的地方',
  'closer-look': '在突出之处细看',
  'onset-search': '回看它如何开始',
  context: '查看它的前后',
  'second-look': '第二次更密的查看',
};

/** A measurement as a clause; one that has no words of its own by its name, value and, where it is known, unit. */
export function measurement(attribute: string, value: number, unit?: string): string {
  const known = measurements[attribute]?.(value);
  return known ?? `${attributeName(attribute)} ${oneDecimal(value)}${unit === undefined ? '' : `（${unit}）`}`;
}

/** How densely a look samples. */
export const rate = (framesPerSecond: number): string =>
  framesPerSecond >= 1 ? `每秒 ${String(framesPerSecond)} 帧` : `每 ${String(Math.round(1 / framesPerSecond))} 秒一帧`;
