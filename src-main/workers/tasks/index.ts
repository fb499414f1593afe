/** Every task of the protocol with the function that does it. */
import type { TaskName } from '../protocol/index.ts';
import type { TaskFunction } from '../task.ts';
import { assessReplayed } from './assess-replay.ts';
import { assess } from './assess.ts';
import { backdrop } from './backdrop.ts';
import { clipVectorOf } from './clip-vector.ts';
import { compare } from './compare.ts';
import { cutClipOf } from './cut-clip.ts';
import { examine } from './examine.ts';
import { inquire } from './inquire.ts';
import { learnNormality, mergeNormality } from './learn-normality.ts';
import { lookAhead } from './look-ahead.ts';
import { makeMedia } from './make-media.ts';
import { observe } from './observe.ts';
import { picture } from './picture.ts';
import { planPlayback } from './plan-playback.ts';
import { probe } from './probe.ts';
import { simulate } from './simulate.ts';
import { tabulate } from './tabulate.ts';
import { train } from './train.ts';
import { triage } from './triage.ts';
import { viewingCopyOf } from './viewing-copy.ts';

export const tasks: { readonly [K in TaskName]: TaskFunction<K> } = {
  probe,
  triage,
  inquire,
  compare,
  'learn-normality': learnNormality,
  'merge-normality': mergeNormality,
  'plan-playback': planPlayback,
  'make-media': makeMedia,
  observe,
  'look-ahead': lookAhead,
  train,
  assess,
  'assess-replay': assessReplayed,
  'cut-clip': cutClipOf,
  'viewing-copy': viewingCopyOf,
  backdrop,
  'clip-vector': clipVectorOf,
  picture,
  tabulate,
  examine,
  simulate,
};
