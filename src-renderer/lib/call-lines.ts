/** Lets calls about one thing go one after the other, and those about different things beside each other. */

export interface CallLines {
  /** Runs `work` when everything that was asked for about `id` before is over, however it ended. */
  run<Result>(id: string, work: () => Promise<Result>): Promise<Result>;
  isBusy(id: string): boolean;
}

export function createCallLines(): CallLines {
  const lines = new Map<string, Promise<unknown>>();
  return {
    async run(id, work) {
      const own = (lines.get(id) ?? Promise.resolve()).then(work, work);
      lines.set(id, own);
      try {
        return await own;
      } finally {
        if (lines.get(id) === own) lines.delete(id);
      }
    },
    isBusy: (id) => lines.has(id),
  };
}
