/** Chinese: what the gate found in a check, from its figures. */
import type { GateCheck } from '../training.ts';

const figure = (value: number | null, digits = 3) => (value === null ? '无' : value.toFixed(digits));

/** One check of the gate as a sentence. */
export function gateReason({ check, outcome, before, after, limit, figures = {} }: GateCheck): string {
  const { incidents, innocent, needed, lower, upper, recordings, actions, unparsed } = figures;
  const change = (digits: number) => `从 ${figure(before, digits)} 变为 ${figure(after, digits)}`;
  switch (check) {
    case 'verdicts': {
      if (incidents !== undefined && innocent !== undefined && needed !== undefined) {
        const labelled = `有标注的片段：有事件的 ${String(incidents)} 个，没有的 ${String(innocent)} 个`;
        return `${labelled}；各需 ${String(needed)} 个才能判断。`;
      }
      if (before === null || after === null) return '有标注的片段太少，无法判断。';
      const bounds =
        lower === undefined || upper === undefined ? '' : `，差值在 ${figure(lower)} 与 ${figure(upper)} 之间`;
      const loss = `在未用于学习的裁定上，对数损失${change(3)} 纳特${bounds}`;
      return { passed: `${loss}。`, failed: `${loss}，变差了。`, unknown: `${loss}：裁定太少，无法判断。` }[outcome];
    }
    case 'guard':
      if (outcome === 'unknown') return '用于把关的录像太少，无法比较。';
      return `在${recordings === undefined ? '' : ` ${String(recordings)} 段`}模拟录像上，效用${change(3)}。`;
    case 'parse-rate':
      if (actions !== undefined && unparsed !== undefined) {
        const all = `${String(actions)} 个动作`;
        return unparsed === 0 ? `${all}都合乎语法。` : `${all}中有 ${String(unparsed)} 个不合语法。`;
      }
      return outcome === 'passed'
        ? '每个动作都合乎语法。'
        : `${(100 * (1 - (after ?? 0))).toFixed(1)} % 的动作不合语法。`;
    case 'operators':
      return `查看动作的熵是最大值的 ${figure(after, 2)}，之前是 ${figure(before, 2)}。`;
    case 'chosen-log-prob':
      if (before === null || after === null) return '没有可以跟踪其较好路径的成对路径。';
      return outcome === 'failed'
        ? `较好路径的对数概率下降超过 ${String(100 * (limit ?? 0))} %，平均${change(2)}。`
        : `较好路径的平均对数概率${change(2)}。`;
    default:
      return check satisfies never;
  }
}
