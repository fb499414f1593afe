/**
 * A readable hand-written active policy: it goes through its rules from the top and does what the first one that has a
 * reason asks for. The rules, their order and their figures are ours.
 */
import type { Action } from '../../contract/trajectory.ts';
import { quantisedOffset, rates } from '../grammar.ts';
import type { Decision, Policy, PolicyView } from '../policy.ts';
import { contributionsTo, readAttributes } from '../read-out.ts';
import { hypothesesOf, sightingsOf, suspicionsOf, classOf, type Sighting, type Suspicion } from '../suspicion.ts';

/** Evidence logits: what is worth a closer look, and what is about as likely as not. */
const worthALook = -2.5;
const likely = 0;
/** Between these probabilities of anything unusual it stops to think. */
const ambiguous = [0.2, 0.8] as const;
/** Frames at most this far apart show what happens, seconds; anything coarser only hints at it. */
const closeInterval = 0.5;
/** A second is worth a look for its activity alone from this level on. */
const peakLevel = 0.25;
/** How often an episode may do each: enough for two incidents. */
const most = { peaks: 3, closer: 4, back: 2, wider: 2, thoughts: 2, second: 1 } as const;

type Rule = (situation: Situation) => Decision | null;

/** What the rules go by. */
interface Situation {
  readonly view: PolicyView;
  readonly sightings: readonly Sighting[];
  readonly suspicions: readonly Suspicion[];
  readonly unusual: number;
}

const taken = (view: PolicyView, operator: Action['operator']) =>
  view.taken.filter((action) => action.operator === operator).length;

const looksFor = (view: PolicyView, purpose: string) =>
  new Set(view.looks.filter((look) => look.purpose === purpose)).size;

/** The decision if grammar and budget allow it and it shows something that was not seen. */
function looked(view: PolicyView, decision: Decision): Decision | null {
  const { allowed, frames } = view.chargeOf(decision.action);
  // A look at nothing but what was seen is charged at most two frames.
  return allowed && frames > 2 ? decision : null;
}

const isSeenClosely = (sightings: readonly Sighting[], offset: number) =>
  sightings.some(
    ({ start, end, interval }) => interval <= closeInterval && offset >= start - 0.25 && offset < end + 0.25,
  );

const secondsInWords = (seconds: number) => `${seconds.toFixed(1)} s`;

/** BACKTRACK: what is suspicious was already going on when the close look at it began. */
const searchOnset: Rule = ({ view, sightings, suspicions }) => {
  if (taken(view, 'BACKTRACK') >= most.back) return null;
  const cut = suspicions.find(
    ({ start, best }) =>
      best.logit >= worthALook + 1 &&
      start >= 0 &&
      start <= view.focusSeconds / 4 &&
      isSeenClosely(sightings, start) &&
      !isSeenClosely(sightings, start - 1),
  );
  if (cut === undefined) return null;
  return looked(view, {
    action: { operator: 'BACKTRACK', distance: 1 },
    purpose: 'onset-search',
    reason: 'It was already going on when the look began; how did it start?',
  });
};

/** EXPAND: something likely was seen, but hardly anything around it. */
const seekContext: Rule = ({ view, sightings, suspicions }) => {
  if (taken(view, 'EXPAND') >= most.wider) return null;
  const bare = suspicions.find(
    ({ best, start, end }) =>
      best.logit >= likely &&
      best.start >= 0 &&
      best.start < view.focusSeconds &&
      [start - 2, end + 2].some((offset) => !sightings.some((seen) => offset >= seen.start && offset < seen.end)),
  );
  if (bare === undefined) return null;
  return looked(view, {
    action: { operator: 'EXPAND', factor: 4 },
    purpose: 'context',
    reason: 'What comes before and after it was not seen.',
  });
};

/** SAMPLE: a hint in a coarse look, looked at closely. */
const lookCloser: Rule = ({ view, sightings, suspicions }) => {
  if (looksFor(view, 'closer-look') >= most.closer) return null;
  const hint = suspicions
    .flatMap((suspicion) => suspicion.sightings)
    .filter(({ start, end, logit }) => logit >= worthALook && !isSeenClosely(sightings, (start + end) / 2))
    .sort((a, b) => b.logit - a.logit)[0];
  if (hint === undefined) return null;
  const start = quantisedOffset(hint.start - 1);
  return looked(view, {
    action: { operator: 'SAMPLE', start, end: start + 4, rate: 2 },
    purpose: 'closer-look',
    reason: 'Something stood out between frames that lie far apart.',
  });
};

/** SAMPLE: triage saw activity where the looks so far have a gap. */
const lookAtPeaks: Rule = ({ view, sightings }) => {
  if (looksFor(view, 'activity-peak') >= most.peaks) return null;
  const peak = view.activity
    .filter(({ level, offset }) => level >= peakLevel && !isSeenClosely(sightings, offset + 0.5))
    .sort((a, b) => b.level - a.level || a.offset - b.offset)[0];
  if (peak === undefined) return null;
  const start = quantisedOffset(peak.offset - 1.5);
  return looked(view, {
    action: { operator: 'SAMPLE', start, end: start + 4, rate: 2 },
    purpose: 'activity-peak',
    reason: 'More happens here than elsewhere, and it was not looked at closely.',
  });
};

/** SAMPLE: a model's answers come without triage, so that nothing tells where to look first; what lies between is read too. */
const readBetween: Rule = ({ view }) => {
  const densest = view.looks.reduce((least, { interval }) => Math.min(least, interval), Infinity);
  const isAnswer = view.looks.every(
    ({ purpose, observation }) =>
      observation.kind === 'caption' && (purpose === 'opening-look' || purpose === 'even-sampling'),
  );
  const rate = rates.find((each) => each > 1 / densest);
  if (!isAnswer || rate === undefined) return null;
  return looked(view, {
    action: { operator: 'SAMPLE', start: 0, end: view.focusSeconds, rate },
    purpose: 'even-sampling',
    reason: 'Nothing tells where more happens: what lies between is read as well.',
  });
};

