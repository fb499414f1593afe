/** Every task of the protocol with the function that does it. */
import type { TaskName } from '../protocol.ts';
import type { TaskFunction } from '../task.ts';
import { examine } from './examine.ts';
import { inquire } from './inquire.ts';
import { makeMedia } from './make-media.ts';
import { planPlayback } from './plan-playback.ts';
import { probe } from './probe.ts';
import { simulate } from './simulate.ts';
import { triage } from './triage.ts';

export const tasks: { readonly [K in TaskName]: TaskFunction<K> } = {
  probe,
  triage,
  inquire,
  'plan-playback': planPlayback,
  'make-media': makeMedia,
  examine,
  simulate,
};
