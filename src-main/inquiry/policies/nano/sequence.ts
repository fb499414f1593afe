/** Sequences of positions: what the net reads, from views of episodes. Times are seconds from any origin. */
import { defaultClassIds, normalClass } from '../../../contract/taxonomy.ts';
import { offsetTokens, tokens } from '../../grammar.ts';
import type { BeliefInput, PolicyView, ViewLook } from '../../policy.ts';
import type { Sighting } from '../../suspicion.ts';
import { closeStart, standingOut } from './close-look.ts';
import { rowOfClass, rows, type NanoWords } from './nano-config.ts';
import { activityPeaks, contextToken, lookTokens, suspicionToken, type SoftToken } from './soft-tokens.ts';

export interface Position {
  /** Embedding rows to add up, at most three. */
  readonly rows: readonly number[];
  readonly soft: SoftToken | null;
  /** Seconds; null for what is at no time. */
  readonly time: number | null;
  /** A position attends to its own group and the groups before it. */
  readonly group: number;
}

/** What an episode is about before any look: triage, and the classes asked for where not all are. */
export function contextPositions(
  { activity, classes }: Pick<BeliefInput, 'activity' | 'classes'>,
  words: NanoWords,
  time: (offset: number) => number,
  group = 0,
): Position[] {
  return [
    { rows: [rows.context], soft: contextToken(activity), time: null, group },
    ...activityPeaks(activity).map(({ offset, token }) => ({
      ...{ rows: [rows.peak], soft: token, group },
      time: time(offset),
    })),
    ...questionOf(classes).map((id) => ({
      ...{ rows: [rows.context, rowOfClass(words, id)], soft: null, time: null, group },
    })),
  ];
}

/** A look: one position for all of it, then one for each frame; `number` is what FINAL would point at it by. */
export function lookPositions(
  look: ViewLook,
  number: number | null,
  time: (offset: number) => number,
  group: number,
): Position[] {
  const { whole, frames } = lookTokens(look);
  const named = number === null ? [] : [tokens.look + number];
  const first = look.frames[0];
  return [
    { rows: [rows.look, ...named], soft: whole, time: first === undefined ? null : time(first.offset), group },
    ...look.frames.map(({ offset }, frame) => ({
      rows: [rows.frame, ...named, ...(number === null ? [] : [tokens.frame + frame])],
      soft: frames[frame] ?? null,
      time: time(offset),
      group,
    })),
  ];
}

/**
 * The moments that stand out. Those that were not seen closely come with the tokens of where a close look at them would
 * begin: where to look is then a matter of pointing, and not of telling the time.
 */
export function suspicionPositions(view: PolicyView, time: (offset: number) => number, group: number): Position[] {
  const { unseen, seen } = standingOut(view);
  const positionOf = (sighting: Sighting, own: readonly number[]): Position => ({
    ...{ rows: own, soft: suspicionToken(sighting), group },
    time: time(sighting.start),
  });
  return [
    ...unseen.map((each) => positionOf(each, [rows.peak, ...offsetTokens(closeStart(view, each.start))])),
    ...seen.map((each) => positionOf(each, [rows.turn, rows.peak])),
  ];
}

/** A set of observations as the belief reads it: in order of time, each once, every position attending to every other. */
export interface BeliefSequence {
  readonly positions: readonly Position[];
  /** The position whose hidden state the classes are read from. */
  readonly read: number;
  /** `[looks][frames]`: the position that each frame's evidence is read from. */
  readonly frames: readonly (readonly number[])[];
}

const keyOf = ({ interval, frames }: ViewLook) => `${interval}/${frames.map(({ offset }) => offset).join()}`;

/** The looks as a set: in order of time, then of density, the same one once, as if nothing had been seen before it. */
export function observationSet(looks: readonly ViewLook[]): ViewLook[] {
  const distinct = new Map(looks.map((look) => [keyOf(look), look]));
  return [...distinct.values()]
    .map((look) => ({ ...look, frames: look.frames.map((frame) => ({ ...frame, reread: false })) }))
    .sort(
      (a, b) =>
        (a.frames[0]?.offset ?? 0) - (b.frames[0]?.offset ?? 0) ||
        a.interval - b.interval ||
        a.frames.length - b.frames.length,
    );
}

/**
 * The sequence of `q(·|E)`: neither the order of looks, nor looking at the same again, nor thoughts, nor where the focus
 * lies change it (SPEC P1). Whether a frame had been seen before is left out, since that depends on the order.
 */
export function beliefSequence(input: BeliefInput, words: NanoWords): BeliefSequence {
  const times = [
    ...input.looks.flatMap(({ frames }) => frames.map(({ offset }) => offset)),
    ...(input.looks.length === 0 ? input.activity.map(({ offset }) => offset) : []),
  ];
  const origin = times.reduce((least, offset) => Math.min(least, offset), Infinity);
  const time = (offset: number) => (Number.isFinite(origin) ? offset - origin : offset);
  const positions = contextPositions(input, words, time);
  const firstOf = new Map<string, number>();
  for (const look of observationSet(input.looks)) {
    firstOf.set(keyOf(look), positions.length + 1);
    positions.push(...lookPositions(look, null, time, 0));
  }
  const read = positions.length;
  positions.push({ rows: [rows.belief], soft: null, time: null, group: 0 });
  const frames = input.looks.map((look) => {
    const first = firstOf.get(keyOf(look)) ?? 0;
    return look.frames.map((_, frame) => first + frame);
  });
  return { positions, read, frames };
}

/** Whether a belief tells apart all classes that come with the program: anything unusual is asked for. */
export const asksForAll = (classes: readonly string[]): boolean => defaultClassIds.every((id) => classes.includes(id));

/** The classes asked for, of those that a belief tells apart: empty where anything unusual is. */
const questionOf = (classes: readonly string[]): readonly string[] =>
  asksForAll(classes) ? [] : classes.filter((id) => id !== normalClass);
