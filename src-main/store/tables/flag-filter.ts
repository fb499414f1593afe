/** A filter of flags as SQL: the conditions that it asks for and no others, so that each has the plan that fits it. */
import type { FlagState } from '../../contract/calls/review.ts';
import type { SqlParameters } from '../database.ts';
import { MATCHING } from './flag-search.ts';
import { jsonOf } from './json.ts';

/** What is not there lets everything through; all that is there must hold. */
export interface FlagTerms {
  readonly states?: readonly FlagState[] | undefined;
  /** Names of cameras. */
  readonly cameras?: readonly string[] | undefined;
  /** The reviewer's class counts where he gave one. */
  readonly classes?: readonly string[] | undefined;
  readonly recording?: string | undefined;
  /** Wall-clock time in ms at which flags start, `[from, until)`; those without one are in no such time. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly minScore?: number | undefined;
  readonly maxScore?: number | undefined;
  /** `policy/version`. */
  readonly versions?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly noted?: boolean | undefined;
  /** Of the full-text index, as `searchTerms` writes it. */
  readonly match?: string | undefined;
  /** These alone, by their numbers. */
  readonly numbers?: readonly number[] | undefined;
}

interface FlagConditions {
  /** Of `f`. */
  readonly where: string;
  readonly parameters: SqlParameters;
}

const ANY_OF = (column: string, list: string) => `${column} IN (SELECT value FROM json_each(@${list}))`;

export function flagConditions(terms: FlagTerms): FlagConditions {
  const { states, cameras, classes, recording, from, until, minScore, maxScore, versions, tags, noted } = terms;
  const conditions = ['f.state IS NOT NULL'];
  const parameters: Record<string, string | number> = {};
  const add = (sql: string, given: Readonly<Record<string, string | number>>) => {
    conditions.push(sql);
    Object.assign(parameters, given);
  };
  if (recording !== undefined) add('f.recording = @recording', { recording });
  if (states !== undefined) add(ANY_OF('f.state', 'states'), { states: jsonOf(states) });
  if (classes !== undefined) add(ANY_OF('f.listed_class', 'classes'), { classes: jsonOf(classes) });
  if (cameras !== undefined) {
    const ofThem = `f.recording IN (SELECT shown.id FROM cameras named JOIN recordings shown ON shown.camera = named.id
      WHERE ${ANY_OF('named.name', 'cameras')})`;
    add(ofThem, { cameras: jsonOf(cameras) });
  }
  // As the index by clock has it, in which those without a clock stand apart.
  if (from !== undefined || until !== undefined) add('(f.clock_ms IS NULL) = 0', {});
  if (from !== undefined) add('f.clock_ms >= @from', { from });
  if (until !== undefined) add('f.clock_ms < @until', { until });
  if (minScore !== undefined) add('f.score >= @minScore', { minScore });
  if (maxScore !== undefined) add('f.score <= @maxScore', { maxScore });
  if (versions !== undefined) {
    const ofThem = `SELECT id FROM scans WHERE ${ANY_OF(`policy || '/' || policy_version`, 'versions')}`;
    add(`f.scan IN (${ofThem})`, { versions: jsonOf(versions) });
  }
  if (tags !== undefined) {
    add(`f.id IN (SELECT flag FROM flag_tags WHERE ${ANY_OF('tag', 'tags')})`, { tags: jsonOf(tags) });
  }
  if (noted !== undefined) add('f.noted = @noted', { noted: Number(noted) });
  if (terms.match !== undefined) add(`f.number IN (${MATCHING})`, { match: terms.match });
  if (terms.numbers !== undefined) add(ANY_OF('f.number', 'numbers'), { numbers: jsonOf(terms.numbers) });
  return { where: conditions.join('\n  AND '), parameters };
}
