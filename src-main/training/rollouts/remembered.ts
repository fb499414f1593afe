/** What a version makes of looks, as what it should go on making of them while it learns something else. */
import { probabilitiesOf, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { sigmoid } from '../../inquiry/score.ts';
import type { BeliefExample } from '../nano/examples.ts';

/** The example with the net's own belief in place of the truth. Source: Li & Hoiem 2016 (learning without forgetting). */
export async function remembered(example: BeliefExample, net: NanoNet, signal?: AbortSignal): Promise<BeliefExample> {
  const { positions, read, classes, frames, bag } = example;
  const reading = await net.read(positions, [read], null, signal);
  const places = bag ?? frames.map(({ at }) => at);
  return {
    ...example,
    believed: probabilitiesOf(classes, reading.classes[0] ?? new Float32Array(), net.words),
    frames: places.map((at) => ({ at, label: sigmoid(reading.evidence[at] ?? 0) })),
    bag: null,
  };
}
