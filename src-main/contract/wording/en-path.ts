/** English: the steps of a path into words. Nothing is said that the trajectory does not carry. */
import type { Action, Observation } from '../trajectory.ts';
import {
  attributeName,
  capitalised,
  className,
  counted,
  joined,
  measurement,
  percent,
  position,
  rate,
} from './en-terms.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

const seconds = (value: number) => `${value.toFixed(value < 10 && value % 1 !== 0 ? 1 : 0)} s`;

/**
 * What a step did. `focus` is what the times of the action are relative to: the focus after the step before, in seconds
 * of the recording. Null is the opening look, which no one chose.
 */
export function action(taken: Action | null, focus: Span): string {
  if (taken === null) return 'A first quick look over all of it.';
  const length = focus.end - focus.start;
  switch (taken.operator) {
    case 'THINK': {
      const weighed = taken.attributes.map(attributeName);
      const said = taken.text.trim();
      if (weighed.length === 0) return said === '' ? 'Stopped to think.' : said;
      return `Weighed ${joined(weighed)}.${said === '' ? '' : ` ${said}`}`;
    }
    case 'BACKTRACK': {
      const start = focus.start - taken.distance * length;
      return `Looked back ${seconds(taken.distance * length)}, to ${position(Math.max(0, start))}.`;
    }
    case 'EXPAND':
      return `Widened the view ${String(taken.factor)} times around ${position(focus.start + length / 2)}.`;
    case 'SAMPLE': {
      const [start, end] = [focus.start + taken.start, focus.start + taken.end];
      return `Looked closer from ${position(Math.max(0, start))} to ${position(Math.max(0, end))}, ${rate(taken.rate)}.`;
    }
    case 'FINAL': {
      const classes = taken.hypotheses.map((hypothesis) => className(hypothesis.class));
      return classes.length === 0 ? 'Decided: nothing to flag.' : `Decided: ${joined(classes)}.`;
    }
    default:
      return taken satisfies never;
  }
}

const nets = { motion: 'movement', objects: 'objects', persons: 'poses' } as const;

/**
 * What a look returned, one clause for each thing that it says; `attributes` names and orders the measurements that are
 * told (all, as they are stored, by default). Empty where it says nothing.
 */
export function observation(seen: Observation, attributes?: readonly string[]): string[] {
  switch (seen.kind) {
    case 'perception': {
      const told =
        attributes === undefined
          ? seen.attributes
          : attributes.flatMap((name) => seen.attributes.find((attribute) => attribute.name === name) ?? []);
      return told.map(({ name, value, percentile }) => {
        const here =
          percentile === null ? '' : ` (more than ${percent(Math.min(0.99, percentile))} of what is usual here)`;
        return `${capitalised(measurement(name, value))}${here}`;
      });
    }
    case 'caption':
      return seen.segments.map(({ caption, score }) => {
        const found = score === null ? 'the model gave no answer' : `${percent(score)} unusual`;
        return caption === null ? capitalised(found) : `“${caption}” (${found})`;
      });
    case 'symbols':
      return [`${counted(seen.symbols.length, 'symbol', 'symbols')} of ${seen.vocabulary}: ${seen.symbols.join(' ')}`];
    default:
      return seen satisfies never;
  }
}

/** What a look could tell, by what was there to measure with. */
export const measuredWith = (saw: Extract<Observation, { kind: 'perception' }>['saw']): string =>
  saw.length === 0 ? 'Nothing was measured.' : `Measured: ${joined(saw.map((source) => nets[source]))}.`;

/** How the path ended: by the policy's own decision, or because something ran out. */
export function outcome(forcedFinal: 'steps' | 'seconds' | null, intervals: number): string {
  const flagged = intervals === 0 ? 'nothing to flag' : counted(intervals, 'interval', 'intervals');
  switch (forcedFinal) {
    case null:
      return `The policy ended by itself, with ${flagged}.`;
    case 'steps':
      return `The steps ran out, so the policy had to decide with what it had seen: ${flagged}.`;
    case 'seconds':
      return `The time ran out, so the policy had to decide with what it had seen: ${flagged}.`;
    default:
      return forcedFinal satisfies never;
  }
}
