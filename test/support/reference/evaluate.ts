/**
 * A second, naive implementation of ONNX operators in float64: the oracle of gradients, which are compared with central
 * differences of what it gives. For small graphs whose dimensions are all known.
 */
import {
  floatAttribute,
  type Graph,
  type GraphNode,
  intAttribute,
  intsAttribute,
  stringAttribute,
  type TensorData,
} from '../../../src-main/inference/graph/index.ts';
import { broadcastMap, gelu, nary, tanhGelu, unary } from './elementwise.ts';
import * as operators from './operators.ts';
import { at, generate, type Tensor } from './tensor.ts';

export const tensorFrom = ({ dims, data }: TensorData): Tensor => ({ dims, data: Float64Array.from(data, Number) });

/** Values of the outputs, by name. `inputs` also replace initializers of their names. */
export function evaluateGraph(graph: Graph, inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const values = new Map<string, Tensor>(graph.initializers.map(({ name, tensor }) => [name, tensorFrom(tensor)]));
  for (const [name, tensor] of Object.entries(inputs)) values.set(name, tensor);
  for (const node of graph.nodes) {
    const dims = node.outputs.map((name) => graph.values.get(name)?.dims.map(Number) ?? []);
    const given = node.inputs.map((name) => values.get(name));
    for (const [index, tensor] of evaluateNode(node, given, dims).entries()) {
      const expected = dims[index]?.join();
      if (tensor.dims.join() !== expected) {
        throw new Error(`${node.operator} ${node.name}: [${tensor.dims.join()}] was inferred as [${expected}]`);
      }
      values.set(node.outputs[index] ?? '', tensor);
    }
  }
  return Object.fromEntries(
    graph.outputs.map(({ name }) => [name, values.get(name) ?? { dims: [], data: new Float64Array() }]),
  );
}

