/** Building ONNX graphs: typed nodes and values, and the bytes that a session opens. */
export { elementCount, type ElementType, type TensorData } from './element-type.ts';
export { encodeModel } from './encode.ts';
export { GraphBuilder, type Attributes, type Dimension, type Graph, type Value } from './graph.ts';
