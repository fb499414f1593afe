/** Gradients of operators that arrange elements anew. */
import { intAttribute, intsAttribute, stringAttribute, type Value } from '../../../inference/graph/index.ts';
import type { Like } from '../ops.ts';
import { frontAxis, knownIntegers, type Backward, type GradientRule, type GradientRules } from '../rule.ts';
import { scatterAlong } from '../scatter.ts';
import { padInto, type Before } from '../pad-into.ts';

/** Ends from here on mean 'to the end'. */
const unbounded = 2 ** 31 - 1;

const reshaped: GradientRule = ({ ops, upstream, like }) => [() => ops.reshape(upstream, like(0))];

const transpose: GradientRule = ({ ops, upstream, attributes, dims }) => [
  () => {
    const rank = dims(0).length;
    const perm = intsAttribute(attributes, 'perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
    const inverse = perm.map((_, axis) => perm.indexOf(axis));
    return ops.transpose(upstream, inverse);
  },
];

const concat: GradientRule = ({ ops, node, attributes, upstream, dims, like }) => {
  const axis = frontAxis(intAttribute(attributes, 'axis', 0), dims(0).length);
  const sizes = () =>
    node.inputs.map((_, index) => {
      const size = dims(index)[axis];
      if (typeof size === 'number') return ops.integers([size]);
      return ops.node('Gather', [ops.shape(like(index)), ops.integers([axis])]);
    });
  let parts: readonly Value[] | null = null;
  const split = () =>
    (parts ??= ops.builder.nodeWithOutputs(
      'Split',
      [upstream, ops.node('Concat', sizes(), { axis: { int: 0 } })],
      node.inputs.length,
      { axis: { int: axis } },
      'gradient/Split',
    ));
  return node.inputs.map((_, index) => () => split()[index] ?? upstream);
};

/** Parts to which nothing came back are zeros. */
const split: GradientRule = ({ ops, node, attributes, upstreamOf, dims, likeOutput }) => [
  () => {
    const axis = frontAxis(intAttribute(attributes, 'axis', 0), dims(0).length);
    const upstreams = node.outputs.map((_, index) => upstreamOf(index));
    const element = upstreams.find((upstream) => upstream !== null) ?? ops.scalar(0, { name: node.inputs[0] ?? '' });
    const parts = upstreams.map((upstream, index) => upstream ?? ops.zeros(likeOutput(index), element));
    return ops.node('Concat', parts, { axis: { int: axis } });
  },
  null,
];

interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly end: number | null;
  readonly step: number;
}

function cutsOf(node: Backward): readonly Cut[] {
  const starts = knownIntegers(node, 1) ?? [];
  const axes = knownIntegers(node, 3) ?? starts.map((_, axis) => axis);
  const steps = knownIntegers(node, 4) ?? starts.map(() => 1);
  const ends = node.ops.builder.integers(node.input(2));
  return starts.map((start, index) => {
    const end = ends?.[index];
    return {
      axis: frontAxis(axes[index] ?? 0, node.dims(0).length),
      start,
      end: typeof end === 'number' ? end : null,
      step: steps[index] ?? 1,
    };
  });
}

/** How many elements lie before a cut of step 1. */
function beforeCut({ start, end }: Cut, size: string | number, { unsupported }: Backward): Before {
  if (typeof size === 'number') return Math.min(Math.max(start < 0 ? start + size : start, 0), size);
  if (start >= 0) return start;
  if (end !== null && end >= unbounded) return 'rest';
  throw unsupported('it counts from the end of a dimension that only a run tells');
}

const slice: GradientRule = (node) => [
  () => {
    const { ops, upstream, dims, like, unsupported } = node;
    const cuts = cutsOf(node);
    const strided = cuts.filter((cut) => cut.step !== 1);
    if (strided.length === 0) {
      const before = dims(0).map((size, axis): Before => {
        const cut = cuts.find((other) => other.axis === axis);
        return cut ? beforeCut(cut, size, node) : 0;
      });
      return padInto(ops, upstream, before, like(0));
    }
    const [cut] = strided;
    const size = cut && dims(0)[cut.axis];
    if (cuts.length > 1 || cut === undefined || typeof size !== 'number') {
      throw unsupported('steps other than 1 need one axis of known size');
    }
    return scatterAlong(ops, upstream, ops.integers(picked(cut, size)), cut.axis, like(0));
  },
  ...[null, null, null, null],
];

/** The indices that a cut with a step takes from `size` elements. */
function picked({ start, end, step }: Cut, size: number): readonly number[] {
  const all = Array.from({ length: size }, (_, index) => index);
  const clamp = (index: number) => (index < 0 ? index + size : index);
  const [low, high] = [clamp(start), end === null || end < -size ? -1 : clamp(end)];
  return step > 0
    ? all.filter((index) => index >= low && index < high && (index - low) % step === 0)
    : all
        .toReversed()
        .filter((index) => index <= low && index > high && (Math.min(low, size - 1) - index) % -step === 0);
}

const expand: GradientRule = ({ upstream, towards }) => [() => towards(0, upstream), null];

/** What was added around is cut away again. */
const pad: GradientRule = (node) => [
  () => {
    const { ops, attributes, upstream, dims, like, unsupported } = node;
    if (stringAttribute(attributes, 'mode', 'constant') !== 'constant') throw unsupported('its mode is not constant');
    const pads = knownIntegers(node, 1) ?? [];
    const axes = knownIntegers(node, 3) ?? dims(0).map((_, axis) => axis);
    const starts = axes.map((_, index) => pads[index] ?? 0);
    if (pads.some((size) => size < 0)) throw unsupported('it pads by a negative number');
    const ends = cutEnds(node, like(0), axes, starts);
    return ops.node('Slice', [upstream, ops.integers(starts), ends, ops.integers(axes)]);
  },
  ...[null, null, null],
];

function cutEnds({ ops, dims }: Backward, like: Like, axes: readonly number[], starts: readonly number[]): Value {
  const sizes = axes.map((axis) => dims(0)[frontAxis(axis, dims(0).length)]);
  const known = sizes.flatMap((size, index) => (typeof size === 'number' ? [size + (starts[index] ?? 0)] : []));
  if (known.length === axes.length) return ops.integers(known);
  return ops.add(ops.node('Gather', [ops.shape(like), ops.integers(axes)]), ops.integers(starts));
}

export const layoutGradients: GradientRules = [
  ['Reshape', reshaped],
  ['Flatten', reshaped],
  ['Squeeze', reshaped],
  ['Unsqueeze', reshaped],
  ['Transpose', transpose],
  ['Concat', concat],
  ['Split', split],
  ['Slice', slice],
  ['Expand', expand],
  ['Pad', pad],
];
