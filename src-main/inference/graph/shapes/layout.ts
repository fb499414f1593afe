/** Shapes of operators that arrange elements anew without computing with them, and of what tells shapes. */
import { intAttribute, intsAttribute } from '../attributes.ts';
import type { Dimension } from '../graph.ts';
import { broadcast, productOf, quotientOf, sumOf } from './dimension.ts';
import { axisOf, dimAt, inputOf, sizesOf, withDim, type Known, type Shaped, type ShapeRule } from './rule.ts';

/** Dimensions that input `index`, a vector, holds; unknown ones where only its length is known. */
function dimsIn(node: Shaped, index: number): readonly Dimension[] {
  const { content, dims } = inputOf(node, index);
  if (content !== undefined) return content;
  const length = dimAt(dims, 0);
  if (typeof length !== 'number') throw node.wrong('the number of its dimensions is not known');
  return Array.from({ length }, (_, axis) => node.unknown(axis));
}

const reshape: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const keepsZero = intAttribute(node.attributes, 'allowzero', 0) === 1;
  const wanted = dimsIn(node, 1).map((dim, axis) => (dim === 0 && !keepsZero ? dimAt(input.dims, axis) : dim));
  const open = wanted.indexOf(-1);
  const dims =
    open < 0
      ? wanted
      : withDim(
          wanted,
          open,
          quotientOf(
            input.dims,
            wanted.filter((_, axis) => axis !== open),
          ) ?? node.unknown(open),
        );
  const [before, after] = [productOf(input.dims), productOf(dims)];
  if (typeof before === 'number' && typeof after === 'number' && before !== after) {
    throw node.wrong(`${before} elements do not fill [${wanted.join(', ')}]`);
  }
  return [{ ...input, dims }];
};

const flatten: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const axis = intAttribute(node.attributes, 'axis', 1);
  return [{ type, dims: [productOf(dims.slice(0, axis)), productOf(dims.slice(axis))] }];
};

const transpose: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const perm = intsAttribute(node.attributes, 'perm') ?? dims.map((_, axis) => dims.length - 1 - axis);
  if (perm.length !== dims.length) throw node.wrong(`perm orders ${perm.length} of ${dims.length} axes`);
  return [{ type, dims: perm.map((axis) => dimAt(dims, axisOf(node, axis, dims.length))) }];
};

const squeeze: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const rank = input.dims.length;
  const named = sizesOf(node, 1, 'axes')?.map((axis) => axisOf(node, axis, rank));
  const axes = new Set(named ?? input.dims.flatMap((dim, axis) => (dim === 1 ? [axis] : [])));
  return [{ ...input, dims: input.dims.filter((_, axis) => !axes.has(axis)) }];
};

const unsqueeze: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const axes = sizesOf(node, 1, 'axes');
  if (axes === null) throw node.wrong('its axes are not known');
  const rank = input.dims.length + axes.length;
  const fresh = new Set(axes.map((axis) => axisOf(node, axis, rank)));
  const rest = input.dims.values();
  const dims = Array.from({ length: rank }, (_, axis) => (fresh.has(axis) ? 1 : (rest.next().value ?? 1)));
  return [{ ...input, dims }];
};

const concat: ShapeRule = (node) => {
  const parts = node.inputs.map((_, index) => inputOf(node, index));
  const [{ type, dims }] = [inputOf(node, 0)];
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', 0), dims.length);
  const content = parts.every((part) => part.content !== undefined)
    ? parts.flatMap((part) => part.content ?? [])
    : null;
  const whole = withDim(dims, axis, sumOf(parts.map((part) => dimAt(part.dims, axis))));
  return [{ type, dims: whole, ...(content && { content }) }];
};

const split: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const axis = axisOf(node, intAttribute(node.attributes, 'axis', 0), dims.length);
  const sizes = sizesOf(node, 1, 'split');
  const total = dimAt(dims, axis);
  const equal = typeof total === 'number' ? Math.ceil(total / node.outputCount) : null;
  return Array.from({ length: node.outputCount }, (_, part) => {
    const rest = equal === null ? null : Math.min(equal, Number(total) - part * equal);
    return { type, dims: withDim(dims, axis, sizes?.[part] ?? rest ?? node.unknown(`part${part}`)) };
  });
};

