/** Adds slices up at the indices that they were gathered from. */
import type { Value } from '../../inference/graph/index.ts';
import type { Like, Ops } from './ops.ts';

/** The operator set that brought scattering with addition. Source: ONNX 1.11. */
const scatterAddOpset = 16;

/**
 * Zeros of the shape `like`, to which `gradient` (`like`'s dims with those of `indices` in place of `axis`) is added.
 * An index may come any number of times. ScatterElements adds in order on the CPU, whereas ONNX Runtime's ScatterND adds
 * in several threads without a lock and loses contributions (seen in 1.30).
 */
export function scatterAlong(ops: Ops, gradient: Value, indices: Value, axis: number, like: Like): Value {
  ops.builder.requireOpset(scatterAddOpset);
  const rank = like.dims.length;
  const column = ops.integers(Array.from({ length: rank }, (_, other) => (other === axis ? -1 : 1)));
  const merged = mergeAxes(ops, gradient, ops.dims(indices).length, axis, like);
  const places = ops.node('Expand', [
    ops.node('Reshape', [ops.cast(indices, 'int64'), column]),
    ops.shape({ dims: ops.dims(merged), value: () => merged }),
  ]);
  return ops.node('ScatterElements', [ops.zeros(like, gradient), places, merged], {
    axis: { int: axis },
    reduction: { string: 'add' },
  });
}

/** `gradient` with the `count` axes from `axis` on as one. */
function mergeAxes(ops: Ops, gradient: Value, count: number, axis: number, like: Like): Value {
  if (count === 1) return gradient;
  if (count === 0) return ops.unsqueeze(gradient, [axis]);
  const [before, after] = [like.dims.slice(0, axis), like.dims.slice(axis + 1)];
  if ([...before, ...after].every((dim) => typeof dim === 'number')) {
    return ops.node('Reshape', [gradient, ops.integers([...before, -1, ...after].map(Number))]);
  }
  const shape = ops.shape(like);
  const sides = [before.map((_, index) => index), after.map((_, index) => axis + 1 + index)].map((axes) =>
    axes.length === 0 ? [] : [ops.node('Gather', [shape, ops.integers(axes)])],
  );
  const target = [...(sides[0] ?? []), ops.integers([-1]), ...(sides[1] ?? [])];
  return ops.node('Reshape', [gradient, ops.node('Concat', target, { axis: { int: 0 } })]);
}
