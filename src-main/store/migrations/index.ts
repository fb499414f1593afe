/** All migrations in order; a new one is added at the end and an old one is never changed. */
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';
import * as normality from './0003-normality.ts';
import * as audit from './0004-audit.ts';
import * as training from './0005-training.ts';
import * as watching from './0006-watching.ts';
import * as reviewDetails from './0007-review-details.ts';
import * as policyVersions from './0008-policy-versions.ts';
import * as flagSearch from './0009-flag-search.ts';
import * as savedFilters from './0010-saved-filters.ts';
import * as flagClocks from './0011-flag-clocks.ts';
import * as searchIndexes from './0012-search-indexes.ts';

export interface Migration {
  /** The schema version that `up` leads to, counted from 1. */
  readonly version: number;
  readonly up: string;
}

export const migrations: readonly Migration[] = [
  firstTables,
  listedFlags,
  normality,
  audit,
  training,
  watching,
  reviewDetails,
  policyVersions,
  flagSearch,
  savedFilters,
  flagClocks,
  searchIndexes,
];
