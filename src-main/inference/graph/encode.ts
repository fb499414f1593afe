/** Writes a graph as the bytes of an ONNX model. */
import onnxProto, { type onnx } from 'onnx-proto';
import { onnxTypeOf, type TensorData } from './element-type.ts';
import type { Attribute, Dimension, Graph, ValueInfo } from './graph.ts';

/** The oldest file version that knows an operator set. Source: ONNX, Versioning: 1.8 brought 13 and 7, 1.10 15 and 8. */
const irVersionOf = (opset: number) => (opset < 15 ? 7 : opset < 19 ? 8 : opset < 21 ? 9 : 10);

const { ModelProto, AttributeProto } = onnxProto.onnx;
const kinds = AttributeProto.AttributeType;

/** The bytes of `graph` as an ONNX model, which `openSession` takes as it takes a file. Little-endian hosts only. */
export function encodeModel(graph: Graph, producer = 'anom-pi'): Uint8Array {
  return ModelProto.encode({
    irVersion: irVersionOf(graph.opset),
    opsetImport: [{ domain: '', version: graph.opset }],
    producerName: producer,
    graph: {
      name: graph.name,
      input: graph.inputs.map(valueInfoProto),
      output: graph.outputs.map(valueInfoProto),
      initializer: graph.initializers.map(({ name, tensor }) => tensorProto(name, tensor)),
      node: graph.nodes.map((node) => ({
        opType: node.operator,
        name: node.name,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: Object.entries(node.attributes).map(([name, attribute]) => attributeProto(name, attribute)),
      })),
    },
  }).finish();
}

function tensorProto(name: string, { type, dims, data }: TensorData): onnx.ITensorProto {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dataType: onnxTypeOf[type], dims: [...dims], rawData };
}

function valueInfoProto({ name, type, dims }: ValueInfo): onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType: onnxTypeOf[type], shape: { dim: dims.map(dimensionProto) } } } };
}

const dimensionProto = (dimension: Dimension): onnx.TensorShapeProto.IDimension =>
  typeof dimension === 'number' ? { dimValue: dimension } : { dimParam: dimension };

function attributeProto(name: string, attribute: Attribute): onnx.IAttributeProto {
  if ('int' in attribute) return { name, type: kinds.INT, i: attribute.int };
  if ('float' in attribute) return { name, type: kinds.FLOAT, f: attribute.float };
  if ('string' in attribute) return { name, type: kinds.STRING, s: new TextEncoder().encode(attribute.string) };
  if ('ints' in attribute) return { name, type: kinds.INTS, ints: [...attribute.ints] };
  attribute satisfies { floats: unknown };
  return { name, type: kinds.FLOATS, floats: [...attribute.floats] };
}
