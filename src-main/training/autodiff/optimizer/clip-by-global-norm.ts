/** Gradient clipping by the norm of all gradients together. */
import { Ops } from '../ops.ts';
import { mapValues, stateless, type Transform } from './transform.ts';

/**
 * Scales all updates by `limit / norm` where the Euclidean norm over all of them exceeds `limit`. Gives the norm before
 * clipping as the metric `gradient-norm`. Source: Pascanu, Mikolov and Bengio, 2013, algorithm 1.
 */
export const clipByGlobalNorm = (limit: number): Transform =>
  stateless((builder, { updates }) => {
    const ops = new Ops(builder);
    const squares = [...updates.values()].map((update) =>
      ops.node('ReduceSumSquare', [update], { keepdims: { int: 0 } }),
    );
    const [first, ...others] = squares;
    if (first === undefined) return { updates };
    const norm = ops.node('Sqrt', [others.reduce(ops.add, first)]);
    const bound = ops.scalar(limit, norm);
    const factor = ops.div(bound, ops.node('Max', [norm, bound]));
    return {
      updates: mapValues(updates, (update) => ops.mul(update, factor)),
      metrics: new Map([['gradient-norm', norm]]),
    };
  });
