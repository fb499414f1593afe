/** What the nano policy may say: of what grammar and budget allow, the words that it has, about what was measured. */
import type { ObservationPointer } from '../../../contract/trajectory.ts';
import { mostHypotheses, tokens, tokensFromAction, tokensPerHypothesis } from '../../grammar.ts';
import { longestSight } from '../../lattice.ts';
import { showsMore, type PolicyView, type ViewLook } from '../../policy.ts';
import { suspicionsOf, type Suspicion } from '../../suspicion.ts';
import { closeLook, standingOut } from './close-look.ts';
import { rowOfToken, type NanoWords } from './nano-config.ts';

/** Attribute words of one thought: more is no sentence any more. */
const mostWords = 4;

/** A token with the embedding row that stands for it. */
export interface Sayable {
  readonly id: number;
  readonly row: number;
}

/** Attributes that some look measured: a thought is about what was seen. */
function measured({ looks, lexicon }: PolicyView): ReadonlySet<number> {
  const names = looks.flatMap(({ observation }) =>
    observation.kind === 'perception' ? observation.attributes.map(({ name }) => name) : [],
  );
  return new Set(names.map((name) => tokens.attribute + lexicon.attributes.indexOf(name)));
}

/**
 * The tokens that may follow `prefix`: those of the view's mask but for bytes of text (its thoughts become sentences
 * through templates), attributes that were not measured or were said already, and classes that share a row with an
 * earlier one. Every prefix can be completed; empty for a complete action.
 */
export function sayable(view: PolicyView, prefix: readonly number[], words: NanoWords): readonly Sayable[] {
  const allowed = view.allowedTokens(prefix);
  const thought = prefix[0] === tokens.THINK;
  const seen = thought || prefix.length === 0 ? measured(view) : new Set<number>();
  const known = (id: number) => rowOfToken(id, view.lexicon, words) !== null;
  const worthSaying = [...seen].filter(known);
  const taken = new Set<number>();
  return allowed.flatMap((id): Sayable[] => {
    if (prefix.length === 0 && id === tokens.THINK && worthSaying.length === 0) return [];
    if (thought && !isWordOfThought(id, prefix, seen)) return [];
    const row = rowOfToken(id, view.lexicon, words);
    if (row === null || taken.has(row)) return [];
    taken.add(row);
    return [{ id, row }];
  });
}

/** Evidence logits from which on a stretch may be named, and those that it goes on through. Ours. */
const [namedFrom, namedThrough] = [0, -0.5];

/**
 * What FINAL may name, in this order: the stretches that stand out to the belief, the strongest first. What was seen from
 * afar only hints at what lies beside it.
 */
export const namedStretches = onceATurn((view): readonly Suspicion[] =>
  suspicionsOf(withoutHints(view), namedFrom, namedThrough).slice(0, mostHypotheses),
);

/** The view as if frames that lie too far apart to show what happens had no evidence; an answer of a model is about all it read. */
function withoutHints(view: PolicyView): PolicyView {
  const isHint = (look: ViewLook | undefined) =>
    look !== undefined && look.observation.kind !== 'caption' && look.interval > longestSight;
  const evidence = view.belief.evidence.map((logits, number) =>
    isHint(view.looks[number]) ? logits.map(() => -Infinity) : logits,
  );
  return { ...view, belief: { ...view.belief, evidence } };
}

/** How a close look may differ from the usual one. */
const manners = [{}, { longer: true }, { denser: true }] as const;

/** The tokens of the looks that a SAMPLE may be: closely, at moments that stand out and that no close look shows yet. */
const closeLooks = onceATurn((view): readonly number[][] => {
  const looks = standingOut(view).unseen.flatMap(({ start }) =>
    manners.map((manner) => closeLook(view, start, manner)),
  );
  return looks.flatMap((look) =>
    look !== null && showsMore(view, look) ? [tokensFromAction(look, view.lexicon)] : [],
  );
});

/** What is asked for at each token of a turn, found at the first. */
function onceATurn<T extends object>(find: (view: PolicyView) => T): (view: PolicyView) => T {
  const found = new WeakMap<PolicyView, T>();
  return (view) => {
    const known = found.get(view) ?? find(view);
    found.set(view, known);
    return known;
  };
}

/**
 * The tokens that the policy itself chooses among: what is sayable, but a SAMPLE only where there are `closeLooks`, and which
 * of them it is, and of a FINAL whether the next of `namedStretches` is named or none any more, and as what. Times and
 * pointers drawn one by one hardly ever meet anything.
 */
export function choosable(view: PolicyView, prefix: readonly number[], words: NanoWords): readonly Sayable[] {
  const allowed = sayable(view, prefix, words);
  if (prefix.length === 0 || prefix[0] === tokens.SAMPLE) return sampled(view, prefix, allowed);
  return prefix[0] === tokens.FINAL ? named(view, prefix, allowed) : allowed;
}

function sampled(view: PolicyView, prefix: readonly number[], allowed: readonly Sayable[]): readonly Sayable[] {
  const fits = (ids: readonly number[]) => prefix.every((id, at) => id === ids[at]);
  const next = closeLooks(view).flatMap((ids) => (fits(ids) ? (ids[prefix.length] ?? []) : []));
  const isOther = (id: number) => prefix.length === 0 && id !== tokens.SAMPLE;
  return allowed.filter(({ id }) => isOther(id) || next.includes(id));
}

function named(view: PolicyView, prefix: readonly number[], allowed: readonly Sayable[]): readonly Sayable[] {
  const place = (prefix.length - 1) % tokensPerHypothesis;
  const { sightings = [] } = namedStretches(view)[(prefix.length - 1 - place) / tokensPerHypothesis] ?? {};
  const ends = [sightings[0]?.pointer, sightings.at(-1)?.pointer].flatMap((pointer) => tokensOfPointer(pointer));
  const pointing = ends[place];
  if (place === ends.length && place > 0) return allowed;
  return allowed.filter(({ id }) => id === pointing || id === tokens.end);
}

const tokensOfPointer = (pointer: ObservationPointer | undefined): number[] =>
  pointer === undefined ? [] : [tokens.look + pointer.look, tokens.frame + pointer.frame];

function isWordOfThought(id: number, prefix: readonly number[], seen: ReadonlySet<number>): boolean {
  if (id === tokens.end) return prefix.length > 1;
  return id !== tokens.text && prefix.length <= mostWords && seen.has(id) && !prefix.includes(id);
}