/** Number of elements from `start` to `end` by `step` in a dimension of `size`, as ONNX clamps them. */
function sliceSize(size: number, start: number, end: number, step: number): number {
  const clamp = (index: number, low: number, high: number) =>
    Math.min(Math.max(index < 0 ? index + size : index, low), high);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  return Math.max(0, Math.ceil((clamp(end, low, high) - clamp(start, step > 0 ? 0 : 0, high)) / step));
}

const slice: ShapeRule = (node) => {
  const input = inputOf(node, 0);
  const { type, dims } = input;
  const [starts, ends] = [sizesOf(node, 1, 'starts'), sizesOf(node, 2, 'ends')];
  const axes = sizesOf(node, 3, 'axes') ?? starts?.map((_, axis) => axis) ?? dims.map((_, axis) => axis);
  const steps = sizesOf(node, 4, 'steps');
  let result = [...dims];
  for (const [index, named] of axes.entries()) {
    const axis = axisOf(node, named, dims.length);
    const [size, start, end, step] = [dimAt(dims, axis), starts?.[index], ends?.[index], steps?.[index] ?? 1];
    if (start === undefined || end === undefined) result = withDim(result, axis, node.unknown(axis));
    else if (start === 0 && end >= 2 ** 31 - 1 && step === 1) continue;
    else if (typeof size === 'number') result = withDim(result, axis, sliceSize(size, start, end, step));
    else result = withDim(result, axis, `(${size})[${start}:${end}:${step}]`);
  }
  const content =
    input.content && starts && ends && steps === null
      ? input.content.slice(starts[0], Math.min(ends[0] ?? 0, input.content.length))
      : null;
  return [{ type, dims: result, ...(content && { content }) }];
};

const expand: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const wide = broadcast([dims, dimsIn(node, 1)]);
  if (wide === null) throw node.wrong(`[${dims.join(', ')}] does not expand to [${dimsIn(node, 1).join(', ')}]`);
  return [{ type, dims: wide }];
};

const pad: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const pads = sizesOf(node, 1, 'pads');
  const axes = sizesOf(node, 3, 'axes') ?? dims.map((_, axis) => axis);
  let result = [...dims];
  for (const [index, named] of axes.entries()) {
    const axis = axisOf(node, named, dims.length);
    const [before, after] = [pads?.[index], pads?.[index + axes.length]];
    const known = before !== undefined && after !== undefined;
    result = withDim(result, axis, known ? sumOf([dimAt(dims, axis), before + after]) : node.unknown(axis));
  }
  return [{ type, dims: result }];
};

const tile: ShapeRule = (node) => {
  const { type, dims } = inputOf(node, 0);
  const repeats = sizesOf(node, 1, 'repeats');
  return [
    { type, dims: dims.map((dim, axis) => (repeats ? productOf([dim, repeats[axis] ?? 1]) : node.unknown(axis))) },
  ];
};

const shape: ShapeRule = (node) => {
  const { dims } = inputOf(node, 0);
  const [start, end] = [intAttribute(node.attributes, 'start', 0), intAttribute(node.attributes, 'end', dims.length)];
  const content = dims.slice(start, end);
  return [{ type: 'int64', dims: [content.length], content }];
};

const size: ShapeRule = (node) => [{ type: 'int64', dims: [], content: [productOf(inputOf(node, 0).dims)] }];

const constantOfShape: ShapeRule = (node) => [{ type: 'float32', dims: dimsIn(node, 0) }];

const range: ShapeRule = (node) => {
  const bounds = node.inputs.map((input) => input?.content?.[0]);
  const [start, limit, step] = bounds;
  const { type } = inputOf(node, 0);
  if (start === 0 && step === 1 && limit !== undefined) return [{ type, dims: [limit] } satisfies Known];
  const known = typeof start === 'number' && typeof limit === 'number' && typeof step === 'number';
  return [{ type, dims: [known ? Math.max(0, Math.ceil((limit - start) / step)) : node.unknown(0)] }];
};

export const layoutShapes: readonly (readonly [string, ShapeRule])[] = [
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Transpose', transpose],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Concat', concat],
  ['Split', split],
  ['Slice', slice],
  ['Expand', expand],
  ['Pad', pad],
  ['Tile', tile],
  ['Shape', shape],
  ['Size', size],
  ['ConstantOfShape', constantOfShape],
  ['Range', range],
];
