/** Whether the choice of operators depends on the scene: mutual information, against what chance gives. */
import { randomFrom, shuffled } from '../../math/random.ts';

export interface Used {
  /** What kind of scene it was. */
  readonly kind: string;
  /** How often each operator was used in it. */
  readonly operators: Readonly<Record<string, number>>;
}

export interface OperatorInformation {
  /** Nats. */
  readonly information: number;
  /** Share of permutations of the kinds, and the real one, with at least as much. */
  readonly p: number;
}

/** Mutual information of kind of scene and operator over all actions of `episodes`, nats. Source: Shannon 1948. */
export function mutualInformation(episodes: readonly Used[]): number {
  const joint = new Map<string, number>();
  const [ofKind, ofOperator] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  const add = (counts: Map<string, number>, key: string, count: number) =>
    counts.set(key, (counts.get(key) ?? 0) + count);
  for (const { kind, operators } of episodes) {
    for (const [operator, count] of Object.entries(operators)) {
      add(joint, `${kind}\n${operator}`, count);
      add(ofKind, kind, count);
      add(ofOperator, operator, count);
      total += count;
    }
  }
  let information = 0;
  for (const [key, count] of joint) {
    const [kind = '', operator = ''] = key.split('\n');
    information +=
      (count / total) * Math.log((count * total) / ((ofKind.get(kind) ?? 1) * (ofOperator.get(operator) ?? 1)));
  }
  return Math.max(0, information);
}

/** Kinds are permuted among whole episodes: actions of one episode are not independent of each other. */
export function operatorInformation(
  episodes: readonly Used[],
  { seed, permutations = 999 }: { readonly seed: number | string; readonly permutations?: number },
): OperatorInformation {
  const random = randomFrom(seed);
  const information = mutualInformation(episodes);
  let reached = 1;
  for (let round = 0; round < permutations; round++) {
    const kinds = shuffled(
      episodes.map(({ kind }) => kind),
      random,
    );
    const permuted = episodes.map(({ operators }, index) => ({ operators, kind: kinds[index] ?? '' }));
    if (mutualInformation(permuted) >= information) reached++;
  }
  return { information, p: reached / (permutations + 1) };
}
