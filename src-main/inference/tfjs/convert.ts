/** Converts the part of a TensorFlow.js GraphModel that some of its nodes need into an ONNX graph. */
import { AppError } from '../../contract/errors.ts';
import { GraphBuilder, type Dimension, type ElementType, type Graph, type Value } from '../graph/index.ts';
import type { Operand } from './conversion.ts';
import type { GraphModel } from './graph-model.ts';
import { operators } from './operators.ts';

export interface ConversionRecipe {
  readonly name: string;
  readonly input: {
    /** The placeholder of the TensorFlow graph that the input stands for. */
    readonly node: string;
    readonly name: string;
    readonly type: ElementType;
    readonly dims: readonly Dimension[];
    /** What the placeholder sees, made from the input; its shape is that of `shape`. */
    readonly prepare?: (builder: GraphBuilder, input: Value) => Value;
    /** Shape of the placeholder at the size that the published graph was made for. */
    readonly shape: readonly number[];
  };
  readonly outputs: readonly { readonly node: string; readonly name: string; readonly dims: readonly Dimension[] }[];
}

/**
 * The ONNX graph (opset 13, NHWC as the original) of what `recipe.outputs` need of `model`. Float16 weights stay
 * float16 initializers behind a Cast. Spatial sizes stay free: what the original computes from its input's size, or
 * holds as constants for one size, is expressed relative to the input.
 * Throws AppError `invalid-argument`, naming operator and node, for what it cannot convert.
 */
export function convertGraphModel(model: GraphModel, recipe: ConversionRecipe): Graph {
  const builder = new GraphBuilder(recipe.name);
  const input = builder.input(recipe.input.name, recipe.input.type, recipe.input.dims);
  const placeholder: Operand = {
    kind: 'tensor',
    value: recipe.input.prepare?.(builder, input) ?? input,
    shape: recipe.input.shape,
  };
  const made = new Map<string, Operand>([[recipe.input.node, placeholder]]);

  const make = (name: string): Operand => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const operand = convertNode(model, builder, name, make);
    made.set(name, operand);
    return operand;
  };
  for (const { node, name, dims } of recipe.outputs) {
    const operand = make(node);
    if (operand.kind !== 'tensor') throw new AppError('invalid-argument', `The output ${node} is a constant.`);
    builder.output(name, operand.value, 'float32', dims);
  }
  return builder.build();
}

function convertNode(model: GraphModel, builder: GraphBuilder, name: string, make: (name: string) => Operand): Operand {
  const constant = model.constants.get(name);
  if (constant !== undefined) return constant;
  const node = model.nodes.get(name);
  if (node === undefined) throw new AppError('invalid-argument', `The TensorFlow graph has no node ${name}.`);
  const convert = operators.get(node.op);
  if (convert === undefined) {
    throw new AppError('invalid-argument', `The TensorFlow operator ${node.op} (node ${name}) cannot be converted.`, {
      details: { operator: node.op, node: name },
    });
  }
  // '^name' is a control input (an order, no data). No operator with several outputs is supported: ':1' names none.
  const inputs = node.input.filter((from) => !from.startsWith('^')).map((from) => make(from.replace(/:0$/, '')));
  return convert({ builder, node, inputs });
}