function evaluateNode(
  node: GraphNode,
  given: readonly (Tensor | undefined)[],
  dims: readonly (readonly number[])[],
): Tensor[] {
  const { operator, attributes } = node;
  const [x = missing, y = missing, z = missing] = given;
  const inputs = given.map((input) => input ?? missing);
  const [outDims = []] = dims;
  const front = (axis: number) => (axis < 0 ? axis + x.dims.length : axis);
  const axis = (fallback: number) => front(intAttribute(attributes, 'axis', fallback));
  const numbers = (index: number) => (given[index] ? [...given[index].data] : null);
  const adds = stringAttribute(attributes, 'reduction', 'none') === 'add';
  const single = unary[operator];
  if (single)
    return [generate(x.dims, (c) => single(at(x, c), (name, fallback) => floatAttribute(attributes, name, fallback)))];
  const combine = nary[operator];
  if (combine)
    return [
      broadcastMap(
        given.map((input, index) => input ?? absent(index)),
        combine,
      ),
    ];
  if (operators.isReduction(operator)) {
    const axes = numbers(1) ?? intsAttribute(attributes, 'axes') ?? x.dims.map((_, index) => index);
    return [{ dims: outDims, data: operators.reduce(operator, x, axes.map(front)).data }];
  }
  switch (operator) {
    case 'MatMul':
      return [operators.matMul(x, y)];
    case 'Gemm': {
      const product = operators.matMul(
        intAttribute(attributes, 'transA', 0) === 1 ? transposed(x, [1, 0]) : x,
        intAttribute(attributes, 'transB', 0) === 1 ? transposed(y, [1, 0]) : y,
      );
      const [alpha, beta] = [floatAttribute(attributes, 'alpha', 1), floatAttribute(attributes, 'beta', 1)];
      return [broadcastMap(given[2] ? [product, given[2]] : [product], ([p = NaN, c = 0]) => alpha * p + beta * c)];
    }
    case 'Einsum':
      return [operators.einsum(stringAttribute(attributes, 'equation', ''), inputs)];
    case 'Softmax':
      return [operators.softmax(x, axis(-1))];
    case 'LogSoftmax':
      return [broadcastMap([operators.softmax(x, axis(-1))], ([p = NaN]) => Math.log(p))];
    case 'LayerNormalization':
    case 'RMSNormalization':
    case 'SimplifiedLayerNormalization': {
      const unit = operators.normalize(
        x,
        axis(-1),
        floatAttribute(attributes, 'epsilon', 1e-5),
        operator === 'LayerNormalization',
      );
      const scaled = broadcastMap(given.length > 1 ? [unit, y] : [unit], ([u = NaN, scale = 1]) => u * scale);
      return [given[2] ? broadcastMap([scaled, z], ([s = NaN, bias = 0]) => s + bias) : scaled];
    }
    case 'Gelu':
      return [
        generate(x.dims, (c) =>
          (stringAttribute(attributes, 'approximate', 'none') === 'tanh' ? tanhGelu : gelu)(at(x, c)),
        ),
      ];
    case 'Reshape':
    case 'Flatten':
    case 'Squeeze':
    case 'Unsqueeze':
      return [{ dims: outDims, data: x.data }];
    case 'Transpose':
      return [transposed(x, intsAttribute(attributes, 'perm') ?? x.dims.map((_, index) => x.dims.length - 1 - index))];
    case 'Expand':
      return [generate(outDims, (c) => at(x, c))];
    case 'Concat': {
      const along = axis(0);
      let start = 0;
      const parts = inputs.map((part) => ({ part, start: (start += part.dims[along] ?? 0) - (part.dims[along] ?? 0) }));
      return [
        generate(outDims, (c) => {
          const holder = parts.findLast((candidate) => candidate.start <= (c[along] ?? 0));
          return holder ? at(holder.part, c.with(along, (c[along] ?? 0) - holder.start)) : NaN;
        }),
      ];
    }
    case 'Split': {
      const along = axis(0);
      let start = 0;
      return dims.map((part) => {
        const from = start;
        start += part[along] ?? 0;
        return generate(part, (c) => at(x, c.with(along, (c[along] ?? 0) + from)));
      });
    }
    case 'Slice': {
      const starts = numbers(1) ?? [];
      const axes = numbers(3) ?? starts.map((_, index) => index);
      const steps = numbers(4);
      return [
        generate(outDims, (c) =>
          at(
            x,
            axes.reduce<readonly number[]>((place, named, index) => {
              const [along, start, step] = [front(named), starts[index] ?? 0, steps?.[index] ?? 1];
              const size = x.dims[along] ?? 1;
              const first = Math.min(start < 0 ? start + size : start, step < 0 ? size - 1 : size);
              return place.with(along, first + (place[along] ?? 0) * step);
            }, c),
          ),
        ),
      ];
    }
    case 'Pad': {
      const pads = numbers(1) ?? [];
      const axes = numbers(3) ?? x.dims.map((_, index) => index);
      return [
        generate(outDims, (c) => {
          const place = axes.reduce<readonly number[]>(
            (all, named, index) => all.with(front(named), (all[front(named)] ?? 0) - (pads[index] ?? 0)),
            c,
          );
          return place.every((index, along) => index >= 0 && index < (x.dims[along] ?? 0))
            ? at(x, place)
            : (z.data[0] ?? 0);
        }),
      ];
    }
    case 'CumSum':
      return [
        operators.cumulativeSum(
          x,
          front(y.data[0] ?? 0),
          intAttribute(attributes, 'exclusive', 0) === 1,
          intAttribute(attributes, 'reverse', 0) === 1,
        ),
      ];
    case 'Gather':
      return [operators.gather(x, y, axis(0))];
    case 'GatherElements':
      return [operators.gatherElements(x, y, axis(0))];
    case 'GatherND':
      return [operators.gatherND(x, y)];
    case 'ScatterND':
      return [operators.scatterND(x, y, z, adds)];
    case 'ScatterElements':
      return [operators.scatterElements(x, y, z, axis(0), adds)];
    case 'Conv': {
      const product = operators.conv(x, y, outDims, intAttribute(attributes, 'group', 1), windowing(node));
      return [given[2] ? generate(outDims, (c) => at(product, c) + (z.data[c[1] ?? 0] ?? NaN)) : product];
    }
    case 'MaxPool':
    case 'AveragePool': {
      const kernel = intsAttribute(attributes, 'kernel_shape') ?? [];
      return [operators.pool(x, outDims, kernel, windowing(node), operator === 'MaxPool' ? 'max' : 'mean')];
    }
    case 'GlobalAveragePool':
      return [
        operators.reduce(
          'ReduceMean',
          x,
          x.dims.flatMap((_, index) => (index < 2 ? [] : [index])),
        ),
      ];
    default:
      throw new Error(`the reference evaluator has no operator ${operator}`);
  }
}

const missing: Tensor = { dims: [], data: new Float64Array() };

/** What stands for an optional input of an elementwise operator: only Clip has any, its bounds. */
const absent = (index: number): Tensor => ({ dims: [], data: Float64Array.of(index === 1 ? -Infinity : Infinity) });

const transposed = (x: Tensor, perm: readonly number[]): Tensor =>
  generate(
    perm.map((axis) => x.dims[axis] ?? 1),
    (c) =>
      at(
        x,
        perm.map((_, axis) => c[perm.indexOf(axis)] ?? 0),
      ),
  );

function windowing({ attributes }: GraphNode): operators.Windowing {
  return {
    strides: intsAttribute(attributes, 'strides') ?? [],
    dilations: intsAttribute(attributes, 'dilations') ?? [],
    pads: intsAttribute(attributes, 'pads') ?? [],
  };
}
