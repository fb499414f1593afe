/** The sample archive as a suite. */
import { sampleScenes } from '../scenes/sample.ts';
import { recordingOf, type Suite, type SuiteOptions } from './suite.ts';

export const sample = ({ seed }: SuiteOptions): Suite => ({
  name: 'sample',
  recordings: sampleScenes(seed).map(recordingOf),
});
