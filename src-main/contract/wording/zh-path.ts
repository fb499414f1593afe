/** Chinese: the steps of a path into words. Nothing is said that the trajectory does not carry. */
import type { Action, Observation } from '../trajectory.ts';
import { attributeName, className, joined, measurement, percent, position, rate } from './zh-terms.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

const seconds = (value: number) => `${value.toFixed(value < 10 && value % 1 !== 0 ? 1 : 0)} 秒`;

/**
 * What a step did. `focus` is what the times of the action are relative to: the focus after the step before, in seconds
 * of the recording. Null is the opening look, which no one chose.
 */
export function action(taken: Action | null, focus: Span): string {
  if (taken === null) return '先快速浏览全部。';
  const length = focus.end - focus.start;
  switch (taken.operator) {
    case 'THINK': {
      const weighed = taken.attributes.map(attributeName);
      const said = taken.text.trim();
      if (weighed.length === 0) return said === '' ? '停下来思考。' : said;
      return `权衡了${joined(weighed)}。${said}`;
    }
    case 'BACKTRACK': {
      const start = focus.start - taken.distance * length;
      return `回看 ${seconds(taken.distance * length)}，到 ${position(Math.max(0, start))}。`;
    }
    case 'EXPAND':
      return `以 ${position(focus.start + length / 2)} 为中心，把视野扩大到 ${String(taken.factor)} 倍。`;
    case 'SAMPLE': {
      const [start, end] = [focus.start + taken.start, focus.start + taken.end];
      return `细看 ${position(Math.max(0, start))} 至 ${position(Math.max(0, end))}，${rate(taken.rate)}。`;
    }
    case 'FINAL': {
      const classes = taken.hypotheses.map((hypothesis) => className(hypothesis.class));
      return classes.length === 0 ? '决定：没有可标记的。' : `决定：${joined(classes)}。`;
    }
    default:
      return taken satisfies never;
  }
}

const nets = { motion: '运动', objects: '物体', persons: '姿态' } as const;

/** What a look returned, one clause for each thing that it says; `attributes` names and orders the measurements told. */
export function observation(seen: Observation, attributes?: readonly string[]): string[] {
  switch (seen.kind) {
    case 'perception': {
      const told =
        attributes === undefined
          ? seen.attributes
          : attributes.flatMap((name) => seen.attributes.find((attribute) => attribute.name === name) ?? []);
      return told.map(({ name, value, percentile }) => {
        const here = percentile === null ? '' : `（超过这里平常的 ${percent(Math.min(0.99, percentile))}）`;
        return `${measurement(name, value)}${here}`;
      });
    }
    case 'caption':
      return seen.segments.map(({ caption, score }) => {
        const found = score === null ? '模型没有回答' : `${percent(score)} 不寻常`;
        return caption === null ? found : `“${caption}”（${found}）`;
      });
    case 'symbols':
      return [`${seen.vocabulary} 的 ${String(seen.symbols.length)} 个符号：${seen.symbols.join(' ')}`];
    default:
      return seen satisfies never;
  }
}

/** What a look could tell, by what was there to measure with. */
export const measuredWith = (saw: Extract<Observation, { kind: 'perception' }>['saw']): string =>
  saw.length === 0 ? '什么也没有测量。' : `测量了${joined(saw.map((source) => nets[source]))}。`;

/** How the path ended: by the policy's own decision, or because something ran out. */
export function outcome(forcedFinal: 'steps' | 'seconds' | null, intervals: number): string {
  const flagged = intervals === 0 ? '没有可标记的' : `${String(intervals)} 个区间`;
  switch (forcedFinal) {
    case null:
      return `策略自行结束，${flagged}。`;
    case 'steps':
      return `步数用尽，策略只能凭已看到的作决定：${flagged}。`;
    case 'seconds':
      return `时间用尽，策略只能凭已看到的作决定：${flagged}。`;
    default:
      return forcedFinal satisfies never;
  }
}
