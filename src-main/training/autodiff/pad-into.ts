/** Puts a part back to where it was cut from, with zeros around. */
import type { Value } from '../../inference/graph/index.ts';
import type { Like, Ops } from './ops.ts';

/** How many elements lie before the part along an axis; 'rest': all that the part does not fill. */
export type Before = number | 'rest';

/** `part` within zeros of the shape `like`, one entry of `before` per axis. */
export function padInto(ops: Ops, part: Value, before: readonly Before[], like: Like): Value {
  const inner = ops.dims(part);
  const pads = like.dims.map((whole, axis) => {
    const [size, start] = [inner[axis], before[axis] ?? 0];
    if (size === whole) return { start: 0, end: 0 };
    if (typeof whole !== 'number' || typeof size !== 'number') return null;
    const rest = whole - size;
    return start === 'rest' ? { start: rest, end: 0 } : { start, end: rest - start };
  });
  if (pads.every((pad) => pad !== null)) {
    if (pads.every(({ start, end }) => start === 0 && end === 0)) return part;
    return ops.node('Pad', [part, ops.integers([...pads.map(({ start }) => start), ...pads.map(({ end }) => end)])]);
  }
  const rest = ops.sub(ops.shape(like), ops.shape({ dims: inner, value: () => part }));
  const isRest = ops.integers(before.map((start) => (start === 'rest' ? 1 : 0)));
  const starts = ops.add(ops.mul(rest, isRest), ops.integers(before.map((start) => (start === 'rest' ? 0 : start))));
  return ops.node('Pad', [part, ops.node('Concat', [starts, ops.sub(rest, starts)], { axis: { int: 0 } })]);
}
