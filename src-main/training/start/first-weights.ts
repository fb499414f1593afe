/** The weights that training starts from: random, but deaf to what simulated recordings never tell. */
import {
  modalities,
  randomWeights,
  unsimulatedFeatures,
  weightNamed,
  type NanoSize,
  type NanoWeights,
} from '../../inquiry/policies/nano/index.ts';

/**
 * What is usual for a camera and the words of captions are not simulated: rows of the projectors that take them are 0, so
 * that they change nothing until real recordings teach what they mean.
 */
export function firstWeights(size: NanoSize, seed: string): NanoWeights {
  const weights = randomWeights(size, `${seed}/weights`);
  for (const [modality, features] of Object.entries(unsimulatedFeatures)) {
    const { data, dims } = weightNamed(weights, `project/${modality}`);
    const width = dims[1] ?? 0;
    if (dims[0] !== modalities[modality as keyof typeof modalities]) throw new RangeError(`project/${modality}`);
    for (const feature of features) data.fill(0, feature * width, (feature + 1) * width);
  }
  return weights;
}
