/** The operators of the reference evaluator that are not elementwise: each as its definition says, nothing shared. */
import { at, broadcastDims, coordinatesOf, generate, placeOf, type Tensor, withCoordinate } from './tensor.ts';

const range = (length: number) => Array.from({ length }, (_, index) => index);
const sumOver = (length: number, term: (index: number) => number) =>
  range(length).reduce((sum, index) => sum + term(index), 0);

export function matMul(a: Tensor, b: Tensor): Tensor {
  const left = a.dims.length === 1 ? { ...a, dims: [1, ...a.dims] } : a;
  const right = b.dims.length === 1 ? { ...b, dims: [...b.dims, 1] } : b;
  const inner = left.dims.at(-1) ?? 0;
  const batch = broadcastDims([left.dims.slice(0, -2), right.dims.slice(0, -2), []]);
  const [rows = 0, columns = 0] = [left.dims.at(-2), right.dims.at(-1)];
  const product = generate([...batch, rows, columns], (coordinates) => {
    const [outer, row = 0, column = 0] = [coordinates.slice(0, -2), ...coordinates.slice(-2)];
    return sumOver(inner, (k) => at(left, [...outer, row, k]) * at(right, [...outer, k, column]));
  });
  const dims = [...batch, ...(a.dims.length === 1 ? [] : [rows]), ...(b.dims.length === 1 ? [] : [columns])];
  return { dims, data: product.data };
}

/** Every letter runs over its size; what the output does not name is summed. */
export function einsum(equation: string, inputs: readonly Tensor[]): Tensor {
  const [left = '', right = ''] = equation.replaceAll(' ', '').split('->');
  const operands = left.split(',');
  const letters = [...new Set(operands.join(''))];
  const sizes = letters.map((letter) =>
    Math.max(...operands.map((own, index) => inputs[index]?.dims[own.indexOf(letter)] ?? 1)),
  );
  const pick = (own: string, coordinates: readonly number[]) =>
    own.split('').map((letter) => coordinates[letters.indexOf(letter)] ?? 0);
  const dims = right.split('').map((letter) => sizes[letters.indexOf(letter)] ?? 1);
  const data = new Float64Array(dims.reduce((a, b) => a * b, 1));
  for (const coordinates of coordinatesOf(sizes)) {
    const product = inputs.reduce((all, input, index) => all * at(input, pick(operands[index] ?? '', coordinates)), 1);
    const place = placeOf(dims, pick(right, coordinates));
    data[place] = (data[place] ?? 0) + product;
  }
  return { dims, data };
}

/** Every line along the axes from `axis` on, or along `axis` only, replaced by `change` of it. */
function alongAxis(x: Tensor, axis: number, change: (line: readonly number[]) => readonly number[]): Tensor {
  const length = x.dims[axis] ?? 1;
  return generate(x.dims, (coordinates) => {
    const line = range(length).map((index) => at(x, withCoordinate(coordinates, axis, index)));
    return change(line)[coordinates[axis] ?? 0] ?? NaN;
  });
}

export function softmax(x: Tensor, axis: number): Tensor {
  return alongAxis(x, axis, (line) => {
    const top = Math.max(...line);
    const powers = line.map((element) => Math.exp(element - top));
    const total = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / total);
  });
}

export function cumulativeSum(x: Tensor, axis: number, exclusive: boolean, reverse: boolean): Tensor {
  return alongAxis(x, axis, (line) =>
    line.map((_, index) =>
      line
        .filter((__, other) => (reverse ? other > index : other < index) || (!exclusive && other === index))
        .reduce((a, b) => a + b, 0),
    ),
  );
}

/** With `isCentred` layer normalisation, without it the root-mean-square one; over the axes from `axis` on. */
export function normalize(x: Tensor, axis: number, epsilon: number, isCentred: boolean): Tensor {
  const inner = x.dims.slice(axis);
  return generate(x.dims, (coordinates) => {
    const group = [...coordinatesOf(inner)].map((rest) => at(x, [...coordinates.slice(0, axis), ...rest]));
    const mean = isCentred ? group.reduce((a, b) => a + b, 0) / group.length : 0;
    const variance = group.reduce((sum, element) => sum + (element - mean) ** 2, 0) / group.length;
    return (at(x, coordinates) - mean) / Math.sqrt(variance + epsilon);
  });
}

const norms: Readonly<Record<string, (group: readonly number[]) => number>> = {
  ReduceSum: (group) => group.reduce((a, b) => a + b, 0),
  ReduceMean: (group) => group.reduce((a, b) => a + b, 0) / group.length,
  ReduceMax: (group) => Math.max(...group),
  ReduceMin: (group) => Math.min(...group),
  ReduceL1: (group) => group.reduce((a, b) => a + Math.abs(b), 0),
  ReduceL2: (group) => Math.hypot(...group),
  ReduceSumSquare: (group) => group.reduce((a, b) => a + b * b, 0),
  ReduceLogSumExp: (group) => Math.log(group.reduce((a, b) => a + Math.exp(b), 0)),
};

export const isReduction = (operator: string): boolean => operator in norms;

