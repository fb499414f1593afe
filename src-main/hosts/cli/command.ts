/** What a command of `anom-pi` is: its words, its options, and what it does with a connection to the core. */
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../../contract/errors.ts';
import type { Client } from '../../contract/service.ts';
import type { Entries } from '../entries.ts';
import type { Output } from './output.ts';

/** The surroundings of a command. */
export interface Surroundings {
  readonly output: Output;
  readonly entries: Entries;
  readonly dataFolder: string;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  /** Connects to the core of the data folder, starting one where none runs; the same client at every call. */
  connect(): Promise<Client>;
  /** A path as it was typed, against the folder where it was typed. */
  absolute(path: string): string;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  /** The arguments as they were typed, without the command's name. */
  readonly typed: readonly string[];
  text(option: string): string | undefined;
  /** Every value of an option that may be given several times. */
  texts(option: string): readonly string[];
  /** Throws `invalid-argument` where the option is not a finite number. */
  number(option: string): number | undefined;
  is(option: string): boolean;
}

export interface Command {
  readonly name: string;
  /** What follows the name, as in `FLAG confirm|reject|unsure`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Least and most positional arguments. */
  readonly positionals: readonly [number, number];
  /** Returns the exit code. */
  run(input: CommandInput, surroundings: Surroundings): Promise<number>;
}

/** Options that every command takes. */
const commonOptions = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Command['options'];

/** Errors: `invalid-argument` with the command's usage. */
export function readInput(command: Command, args: readonly string[]): CommandInput {
  const wrong = (reason: string) =>
    new AppError('invalid-argument', `${reason}\nUsage: anom-pi ${command.name} ${command.usage}`.trimEnd());
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...commonOptions, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [least, most] = command.positionals;
  if (values['help'] !== true && (positionals.length < least || positionals.length > most)) {
    throw wrong(
      positionals.length < least ? 'Something is missing.' : `Too much: ${positionals.slice(most).join(' ')}`,
    );
  }
  const text = (option: string) => {
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    typed: args,
    text,
    texts: (option) => [values[option] ?? []].flat().filter((value) => typeof value === 'string'),
    is: (option) => values[option] === true,
    number: (option) => {
      const value = text(option);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number)) throw wrong(`--${option} takes a number, not '${value}'.`);
      return number;
    },
  };
}

/** A positional argument as seconds. Errors: `invalid-argument`. */
export function secondsFrom(text: string, what: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !Number.isFinite(seconds) || seconds < 0) {
    throw new AppError('invalid-argument', `${what} takes seconds from the recording's start, not '${text}'.`);
  }
  return seconds;
}

/** `path` against the folder where the command was typed, which npm keeps in INIT_CWD. */
export function absoluteFrom(path: string): string {
  // Most likely a variable that is not set; the current folder would be a surprise.
  if (path === '') throw new AppError('invalid-argument', 'A path is empty.');
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
