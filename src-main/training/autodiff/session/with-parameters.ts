/** Puts trained parameters back into the graph that they were trained for. */
import type { Graph } from '../../../inference/graph/index.ts';
import type { Tensors } from './plan.ts';

/** `graph` with the initializers named in `tensors` replaced. Throws RangeError for other names, types or dimensions. */
export function withParameters(graph: Graph, tensors: Tensors): Graph {
  const left = new Map(Object.entries(tensors));
  const initializers = graph.initializers.map(({ name, tensor }) => {
    const replacement = left.get(name);
    if (replacement === undefined) return { name, tensor };
    if (replacement.type !== tensor.type || replacement.dims.join() !== tensor.dims.join()) {
      throw new RangeError(`'${name}' is ${tensor.type} [${tensor.dims.join(', ')}] in ${graph.name}`);
    }
    left.delete(name);
    return { name, tensor: replacement };
  });
  const [unknown] = left.keys();
  if (unknown !== undefined) throw new RangeError(`graph ${graph.name} has no initializer '${unknown}'`);
  return { ...graph, initializers };
}
