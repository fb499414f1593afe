/** Building ONNX graphs: typed nodes and values, and the bytes that a session opens. */
export { floatAttribute, intAttribute, intsAttribute, stringAttribute } from './attributes.ts';
export { elementCount, onnxTypeOf, type ElementType, type TensorData } from './element-type.ts';
export { encodeModel } from './encode.ts';
export { GraphBuilder } from './graph-builder.ts';
export type { Attributes, Dimension, Graph, GraphNode, Value, ValueInfo } from './graph.ts';