/** THINK: close looks leave it open; name what speaks for it before deciding where to look. */
const weigh: Rule = ({ view, suspicions, unusual }) => {
  const [strongest] = suspicions;
  if (strongest === undefined || taken(view, 'THINK') >= most.thoughts) return null;
  if (unusual < ambiguous[0] || unusual > ambiguous[1]) return null;
  const attributes = attributesFor(strongest, view);
  const isNew = !view.thoughts.some((thought) => thought.attributes.join() === attributes.join());
  if (attributes.length === 0 || !isNew) return null;
  const action: Action = { operator: 'THINK', attributes, text: '' };
  if (!view.chargeOf(action).allowed) return null;
  return { action, reason: `It could be ${classOf(strongest, view)} or nothing: weighing ${attributes.join(', ')}.` };
};

/** The part of reflection that may look again: the strongest moment once more, at twice the density. */
const lookAgain: Rule = ({ view, suspicions, unusual }) => {
  const [strongest] = suspicions;
  if (strongest === undefined || strongest.best.logit < worthALook + 1) return null;
  if (looksFor(view, 'second-look') >= most.second) return null;
  const start = quantisedOffset(strongest.best.start - 0.5);
  const decision = looked(view, {
    action: { operator: 'SAMPLE', start, end: start + 2, rate: 4 },
    purpose: 'second-look',
    reason: 'Before deciding: does its strongest moment hold at twice the density?',
  });
  if (decision === null) return null;
  return {
    ...decision,
    reflection: { initial: readingOf(strongest, unusual, view), critique: critiqueOf(strongest, view) },
  };
};

const rules: readonly Rule[] = [readBetween, searchOnset, seekContext, lookCloser, lookAtPeaks, weigh, lookAgain];

function attributesFor(suspicion: Suspicion, view: PolicyView): string[] {
  const look = view.looks[suspicion.best.pointer.look];
  return look === undefined
    ? []
    : contributionsTo(classOf(suspicion, view), look)
        .slice(0, 4)
        .map(({ attribute }) => attribute);
}

function readingOf(suspicion: Suspicion, unusual: number, view: PolicyView): string {
  const cues = attributesFor(suspicion, view).join(', ') || 'no single measurement';
  const share = (100 * unusual).toFixed(0);
  return `${classOf(suspicion, view)} for ${secondsInWords(suspicion.end - suspicion.start)}, on ${cues}; ${share} % that anything is unusual.`;
}

/** What is missing, what else would explain it, which frame speaks against it. */
function critiqueOf(suspicion: Suspicion, view: PolicyView): string {
  const objections: string[] = [];
  const strong = suspicion.sightings.filter(({ logit }) => logit >= likely).length;
  if (strong < 3) objections.push(`only ${strong} frames carry it`);
  const look = view.looks[suspicion.best.pointer.look];
  if (look?.observation.kind === 'perception') {
    if (look.observation.saw.length === 1) objections.push('it rests on motion alone, no net saw who or what moves');
    const valueOf = (name: string) =>
      look.observation.kind === 'perception'
        ? (look.observation.attributes.find((attribute) => attribute.name === name)?.value ?? 0)
        : 0;
    if (valueOf('light-change') > 0.06) objections.push('a change of light would explain it');
    if (valueOf('camera-moved') > 0.01) objections.push('a moved camera would explain it');
    if (valueOf('motion-coherence') > 0.8) objections.push('everything moves one way, as ordinary traffic does');
  }
  const weakest = suspicion.sightings.reduce((least, sighting) => (sighting.logit < least.logit ? sighting : least));
  if (weakest.logit < worthALook) {
    objections.push(
      `the frame ${secondsInWords(Math.abs(weakest.start - suspicion.best.start))} from its strongest moment shows nothing`,
    );
  }
  return objections.length === 0 ? 'Nothing that was seen speaks against it.' : `${objections.join('; ')}.`;
}

function conclude({ view, suspicions, unusual }: Situation): Decision {
  const hypotheses = hypothesesOf(view);
  const [strongest] = suspicions;
  const reading = strongest === undefined ? 'Nothing that was seen stands out.' : readingOf(strongest, unusual, view);
  const hadSecondLook = looksFor(view, 'second-look') > 0;
  return {
    action: { operator: 'FINAL', hypotheses },
    reason: hypotheses.length === 0 ? 'Nothing holds up as unusual.' : 'What was seen holds up.',
    reflection: {
      ...(hadSecondLook
        ? {}
        : {
            initial: reading,
            critique:
              strongest === undefined ? 'What lies between the frames was not seen.' : critiqueOf(strongest, view),
          }),
      revised: hypotheses.length === 0 ? `Not enough to flag. ${reading}` : reading,
    },
  };
}

export const rulesPolicy: Policy = {
  name: 'rules',
  version: '2',
  opens: true,
  readBelief: readAttributes,
  decide: (view) => {
    const { normal = 1 } = view.belief.probabilities;
    const situation: Situation = {
      view,
      sightings: sightingsOf(view),
      suspicions: suspicionsOf(view, worthALook, worthALook),
      unusual: 1 - normal,
    };
    if (!view.mustEnd) {
      for (const rule of rules) {
        const decision = rule(situation);
        if (decision !== null) return decision;
      }
    }
    return conclude(situation);
  },
};
