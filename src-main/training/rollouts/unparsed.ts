/** How many actions of a rollout the grammar does not read back as they were said. */
import { appErrorFrom } from '../../contract/errors.ts';
import { actionFromTokens, tokensFromAction } from '../../inquiry/grammar.ts';
import type { Rollout } from './roll-out.ts';

export function unparsedOf({ actions, trajectory }: Rollout): number {
  const { lexicon } = trajectory;
  return actions.filter((ids) => {
    try {
      return tokensFromAction(actionFromTokens(ids, lexicon), lexicon).join() !== ids.join();
    } catch (error) {
      if (appErrorFrom(error).code !== 'invalid-argument') throw error;
      return true;
    }
  }).length;
}
