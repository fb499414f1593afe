/** Element types of tensors: their names, their numbers in ONNX and the typed arrays that hold them. */

/** Which typed array holds which element type. `float16` is held as its bits, `bool` as 0 and 1. */
interface ElementArrays {
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly float16: Uint16Array;
  readonly uint8: Uint8Array;
  readonly int8: Int8Array;
  readonly uint16: Uint16Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
  readonly bool: Uint8Array;
}

export type ElementType = keyof ElementArrays;

/** A dense tensor, last dimension fastest; `data` has as many elements as the product of `dims`. */
export type TensorData = {
  readonly [Type in ElementType]: {
    readonly type: Type;
    readonly dims: readonly number[];
    readonly data: ElementArrays[Type];
  };
}[ElementType];

/** The numbers of `TensorProto.DataType`. Source: onnx.proto3. */
export const onnxTypeOf: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

/** Number of elements of a tensor with these dimensions; 1 for a scalar. */
export const elementCount = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);
