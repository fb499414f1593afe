/** What the nano policy says about its steps: sentences from its actions, its beliefs and what was measured. */
import { className, counted, joined, measurement, percent } from '../../../contract/wording/en-terms.ts';
import { normalClass } from '../../../contract/taxonomy.ts';
import type { Action } from '../../../contract/trajectory.ts';
import type { Decision, PolicyView, ReadOut, ViewLook } from '../../policy.ts';

type Words = Pick<Decision, 'reason' | 'purpose' | 'reflection'>;

/** @param beliefs at each turn, the last one now */
export function wordsFor(action: Action, view: PolicyView, beliefs: readonly ReadOut[]): Words {
  const now = beliefs.at(-1) ?? view.belief;
  switch (action.operator) {
    case 'THINK':
      return { reason: `${reading(now)} What speaks about it: ${measurementsOf(action.attributes, view)}.` };
    case 'BACKTRACK':
      return { purpose: 'onset-search', reason: `${reading(now)} How did it begin, before what was seen?` };
    case 'EXPAND':
      return { purpose: 'context', reason: `${reading(now)} What lies around it?` };
    case 'SAMPLE':
      return isActive(action, view)
        ? { purpose: 'activity-peak', reason: `${reading(now)} More happens here than elsewhere; what is it?` }
        : { purpose: 'closer-look', reason: `${reading(now)} ${gapsIn(action, view)}` };
    case 'FINAL':
      return { reason: conclusion(action, now), reflection: reflectionOf(action, view, beliefs) };
    default:
      return action satisfies never;
  }
}

const incidentOf = ({ probabilities }: ReadOut) => 1 - (probabilities[normalClass] ?? 1);

/** The likeliest class of incident. */
function likeliestClass({ probabilities }: ReadOut): string {
  const [best] = Object.entries(probabilities)
    .filter(([id]) => id !== normalClass)
    .sort(([, a], [, b]) => b - a);
  return className(best?.[0] ?? normalClass);
}

/** What the belief comes to. */
function reading(belief: ReadOut): string {
  const incident = incidentOf(belief);
  if (incident < 0.2) return `So far all looks ordinary (${percent(1 - incident)}).`;
  if (incident < 0.5) return `It may be ${likeliestClass(belief)} (${percent(incident)} that anything is unusual).`;
  return `It looks like ${likeliestClass(belief)} (${percent(incident)} that anything is unusual).`;
}

/** The attributes with what they measured, each in the look where it is strongest supported. */
function measurementsOf(names: readonly string[], { looks }: PolicyView): string {
  const clauses = names.flatMap((name) => {
    const found = looks.flatMap(({ observation }) =>
      observation.kind === 'perception' ? observation.attributes.filter((attribute) => attribute.name === name) : [],
    );
    const [best] = found.toSorted((a, b) => (b.percentile ?? 0) - (a.percentile ?? 0) || b.value - a.value);
    return best === undefined ? [] : [measurement(name, best.value)];
  });
  return joined(clauses);
}

type Sample = Extract<Action, { operator: 'SAMPLE' }>;

const busy = 0.25;

/** Whether the window holds a busy second that no look shows closely. */
const isActive = (action: Sample, { activity, looks }: PolicyView) =>
  activity.some(
    ({ offset, level }) =>
      level >= busy &&
      offset >= action.start &&
      offset < action.end &&
      !looks.some((look) => showsClosely(look, offset)),
  );

const showsClosely = ({ interval, frames }: ViewLook, offset: number) =>
  interval <= 0.5 && frames.some((frame) => frame.offset >= offset && frame.offset < offset + 1);

function gapsIn(action: Sample, { looks }: PolicyView): string {
  const spacings = looks.flatMap(({ interval, frames }) =>
    frames.some(({ offset }) => offset >= action.start - interval && offset < action.end) ? [interval] : [],
  );
  if (spacings.length === 0) return 'This stretch was not looked at.';
  return `What happens here between frames ${String(Math.min(...spacings))} s apart?`;
}

function conclusion({ hypotheses }: Extract<Action, { operator: 'FINAL' }>, belief: ReadOut): string {
  const share = percent(incidentOf(belief));
  if (hypotheses.length === 0) return `Nothing is flagged: ${share} that anything is unusual.`;
  return `Flagged: ${joined([...new Set(hypotheses.map((each) => className(each.class)))])}; ${share} that anything is unusual.`;
}

/** Initial reading, what was held against it, and what became of it (SPEC T5). */
function reflectionOf(
  final: Extract<Action, { operator: 'FINAL' }>,
  view: PolicyView,
  beliefs: readonly ReadOut[],
): NonNullable<Decision['reflection']> {
  const [first, last] = [beliefs[0] ?? view.belief, beliefs.at(-1) ?? view.belief];
  const moved = incidentOf(last) - incidentOf(first);
  const objections = [
    ...(view.looks.every(({ interval }) => interval > 1) ? ['no stretch was looked at closely'] : []),
    ...disturbancesIn(view.looks),
    ...(Math.abs(moved) >= 0.2
      ? [`what was seen after the first look moved it by ${counted(Math.round(100 * moved), 'point', 'points')}`]
      : []),
  ];
  return {
    initial: reading(first),
    critique: objections.length === 0 ? 'Nothing that was seen speaks against it.' : `${sentence(joined(objections))}.`,
    revised: `${reading(last)} ${conclusion(final, last)}`,
  };
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What else would explain movement, from the looks that measured it. Bounds as of `disturbances` in `cues.ts`. */
function disturbancesIn(looks: readonly ViewLook[]): string[] {
  const most = (name: string) =>
    Math.max(
      0,
      ...looks.flatMap(({ observation }) =>
        observation.kind === 'perception'
          ? observation.attributes.filter((attribute) => attribute.name === name).map(({ value }) => value)
          : [],
      ),
    );
  return [
    ...(most('light-change') > 0.06 ? ['a change of light would explain some of the movement'] : []),
    ...(most('camera-moved') > 0.01 ? ['a moved camera would explain some of the movement'] : []),
  ];
}
