/** The nano policy: a small transformer that decides where to look, says what it found, and reads out what it believes. */
export { collate } from './collate.ts';
export { probabilitiesOf } from './nano-belief.ts';
export { defaultNanoWords, modalities, rowOfClass } from './nano-config.ts';
export type { NanoSize, NanoWords } from './nano-config.ts';
export { nanoBody } from './nano-graph.ts';
export { openNano } from './nano-net.ts';
export type { NanoNet } from './nano-net.ts';
export { nanoPolicy } from './nano-policy.ts';
export type { NanoEpisode, NanoPolicy } from './nano-policy.ts';
export { decodeNano, encodeNano, randomWeights, readingWeights, weightNamed, weightSpecs } from './nano-weights.ts';
export type { NanoModel, NanoWeights } from './nano-weights.ts';
export type { Choice, Transcript } from './scribe.ts';
export { beliefSequence, observationSet } from './sequence.ts';
export { unsimulatedFeatures } from './soft-tokens.ts';
export type { Position } from './sequence.ts';
export { retracing, transcribing } from './transcribing.ts';
export type { Transcribed } from './transcribing.ts';
