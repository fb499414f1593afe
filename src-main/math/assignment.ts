/** Optimal assignment: who goes with whom at the least total cost. */

/**
 * For each row the column that it is assigned, or -1: the pairing with the least sum of costs, in which a row (and a
 * column) may also stay alone at the price of `alone` for each of the two. `costs[row][column]`, `[R, C]` with any R and
 * C, none NaN; Infinity forbids a pair, and so does any cost above `2 · alone`, which staying alone would beat. Of equal
 * pairings it is always the same one. Takes O(n²·m) with n the smaller side of those that may pair at all.
 *
 * Source: shortest augmenting paths with potentials (Jonker & Volgenant 1987, in the form of Crouse 2016), on a matrix
 * that gives every row a column of its own to stay alone in.
 */
export function assign(costs: readonly ArrayLike<number>[], alone = Infinity): Int32Array {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  const result = new Int32Array(rows).fill(-1);
  if (rows === 0 || columns === 0) return result;
  // With a finite price, a pair saves 2 · alone - cost; without one, pairing as many as possible comes first.
  const price = Number.isFinite(alone) ? 2 * alone : priceOfAll(costs);
  // A row's own column, at index columns + row, costs 0: staying alone. A pair costs what it costs beyond that.
  const width = columns + rows;
  const saving = (row: number, column: number): number => {
    if (column >= columns) return column === columns + row ? 0 : Infinity;
    const cost = costs[row]?.[column] ?? Infinity;
    return cost < price ? cost - price : Infinity;
  };
  const rowOf = new Int32Array(width).fill(-1);
  const columnPotential = new Float64Array(width);
  const rowPotential = new Float64Array(rows);
  const distance = new Float64Array(width);
  const before = new Int32Array(width);
  const done = new Uint8Array(width);
  for (let start = 0; start < rows; start++) {
    distance.fill(Infinity);
    done.fill(0);
    const scanned: number[] = [];
    let row = start;
    let reached = 0;
    let sink = -1;
    while (sink < 0) {
      let nearest = -1;
      let least = Infinity;
      for (let column = 0; column < width; column++) {
        if (done[column] === 1) continue;
        const onward =
          reached + saving(row, column) - (rowPotential[row] as number) - (columnPotential[column] as number);
        if (onward < (distance[column] as number)) {
          distance[column] = onward;
          before[column] = row;
        }
        if ((distance[column] as number) < least) [least, nearest] = [distance[column] as number, column];
      }
      // The row's own column is always within reach.
      reached = least;
      done[nearest] = 1;
      if (rowOf[nearest] === -1) sink = nearest;
      else {
        scanned.push(nearest);
        row = rowOf[nearest] as number;
      }
    }
    rowPotential[start] = (rowPotential[start] as number) + reached;
    for (const column of scanned) {
      const slack = reached - (distance[column] as number);
      rowPotential[rowOf[column] as number] = (rowPotential[rowOf[column] as number] as number) + slack;
      columnPotential[column] = (columnPotential[column] as number) - slack;
    }
    for (let column = sink; ;) {
      const owner = before[column] as number;
      const previous = result[owner] as number;
      rowOf[column] = owner;
      result[owner] = column;
      if (owner === start) break;
      column = previous;
    }
  }
  return result.map((column) => (column < columns ? column : -1));
}

/** More than any set of pairs could differ by, so that one pair more always pays. */
function priceOfAll(costs: readonly ArrayLike<number>[]): number {
  let sum = 1;
  for (const row of costs) {
    let largest = 0;
    for (let column = 0; column < row.length; column++) {
      const cost = Math.abs(row[column] as number);
      if (Number.isFinite(cost)) largest = Math.max(largest, cost);
    }
    sum += 2 * largest;
  }
  return sum;
}
