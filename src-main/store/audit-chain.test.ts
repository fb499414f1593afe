/** The chain of the audit log: whatever is done to rows, the first row that is not as it was written is named. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../contract/audit.ts';
import { auditDigest, beforeFirstRow, chainedHash, findAuditFault } from './audit-chain.ts';

/** A log of `count` rows, chained. */
function logOf(count: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let number = 1; number <= count; number++) {
    const content = { number, atMs: 1000 + number, kind: 'setting', subject: 'workers', details: { value: number } };
    const previous = rows.at(-1)?.hash ?? beforeFirstRow;
    rows.push({ ...content, previous, hash: chainedHash(previous, auditDigest(content)) });
  }
  return rows;
}

const renumbered = (rows: readonly AuditRow[]) => rows.map((row, index) => ({ ...row, number: index + 1 }));
const rehashed = (row: AuditRow): AuditRow => ({ ...row, hash: chainedHash(row.previous, auditDigest(row)) });
const without = (rows: readonly AuditRow[], number: number) => rows.filter((row) => row.number !== number);
const altered = (row: AuditRow): AuditRow => ({ ...row, details: { value: -1 } });
/** `rows` with `row` in the place of the one of its number. */
const withRow = (rows: readonly AuditRow[], row: AuditRow) =>
  rows.map((each) => (each.number === row.number ? row : each));

const log = logOf(9);
const at = (number: number) => log[number - 1] ?? expect.unreachable();
const swapped = (first: number, second: number) =>
  log.map((row) => (row.number === first ? at(second) : row.number === second ? at(first) : row));

describe('a log', () => {
  it('is whole as it was written, however long', () => {
    for (const count of [0, 1, 2, 30]) expect(findAuditFault(logOf(count))).toBeNull();
  });

  it('has the hashes that anybody can compute from its rows', () => {
    // printf '%s' '{"atMs":1001,"details":{"value":1},"kind":"setting","number":1,"subject":"workers"}' | sha256sum,
    // and then the same of '["000…0","<that>"]'.
    expect(auditDigest(at(1))).toBe('9f4c7b69259573656832635d39f7ec77dfe7dc5364f961c190dcb6bbe7210a00');
    expect(at(1).hash).toBe('ff4ab5cfa09a3024a27767295a9edea488b4cf024050ba206b8c54c3e1d27419');
  });

  it.each([
    ['a changed row', withRow(log, altered(at(4))), 'altered', 4],
    ['a changed last row', withRow(log, altered(at(9))), 'altered', 9],
    ['a changed row with a hash of its own', withRow(log, rehashed(altered(at(4)))), 'altered', 4],
    ['another hash before', withRow(log, { ...at(4), previous: 'f'.repeat(64) }), 'altered', 4],
    ['a missing row', without(log, 4), 'removed', 4],
    ['a missing first row', without(log, 1), 'removed', 1],
    ['a missing row whose place was taken', renumbered(without(log, 4)), 'removed', 4],
    ['three missing rows', renumbered(without(without(without(log, 4), 5), 6)), 'removed', 4],
    ['a missing last row', without(log, 9), 'removed', 9],
    ['no row left', [], 'removed', 1],
    ['a copied row', renumbered([...log.slice(0, 6), at(3), ...log.slice(6)]), 'reordered', 7],
    [
      'a row that fits what is before it',
      renumbered([...log.slice(0, 5), rehashed({ ...altered(at(6)), number: 6 }), ...log.slice(5)]),
      'inserted',
      6,
    ],
    [
      'a row that fits nothing',
      renumbered([...log.slice(0, 5), { ...altered(at(6)), previous: 'e'.repeat(64) }, ...log.slice(5)]),
      'inserted',
      6,
    ],
    ['two rows in each other’s place', renumbered(swapped(3, 6)), 'reordered', 3],
    ['neighbours in each other’s place', renumbered(swapped(3, 4)), 'reordered', 3],
  ])('with %s names it', (_, rows, fault, number) => {
    expect(findAuditFault(rows, log.length)).toMatchObject({ fault, number });
    expect(findAuditFault(rows, log.length)?.reason).toMatch(
      new RegExp(`^Row ${number} of the audit log was ${fault}: `),
    );
  });

  it('with any one value changed is not whole', () => {
    const change = fc.constantFrom<(row: AuditRow) => AuditRow>(
      (row) => ({ ...row, atMs: row.atMs + 1 }),
      (row) => ({ ...row, kind: 'verdict' }),
      (row) => ({ ...row, subject: 'theme' }),
      (row) => ({ ...row, details: { ...row.details, more: null } }),
      (row) => ({ ...row, previous: row.hash }),
      (row) => ({ ...row, hash: row.previous }),
      (row) => rehashed(altered(row)),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), change, (number, alter) => {
        expect(findAuditFault(withRow(log, alter(at(number))))).not.toBeNull();
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });

  it('in any other order, or with any rows missing, is not whole', () => {
    const choice = fc.shuffledSubarray(log, { minLength: 0, maxLength: log.length });
    fc.assert(
      fc.property(choice, fc.boolean(), (chosen, numbersMended) => {
        fc.pre(chosen.length < log.length || chosen.some((row, index) => row !== log[index]));
        const rows = numbersMended ? renumbered(chosen) : chosen;
        expect(findAuditFault(rows, log.length)).not.toBeNull();
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });
});
