/** The nano policy: an action token by token, from the net's distribution over what may be said. */
import { actionFromTokens } from '../../grammar.ts';
import type { Random } from '../../../math/random.ts';
import type { BeliefInput, Decision, Policy, PolicyView, ReadOut } from '../../policy.ts';
import { drawn, likeliest, logSoftmax } from './choosing.ts';
import { readNano, readUnseen } from './nano-belief.ts';
import { choosable } from './nano-mask.ts';
import type { NanoCache, NanoNet } from './nano-net.ts';
import { Scribe, type Transcript } from './scribe.ts';
import { wordsFor } from './wording.ts';

export interface NanoOptions {
  readonly version: string;
  /** Draw each token by its probability, at temperature 1, or take the likeliest. */
  readonly choose: 'sample' | 'greedy';
}

/** The policy in one episode: keeps what the net has read, so that a turn reads only what is new. */
export interface NanoEpisode extends Policy {
  /** The episode so far, as the net reads it. */
  readonly transcript: Transcript;
}

export interface NanoPolicy extends Policy {
  forEpisode(): NanoEpisode;
}

/** `net` belongs to the caller, who closes it when no episode runs any more. */
export function nanoPolicy(net: NanoNet, options: NanoOptions): NanoPolicy {
  return {
    name: 'nano',
    version: options.version,
    opens: true,
    readBelief: async (input) => readNano(input, net, await readUnseen(input, net)),
    decide: (view, random, signal) => new Turns(net, options).decide(view, random, signal),
    forEpisode: () => new Turns(net, options),
  };
}

class Turns implements NanoEpisode {
  readonly name = 'nano';
  readonly opens = true;
  readonly version: string;
  readonly #net: NanoNet;
  readonly #choose: NanoOptions['choose'];
  readonly #scribe: Scribe;
  readonly #beliefs: ReadOut[] = [];
  #cache: NanoCache | null = null;
  #read = 0;
  #unseen: Promise<ReadOut> | null = null;

  constructor(net: NanoNet, { version, choose }: NanoOptions) {
    this.#net = net;
    this.version = version;
    this.#choose = choose;
    this.#scribe = new Scribe(net.words);
  }

  get transcript(): Transcript {
    return this.#scribe;
  }

  async readBelief(input: BeliefInput): Promise<ReadOut> {
    // Neither triage nor the question changes within an episode.
    this.#unseen ??= readUnseen(input, this.#net);
    return readNano(input, this.#net, await this.#unseen);
  }

  async decide(view: PolicyView, random: Random, signal?: AbortSignal): Promise<Decision> {
    this.#scribe.begin(view);
    this.#beliefs.push(view.belief);
    const ids: number[] = [];
    let logProb = 0;
    for (;;) {
      const allowed = choosable(view, ids, this.#net.words);
      const [only] = allowed;
      if (only === undefined) break;
      let { id } = only;
      if (allowed.length > 1) {
        const logits = await this.#logits(signal);
        const logProbs = logSoftmax(allowed.map(({ row }) => logits[row] ?? 0));
        const pick = this.#choose === 'greedy' ? likeliest(logProbs) : drawn(logProbs, random);
        id = allowed[pick]?.id ?? id;
        logProb += logProbs[pick] ?? 0;
      }
      this.#scribe.say(id, allowed, view);
      ids.push(id);
    }
    const action = actionFromTokens(ids, view.lexicon);
    return { action, logProb, ...wordsFor(action, view, this.#beliefs) };
  }

  /** `[rowCount]` logits of what follows the last position; reads what was not read yet. */
  async #logits(signal: AbortSignal | undefined): Promise<Float32Array> {
    const unread = this.#scribe.positions.slice(this.#read);
    const { tokens, cache } = await this.#net.read(unread, [unread.length - 1], this.#cache, signal);
    this.#read = this.#scribe.positions.length;
    this.#cache = cache;
    return tokens[0] ?? new Float32Array();
  }
}
