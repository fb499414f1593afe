/** Short ways to build the cases of gradients. */
import type { Attributes, GraphBuilder, Value } from '../../../src-main/inference/graph/index.ts';
import type { GradientCase } from '../check-gradients.ts';

export type Build = GradientCase['build'];

export const positive = (normal: number) => 0.5 + Math.abs(normal);
/** Away from 0, where kinks are. */
export const apart = (normal: number) => normal + 0.2 * Math.sign(normal);
export const ints = (...values: readonly number[]) => ({ ints: values });
export const string = (value: string) => ({ string: value });
export const int = (value: number) => ({ int: value });

export const integers = (
  builder: GraphBuilder,
  values: readonly number[],
  dims: readonly number[] = [values.length],
): Value => builder.constant({ type: 'int64', dims, data: BigInt64Array.from(values, BigInt) });
export const scalar = (builder: GraphBuilder, value: number): Value =>
  builder.constant({ type: 'float32', dims: [], data: Float32Array.of(value) });

/** The operator on one parameter. */
export const unary =
  (
    operator: string,
    element: (normal: number) => number,
    attributes: Attributes = {},
    dims: readonly number[] = [2, 3],
  ): Build =>
  (builder, parameter) =>
    builder.node(operator, [parameter('x', dims, element)], attributes);

/** The operator on parameters of these shapes. */
export const nary =
  (
    operator: string,
    shapes: readonly (readonly number[])[],
    attributes: Attributes = {},
    element?: (normal: number) => number,
  ): Build =>
  (builder, parameter) =>
    builder.node(
      operator,
      shapes.map((dims, index) => parameter(`x${index}`, dims, element)),
      attributes,
    );

/** The operator on one parameter and vectors of integers. */
export const withIntegers =
  (
    operator: string,
    dims: readonly number[],
    vectors: readonly (readonly number[])[],
    attributes: Attributes = {},
  ): Build =>
  (builder, parameter) =>
    builder.node(operator, [parameter('x', dims), ...vectors.map((vector) => integers(builder, vector))], attributes);

export const pieces =
  (
    dims: readonly number[],
    sizes: readonly number[],
    used: (parts: readonly Value[], builder: GraphBuilder) => Value,
  ): Build =>
  (builder, parameter) =>
    used(
      builder.nodeWithOutputs('Split', [parameter('x', dims), integers(builder, sizes)], sizes.length, {
        axis: int(1),
      }),
      builder,
    );

export const condition = (builder: GraphBuilder) =>
  builder.constant({ type: 'bool', dims: [2, 3], data: Uint8Array.of(1, 0, 1, 0, 0, 1) });

export const power =
  (exponent: number): Build =>
  (builder, parameter) =>
    builder.node('Pow', [parameter('x', [2, 3], positive), scalar(builder, exponent)]);

export const conv = (x: readonly number[], weights: readonly number[], attributes: Attributes): Build =>
  nary('Conv', [x, weights, weights.slice(0, 1)], attributes);
