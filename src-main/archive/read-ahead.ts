/** Lets a producer run ahead of its consumers, so that they know how much is coming. */

/**
 * What `source` yields, for several consumers to draw from; `source` is drained at its own pace meanwhile, and `onFound` is
 * called for each item as it arrives. Returning early ends the source. A failure of the source is thrown after what came
 * before it.
 */
export async function* readAhead<Item>(
  source: AsyncGenerator<Item, void, undefined>,
  onFound: () => void,
): AsyncGenerator<Item, void, undefined> {
  const items: Item[] = [];
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  let isWanted = true;
  const drain = async () => {
    try {
      for await (const item of source) {
        if (!isWanted) return;
        items.push(item);
        onFound();
        wake.resolve();
      }
    } finally {
      isOver = true;
      wake.resolve();
    }
  };
  const draining = drain();
  // It is awaited below; until then a failure must not count as unhandled.
  draining.catch(() => undefined);
  try {
    for (;;) {
      yield* items.splice(0);
      if (items.length > 0) continue;
      if (isOver) break;
      await wake.promise;
      wake = Promise.withResolvers();
    }
  } finally {
    isWanted = false;
  }
  await draining;
}
