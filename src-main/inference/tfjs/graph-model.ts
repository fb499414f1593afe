/** Reads a TensorFlow.js GraphModel (its JSON and its weights) into nodes and constants. */
import { AppError } from '../../contract/errors.ts';
import { elementCount } from '../graph/index.ts';

/** One node of the TensorFlow graph. */
export interface TensorFlowNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

/** A constant: integers serve as attributes and shapes, floats (as float16 bits) as weights. */
export type TensorFlowConstant =
  | { readonly kind: 'integers'; readonly dims: readonly number[]; readonly values: readonly number[] }
  | { readonly kind: 'float16'; readonly dims: readonly number[]; readonly bits: Uint16Array };

export interface GraphModel {
  readonly nodes: ReadonlyMap<string, TensorFlowNode>;
  readonly constants: ReadonlyMap<string, TensorFlowConstant>;
}

const damaged = (what: string) => new AppError('integrity-mismatch', `The TensorFlow.js model is damaged: ${what}.`);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw damaged(`${what} is missing`);
  return value;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged(`${what} is no list`);
  return value;
}

/**
 * The model in `json` with the weights in `bytes`. Weights are int32, or float32 kept as float16 (as both nets have
 * them). Throws AppError `integrity-mismatch` where the two do not fit together.
 * Source: the GraphModel format of tfjs-converter 4.
 */
export function readGraphModel(json: unknown, bytes: Uint8Array): GraphModel {
  const model = recordOf(json, 'the model');
  const topology = recordOf(model['modelTopology'], 'modelTopology');
  const nodes = new Map<string, TensorFlowNode>();
  for (const entry of listOf(topology['node'], 'modelTopology.node')) {
    const node = nodeFrom(recordOf(entry, 'a node'));
    nodes.set(node.name, node);
  }
  const constants = new Map<string, TensorFlowConstant>();
  let offset = 0;
  for (const group of listOf(model['weightsManifest'], 'weightsManifest')) {
    for (const entry of listOf(recordOf(group, 'a weight group')['weights'], 'weights')) {
      const spec = recordOf(entry, 'a weight');
      const name = String(spec['name']);
      const constant = constantFrom(name, spec, bytes, offset);
      constants.set(name, constant);
      offset += elementCount(constant.dims) * (constant.kind === 'integers' ? 4 : 2);
    }
  }
  if (offset !== bytes.length) throw damaged(`${bytes.length} bytes of weights where ${offset} are described`);
  return { nodes, constants };
}

function nodeFrom(entry: Readonly<Record<string, unknown>>): TensorFlowNode {
  const input = entry['input'] === undefined ? [] : listOf(entry['input'], 'input').map(String);
  const attr = entry['attr'] === undefined ? {} : recordOf(entry['attr'], 'attr');
  return { name: String(entry['name']), op: String(entry['op']), input, attr };
}

function constantFrom(
  name: string,
  spec: Readonly<Record<string, unknown>>,
  bytes: Uint8Array,
  offset: number,
): TensorFlowConstant {
  const dims = listOf(spec['shape'], `the shape of ${name}`).map(Number);
  const count = elementCount(dims);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = spec['dtype'] === 'int32' ? 4 : 2;
  if (offset + count * width > bytes.length) throw damaged(`its weights end within ${name}`);
  if (spec['dtype'] === 'int32') {
    return {
      kind: 'integers',
      dims,
      values: Array.from({ length: count }, (_, i) => view.getInt32(offset + 4 * i, true)),
    };
  }
  const quantization = spec['quantization'];
  if (spec['dtype'] !== 'float32' || !isRecord(quantization) || quantization['dtype'] !== 'float16') {
    throw damaged(`${name} is neither int32 nor float16`);
  }
  return {
    kind: 'float16',
    dims,
    bits: Uint16Array.from({ length: count }, (_, i) => view.getUint16(offset + 2 * i, true)),
  };
}

/** The attributes of a node in the forms that the converter asks for. */
export function attributesOf(node: TensorFlowNode) {
  const attribute = (name: string) => {
    const value = node.attr[name];
    return isRecord(value) ? value : {};
  };
  const list = (name: string, key: string): readonly unknown[] => {
    const holder = attribute(name)['list'];
    const items = isRecord(holder) ? holder[key] : undefined;
    return Array.isArray(items) ? items : [];
  };
  const plain = (value: unknown) => (typeof value === 'string' ? value : '');
  // Protobuf's JSON form writes bytes in base64.
  const text = (value: unknown) => Buffer.from(plain(value), 'base64').toString('utf8');
  return {
    float: (name: string): number => Number(attribute(name)['f'] ?? 0),
    integer: (name: string): number => Number(attribute(name)['i'] ?? 0),
    boolean: (name: string): boolean => attribute(name)['b'] === true,
    string: (name: string): string => text(attribute(name)['s']),
    type: (name: string): string => plain(attribute(name)['type']),
    integers: (name: string): number[] => list(name, 'i').map(Number),
    strings: (name: string): string[] => list(name, 's').map(text),
  };
}
