/** Temporal annotations to and from other programs. */
export type { AnnotatedRecording, Segment } from './annotated-recording.ts';
export { cvatText, readCvat, type CvatVideo } from './cvat.ts';
export { foundAnnotations } from './found-annotations.ts';
