/** Which measurements of a look are worth telling, and in what order: a look has some twenty, most of them silent. */
import type { Observation } from '../../../src-main/contract/trajectory.ts';

/** From what says most of an incident to what says least. What is not here comes last. */
export const attributeOrder: readonly string[] = [
  'fall',
  'lying',
  'wrist-in-other',
  'person-vehicle-gap',
  'vehicle-stop',
  'vehicle-overlap',
  'against-flow',
  'left-behind',
  'chase',
  'person-overlap',
  'approach-speed',
  'crowd-speed',
  'person-start',
  'person-stop',
  'limb-speed',
  'person-speed',
  'persons',
  'vehicles',
  'crowd',
  'person-gap',
  'bent',
  'dwell',
  'animals',
  'bags',
  'vehicle-speed',
  'motion-peak',
  'motion-erratic',
  'motion-coherence',
  'motion-onset',
  'motion-stop',
  'motion',
  'motion-speed',
  'motion-outside',
  'light-change',
  'camera-moved',
  'cut',
];

/** Distances say something when they are small, everything else when it is not nothing. */
const isTold = ({ name, value }: { readonly name: string; readonly value: number }) =>
  name.endsWith('-gap') ? value <= 1 : value >= 0.01;

const rank = (name: string) => {
  const place = attributeOrder.indexOf(name);
  return place === -1 ? attributeOrder.length : place;
};

/** Names of the measurements worth telling, most telling first; what is unusual for the camera goes before all else. */
export function toldAttributes(observation: Extract<Observation, { kind: 'perception' }>): string[] {
  const unusual = (percentile: number | null) => (percentile !== null && percentile >= 0.95 ? percentile : 0);
  return observation.attributes
    .filter(isTold)
    .sort((a, b) => unusual(b.percentile) - unusual(a.percentile) || rank(a.name) - rank(b.name))
    .map(({ name }) => name);
}
