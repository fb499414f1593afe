/** Gradients of layer norms. Mean and deviation are computed anew: cheaper than to keep the normalised input. */
import { floatAttribute, intAttribute, type Value } from '../../../inference/graph/index.ts';
import { frontAxis, lazy, type Backward, type GradientRule, type GradientRules } from '../rule.ts';

interface Normalised {
  /** The input, brought to unit scale. */
  readonly unit: Value;
  /** 1 over what it was divided by. */
  readonly inverse: Value;
}

const defaultEpsilon = 1e-5;

function normalizedAxes({ attributes, dims }: Backward): number[] {
  const rank = dims(0).length;
  const first = frontAxis(intAttribute(attributes, 'axis', -1), rank);
  return Array.from({ length: rank - first }, (_, index) => first + index);
}

function normalise(node: Backward, centred: Value): Normalised {
  const { ops, attributes } = node;
  const variance = ops.mean(ops.mul(centred, centred), normalizedAxes(node));
  const epsilon = ops.scalar(floatAttribute(attributes, 'epsilon', defaultEpsilon), variance);
  const inverse = ops.div(ops.scalar(1, variance), ops.node('Sqrt', [ops.add(variance, epsilon)]));
  return { unit: ops.mul(centred, inverse), inverse };
}

/**
 * With x̂ the normalised input and h = g·scale: dx = (h − x̂·mean(h·x̂) − mean(h))/σ; without centring, the last mean is
 * left out. Source: Ba, Kiros and Hinton, 2016; Zhang and Sennrich, 2019.
 */
function layerNormalization(node: Backward, isCentred: boolean): ReturnType<GradientRule> {
  const { ops, upstream, has, input, towards } = node;
  const axes = normalizedAxes(node);
  const normalised = lazy(() => {
    const x = input(0);
    return normalise(node, isCentred ? ops.sub(x, ops.mean(x, axes)) : x);
  });
  const gradient = () => {
    const { unit, inverse } = normalised();
    const scaled = has(1) ? ops.mul(upstream, input(1)) : upstream;
    const along = ops.sub(scaled, ops.mul(unit, ops.mean(ops.mul(scaled, unit), axes)));
    return ops.mul(isCentred ? ops.sub(along, ops.mean(scaled, axes)) : along, inverse);
  };
  return [gradient, () => towards(1, ops.mul(upstream, normalised().unit)), () => towards(2, upstream)];
}

export const normalizationGradients: GradientRules = [
  ['LayerNormalization', (node) => layerNormalization(node, true)],
  ['RMSNormalization', (node) => layerNormalization(node, false)],
  ['SimplifiedLayerNormalization', (node) => layerNormalization(node, false)],
];
