/** Temporal annotations to and from other programs. */
export { activityNetText, readActivityNet } from './activitynet.ts';
export type { AnnotatedRecording, Segment } from './annotated-recording.ts';
export { cvatText, readCvat, type CvatVideo } from './cvat.ts';
