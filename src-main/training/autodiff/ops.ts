/** Short names for the nodes that gradient rules are written in, and what they need to know of shapes. */
import {
  onnxTypeOf,
  type Attributes,
  type Dimension,
  type ElementType,
  type GraphBuilder,
  type TensorData,
  type Value,
} from '../../inference/graph/index.ts';

/** A shape to bring a value to. `value` has it, and is asked for only where a run must tell the sizes. */
export interface Like {
  readonly dims: readonly Dimension[];
  value(): Value;
}

export class Ops {
  readonly builder: GraphBuilder;
  readonly #constants = new Map<string, Value>();
  readonly #shapes = new Map<string, Value>();

  constructor(builder: GraphBuilder) {
    this.builder = builder;
  }

  node(operator: string, inputs: readonly (Value | null)[], attributes: Attributes = {}): Value {
    return this.builder.node(operator, inputs, attributes, `gradient/${operator}`);
  }

  add = (a: Value, b: Value): Value => this.node('Add', [a, b]);
  sub = (a: Value, b: Value): Value => this.node('Sub', [a, b]);
  mul = (a: Value, b: Value): Value => this.node('Mul', [a, b]);
  div = (a: Value, b: Value): Value => this.node('Div', [a, b]);
  neg = (a: Value): Value => this.node('Neg', [a]);
  exp = (a: Value): Value => this.node('Exp', [a]);

  dims(value: Value): readonly Dimension[] {
    return this.builder.info(value).dims;
  }

  /** `value` times a number. */
  scale(value: Value, factor: number): Value {
    return factor === 1 ? value : this.mul(value, this.scalar(factor, value));
  }

  /** A constant of the element type of `like`. Throws RangeError where that is no type for gradients. */
  scalar(number: number, like: Value): Value {
    const { type } = this.builder.info(like);
    return this.#once(`${type} ${Object.is(number, -0) ? '-0' : number}`, () => scalarTensor(type, number, like.name));
  }

  /** A vector of int64: axes, sizes, pads. */
  integers(numbers: readonly number[]): Value {
    const data = BigInt64Array.from(numbers, BigInt);
    return this.#once(`int64 [${numbers.join(' ')}]`, () => ({ type: 'int64', dims: [numbers.length], data }));
  }

  cast(value: Value, to: ElementType): Value {
    return this.builder.info(value).type === to ? value : this.node('Cast', [value], { to: { int: onnxTypeOf[to] } });
  }

  /** `value` where `condition` holds, else 0. */
  keepWhere(condition: Value, value: Value): Value {
    return this.node('Where', [condition, value, this.scalar(0, value)]);
  }

  transpose(value: Value, perm: readonly number[]): Value {
    return perm.every((axis, index) => axis === index)
      ? value
      : this.node('Transpose', [value], { perm: { ints: perm } });
  }

  /** The last two axes exchanged. */
  transposeMatrix(value: Value): Value {
    const rank = this.dims(value).length;
    const perm = Array.from({ length: rank }, (_, axis) => axis);
    return this.transpose(value, [...perm.slice(0, -2), rank - 1, rank - 2]);
  }

  /** As a matrix whose columns are the last axis. */
  rows(value: Value): Value {
    const dims = this.dims(value);
    const columns = dims.at(-1);
    if (dims.length === 2) return value;
    return typeof columns === 'number'
      ? this.node('Reshape', [value, this.integers([-1, columns])])
      : this.node('Flatten', [value], { axis: { int: dims.length - 1 } });
  }

  unsqueeze(value: Value, axes: readonly number[]): Value {
    return axes.length === 0 ? value : this.node('Unsqueeze', [value, this.integers(axes)]);
  }

  sum(value: Value, axes: readonly number[], keep: boolean): Value {
    return this.node('ReduceSum', [value, this.integers(axes)], { keepdims: { int: keep ? 1 : 0 } });
  }

  mean(value: Value, axes: readonly number[]): Value {
    return this.builder.opset < 18
      ? this.node('ReduceMean', [value], { axes: { ints: axes }, keepdims: { int: 1 } })
      : this.node('ReduceMean', [value, this.integers(axes)], { keepdims: { int: 1 } });
  }

  /** `like`'s dimensions as a vector of int64. */
  shape({ dims, value }: Like): Value {
    if (dims.every((dim) => typeof dim === 'number')) return this.integers(dims);
    const key = dims.join(' ');
    const known = this.#shapes.get(key) ?? this.#shapeFromInputs(dims) ?? this.node('Shape', [value()]);
    this.#shapes.set(key, known);
    return known;
  }

  /** The same elements in `like`'s dimensions. */
  reshape(value: Value, like: Like): Value {
    if (sameDims(this.dims(value), like.dims)) return value;
    const named = like.dims.filter((dim) => typeof dim === 'string');
    const target =
      named.length === 1
        ? this.integers(like.dims.map((dim) => (typeof dim === 'string' ? -1 : dim)))
        : this.shape(like);
    return this.node('Reshape', [value, target]);
  }

  expand(value: Value, like: Like): Value {
    return sameDims(this.dims(value), like.dims) ? value : this.node('Expand', [value, this.shape(like)]);
  }

  zeros(like: Like, element: Value): Value {
    return this.expand(this.scalar(0, element), like);
  }

  /** What broadcasting `like` to `value`'s dimensions repeated, added up: the gradient of that broadcast. */
  unbroadcast(value: Value, like: Like): Value {
    const dims = this.dims(value);
    const lead = dims.length - like.dims.length;
    const inner = like.dims.flatMap((dim, axis) => (dim === 1 && dims[axis + lead] !== 1 ? [axis + lead] : []));
    const leading = Array.from({ length: lead }, (_, axis) => axis);
    if (lead === 0 && inner.length === 0) return value;
    const summed = this.sum(value, [...leading, ...inner], inner.length > 0);
    return this.reshape(summed, like);
  }

  /** The vector [dims…] put together from the graph's inputs, so that no activation is kept only for its shape. */
  #shapeFromInputs(dims: readonly Dimension[]): Value | null {
    const pieces = dims.map((dim) => (typeof dim === 'number' ? this.integers([dim]) : this.#sizeFromInputs(dim)));
    return pieces.every((piece) => piece !== null) ? this.node('Concat', pieces, { axis: { int: 0 } }) : null;
  }

  #sizeFromInputs(name: string): Value | null {
    for (const input of this.builder.inputs) {
      const axis = input.dims.indexOf(name);
      if (axis < 0) continue;
      const shape = this.node('Shape', [input]);
      return this.node('Gather', [shape, this.integers([axis])]);
    }
    return null;
  }

  #once(key: string, make: () => TensorData): Value {
    const known = this.#constants.get(key) ?? this.builder.constant(make(), 'gradient/constant');
    this.#constants.set(key, known);
    return known;
  }
}

const sameDims = (a: readonly Dimension[], b: readonly Dimension[]): boolean =>
  a.length === b.length && a.every((dim, axis) => dim === b[axis]);

function scalarTensor(type: ElementType, number: number, name: string): TensorData {
  if (type === 'float32') return { type, dims: [], data: Float32Array.of(number) };
  if (type === 'float64') return { type, dims: [], data: Float64Array.of(number) };
  throw new RangeError(`${name} is of type ${type}: gradients are float32 or float64`);
}
