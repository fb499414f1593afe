/** Types and dimensions of what a node gives, from those of what it takes. */
import type { GraphNode } from '../graph.ts';
import { elementwiseShapes } from './elementwise.ts';
import { imageShapes } from './image.ts';
import { layoutShapes } from './layout.ts';
import { matrixShapes } from './matrix.ts';
import { reduceShapes } from './reduce.ts';
import type { Known, ShapeRule } from './rule.ts';
import { selectShapes } from './select.ts';

const rules: ReadonlyMap<string, ShapeRule> = new Map([
  ...elementwiseShapes,
  ...matrixShapes,
  ...layoutShapes,
  ...selectShapes,
  ...reduceShapes,
  ...imageShapes,
]);

/**
 * One entry per output of `node`; null where its operator has no shape rule, or an input is not known (`undefined` in
 * `inputs`; null is one that is left out). Throws RangeError, naming operator and node, where inputs do not fit.
 */
export function inferNode(node: GraphNode, inputs: readonly (Known | null | undefined)[]): readonly Known[] | null {
  const rule = rules.get(node.operator);
  if (rule === undefined || !inputs.every((input) => input !== undefined)) return null;
  return rule({
    operator: node.operator,
    attributes: node.attributes,
    inputs,
    outputCount: node.outputs.length,
    unknown: (axis) => `${node.name}.${axis}`,
    wrong: (what) => new RangeError(`${node.operator} ${node.name}: ${what}`),
  });
}
