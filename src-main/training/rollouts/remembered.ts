/** What a net makes of looks: what a head has to add to, and what it should go on making of them while it learns. */
import { probabilitiesOf, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { sigmoid } from '../../math/logistic.ts';
import type { BeliefExample } from '../nano/examples.ts';

/** The example with what the net reads from it, its head left aside. */
export async function readBy(net: NanoNet, example: BeliefExample, signal?: AbortSignal): Promise<BeliefExample> {
  const { positions, read, classes, frames, bag } = example;
  const reading = await net.read(positions, [read], null, signal);
  const places = bag ?? frames.map(({ at }) => at);
  return {
    ...example,
    asRead: {
      classes: probabilitiesOf(classes, reading.classes[0], net.words),
      frames: places.map((at) => ({ at, label: sigmoid(reading.evidence[at] ?? 0) })),
    },
  };
}

/**
 * The example with what the net itself reads in place of the truth, so that it stays as it is. As it was where the net was
 * not asked. Source: Li & Hoiem 2016 (learning without forgetting).
 */
export const remembered = (example: BeliefExample): BeliefExample =>
  example.asRead === undefined
    ? example
    : { ...example, believed: example.asRead.classes, frames: example.asRead.frames, bag: null };
