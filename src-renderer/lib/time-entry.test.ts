import { describe, expect, test } from 'vitest';
import { readInterval, secondsFromEntry } from './time-entry.ts';

describe('secondsFromEntry', () => {
  test.each([
    ['0', 0],
    ['7.5', 7.5],
    ['7,5', 7.5],
    ['90', 90],
    ['1:05', 65],
    [' 1:05.25 ', 65.25],
    ['75:00', 4500],
    ['1:02:03', 3723],
    ['10:00:00.5', 36_000.5],
  ])('reads %j', (text, seconds) => {
    expect(secondsFromEntry(text)).toBeCloseTo(seconds, 9);
  });

  test.each(['', 'soon', '-1', '1:60', '1:75:00', '1:2:3:4', '1e3', '.5', '1:', ':5', 'NaN'])('refuses %j', (text) => {
    expect(secondsFromEntry(text)).toBeNull();
  });
});

describe('readInterval', () => {
  test('gives the bounds where both are sound', () => {
    expect(readInterval('0:10', '0:12.5', 60).interval).toEqual({ start: 10, end: 12.5 });
  });

  test('ends with the recording where the tenth that is shown lies past its end', () => {
    expect(readInterval('0:10', '0:25.4', 25.33).interval).toEqual({ start: 10, end: 25.33 });
  });

  test.each([
    ['x', '12', 'not-a-time', null],
    ['12', 'x', null, 'not-a-time'],
    ['12', '12', null, 'reversed'],
    ['12', '11', null, 'reversed'],
    ['12', '61', null, 'outside'],
    ['61', '62', 'outside', 'outside'],
    ['61', '30', 'outside', 'reversed'],
  ])('says what is wrong with %j – %j', (start, end, startProblem, endProblem) => {
    expect(readInterval(start, end, 60)).toEqual({ interval: null, startProblem, endProblem });
  });
});
