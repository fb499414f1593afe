/** A case or more for every operator that has a gradient: operator, what is special about it → how it is built. */
import { arrangingCases } from './arranging.ts';
import type { Build } from './build.ts';
import { computingCases } from './computing.ts';

export const gradientCases: Readonly<Record<string, Build>> = { ...computingCases, ...arrangingCases };

/** Operator sets of the cases that need another one than 17. */
export const opsetOfCase: Readonly<Record<string, number>> = {
  Gelu: 20,
  'Gelu, tanh': 20,
  RMSNormalization: 23,
  'ReduceMean, as an input': 18,
};
