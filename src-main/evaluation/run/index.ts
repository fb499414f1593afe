/** From scores and labels to the figures of a table: the public face of the folder. */
export type { AssessedFlag, AssessedPolicy, Effort, RecordingScores, TrueRecording } from './assessed.ts';
export { lookedAtShare, operatorsOf, summed } from './effort.ts';
export { evaluate } from './evaluate.ts';
export type { EvaluationFigures, EvaluationInput } from './evaluate.ts';
export { fitHeadBySource } from './fit-head.ts';
export type { Clip, FittedHead } from './fit-head.ts';
export { smoothingInWords } from './smooth-all.ts';
