/** Tensors of float64 for the reference evaluator, and the index arithmetic that its operators are written in. */

/** Dense, last dimension fastest; integers and booleans are numbers too. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

const countOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

/** The place of `coordinates` in a tensor of `dims`; axes of size 1 repeat, missing leading axes as well. */
export function placeOf(dims: readonly number[], coordinates: readonly number[]): number {
  const lead = coordinates.length - dims.length;
  return dims.reduce((place, dim, axis) => place * dim + (dim === 1 ? 0 : (coordinates[axis + lead] ?? 0)), 0);
}

export const at = ({ dims, data }: Tensor, coordinates: readonly number[]): number =>
  data[placeOf(dims, coordinates)] ?? NaN;

/** All coordinates of a tensor of `dims`, in the order of its elements. */
export function* coordinatesOf(dims: readonly number[]): Generator<readonly number[]> {
  const total = countOf(dims);
  for (let place = 0; place < total; place++) {
    let rest = place;
    yield dims.map((_, axis) => {
      const inner = countOf(dims.slice(axis + 1));
      const coordinate = Math.floor(rest / inner);
      rest -= coordinate * inner;
      return coordinate;
    });
  }
}

/** A tensor whose element at `coordinates` is `element(coordinates)`. */
export const generate = (dims: readonly number[], element: (coordinates: readonly number[]) => number): Tensor => ({
  dims,
  data: Float64Array.from(coordinatesOf(dims), element),
});

export function broadcastDims(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(...shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)),
  );
}

/** `axis` of `coordinates` replaced. */
export const withCoordinate = (coordinates: readonly number[], axis: number, value: number): number[] =>
  coordinates.map((coordinate, index) => (index === axis ? value : coordinate));
