/** All migrations in order; a new one is added at the end and an old one is never changed. */
import * as firstTables from './0001-first-tables.ts';
import * as listedFlags from './0002-listed-flags.ts';
import * as normality from './0003-normality.ts';
import * as audit from './0004-audit.ts';

export interface Migration {
  /** The schema version that `up` leads to, counted from 1. */
  readonly version: number;
  readonly up: string;
}

export const migrations: readonly Migration[] = [firstTables, listedFlags, normality, audit];
