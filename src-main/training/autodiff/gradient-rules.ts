/** Which operators have a gradient, and which let none through. */
import type { GradientRule } from './rule.ts';
import { activationGradients } from './rules/activation.ts';
import { arithmeticGradients } from './rules/arithmetic.ts';
import { imageGradients } from './rules/image.ts';
import { layoutGradients } from './rules/layout.ts';
import { matrixGradients } from './rules/matrix.ts';
import { normalizationGradients } from './rules/normalization.ts';
import { reduceGradients } from './rules/reduce.ts';
import { selectGradients } from './rules/select.ts';
import { softmaxGradients } from './rules/softmax.ts';

export const gradientRules: ReadonlyMap<string, GradientRule> = new Map([
  ...arithmeticGradients,
  ...matrixGradients,
  ...activationGradients,
  ...softmaxGradients,
  ...normalizationGradients,
  ...layoutGradients,
  ...selectGradients,
  ...reduceGradients,
  ...imageGradients,
]);

/** Operators whose outputs do not change with small changes of their inputs, or do not depend on their elements. */
export const flatOperators: ReadonlySet<string> = new Set([
  ...['Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual', 'And', 'Or', 'Xor', 'Not', 'IsNaN', 'IsInf'],
  ...['Sign', 'Floor', 'Ceil', 'Round', 'ArgMax', 'ArgMin', 'NonZero', 'OneHot', 'Hardmax'],
  ...['Shape', 'Size', 'Range', 'ConstantOfShape'],
]);
