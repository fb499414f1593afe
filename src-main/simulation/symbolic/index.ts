/** Scenes observed without drawing them: what perception would return, for training on far more than can be rendered. */
export { symbolicFrames, type SymbolicFrames } from './observe.ts';
export { symbolicRecording, twinRecordings, type SymbolicOptions, type SymbolicRecording } from './recordings.ts';