/** Keeps reduced axes as 1. */
export function reduce(operator: string, x: Tensor, axes: readonly number[]): Tensor {
  const dims = x.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const inner = x.dims.map((dim, axis) => (axes.includes(axis) ? dim : 1));
  return generate(dims, (outer) => {
    const group = [...coordinatesOf(inner)].map((rest) =>
      at(
        x,
        outer.map((coordinate, axis) => coordinate + (rest[axis] ?? 0)),
      ),
    );
    return norms[operator]?.(group) ?? NaN;
  });
}

const wrap = (index: number, size: number) => (index < 0 ? index + size : index);

export function gather(x: Tensor, indices: Tensor, axis: number): Tensor {
  const rank = indices.dims.length;
  const dims = [...x.dims.slice(0, axis), ...indices.dims, ...x.dims.slice(axis + 1)];
  return generate(dims, (coordinates) => {
    const index = wrap(at(indices, coordinates.slice(axis, axis + rank)), x.dims[axis] ?? 1);
    return at(x, [...coordinates.slice(0, axis), index, ...coordinates.slice(axis + rank)]);
  });
}

export const gatherElements = (x: Tensor, indices: Tensor, axis: number): Tensor =>
  generate(indices.dims, (coordinates) =>
    at(x, withCoordinate(coordinates, axis, wrap(at(indices, coordinates), x.dims[axis] ?? 1))),
  );

/** The place in `x` that the index tuple at `outer` names. */
const tupleAt = (x: Tensor, indices: Tensor, outer: readonly number[]) =>
  range(indices.dims.at(-1) ?? 0).map((k) => wrap(at(indices, [...outer, k]), x.dims[k] ?? 1));

export function gatherND(x: Tensor, indices: Tensor): Tensor {
  const outerRank = indices.dims.length - 1;
  const dims = [...indices.dims.slice(0, -1), ...x.dims.slice(indices.dims.at(-1))];
  return generate(dims, (coordinates) =>
    at(x, [...tupleAt(x, indices, coordinates.slice(0, outerRank)), ...coordinates.slice(outerRank)]),
  );
}

export function scatterND(x: Tensor, indices: Tensor, updates: Tensor, adds: boolean): Tensor {
  const data = x.data.slice();
  const outerRank = indices.dims.length - 1;
  for (const coordinates of coordinatesOf(updates.dims)) {
    const place = placeOf(x.dims, [
      ...tupleAt(x, indices, coordinates.slice(0, outerRank)),
      ...coordinates.slice(outerRank),
    ]);
    data[place] = at(updates, coordinates) + (adds ? (data[place] ?? 0) : 0);
  }
  return { dims: x.dims, data };
}

export function scatterElements(x: Tensor, indices: Tensor, updates: Tensor, axis: number, adds: boolean): Tensor {
  const data = x.data.slice();
  for (const coordinates of coordinatesOf(indices.dims)) {
    const place = placeOf(x.dims, withCoordinate(coordinates, axis, wrap(at(indices, coordinates), x.dims[axis] ?? 1)));
    data[place] = at(updates, coordinates) + (adds ? (data[place] ?? 0) : 0);
  }
  return { dims: x.dims, data };
}

export interface Windowing {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
}

/** Elements of channel `channel` under the window at `spatial`; null where it lies in the padding. */
function* windowOf(
  x: Tensor,
  [n, channel]: readonly [number, number],
  spatial: readonly number[],
  kernel: readonly number[],
  w: Windowing,
) {
  for (const offset of coordinatesOf(kernel)) {
    const place = spatial.map(
      (index, axis) =>
        index * (w.strides[axis] ?? 1) + (offset[axis] ?? 0) * (w.dilations[axis] ?? 1) - (w.pads[axis] ?? 0),
    );
    const isInside = place.every((index, axis) => index >= 0 && index < (x.dims[axis + 2] ?? 0));
    yield { offset, element: isInside ? at(x, [n, channel, ...place]) : null };
  }
}

export function conv(x: Tensor, weights: Tensor, dims: readonly number[], group: number, w: Windowing): Tensor {
  const [outChannels = 1, perGroup = 1, ...kernel] = weights.dims;
  return generate(dims, ([n = 0, channel = 0, ...spatial]) => {
    const first = Math.floor(channel / (outChannels / group)) * perGroup;
    return sumOver(perGroup, (index) =>
      [...windowOf(x, [n, first + index], spatial, kernel, w)].reduce(
        (sum, { offset, element }) => sum + (element ?? 0) * at(weights, [channel, index, ...offset]),
        0,
      ),
    );
  });
}

export function pool(
  x: Tensor,
  dims: readonly number[],
  kernel: readonly number[],
  w: Windowing,
  kind: 'max' | 'mean',
): Tensor {
  return generate(dims, ([n = 0, channel = 0, ...spatial]) => {
    const elements = [...windowOf(x, [n, channel], spatial, kernel, w)].map(({ element }) => element);
    if (kind === 'max') return Math.max(...elements.map((element) => element ?? -Infinity));
    return elements.reduce<number>((sum, element) => sum + (element ?? 0), 0) / elements.length;
  });
}
