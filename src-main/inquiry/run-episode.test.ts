import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upgradeTrajectory, type Action, type Trajectory } from '../contract/trajectory.ts';
import { budgetFor } from './budget.ts';
import { episodesFromActivity } from './episodes.ts';
import { actionFromTokens, tokens } from './grammar.ts';
import { policyNamed, policyNames } from './policies/index.ts';
import type { Policy, PolicyView } from './policy.ts';
import { readAttributes } from './read-out.ts';
import { runEpisode, type EpisodeRequest, type EpisodeResult } from './run-episode.ts';
import { watcherOf, type Script } from './testing/scripted-watcher.ts';

const incident: Script = { seconds: 100, incidents: [{ start: 40, end: 70 }], activityAt: () => 0.5 };
const episode = { start: 0, end: 100 };
const run = (changes: Partial<EpisodeRequest> = {}, script: Script = incident) =>
  runEpisode({
    policy: policyNamed('rules'),
    watcher: watcherOf(script),
    episode,
    budget: budgetFor('rules', episode),
    seed: 1,
    ...changes,
  });

/** Any action that the mask allows, token by token: what a policy may do at worst. */
const wanderer: Policy = {
  name: 'wanderer',
  version: '1',
  opens: true,
  readBelief: readAttributes,
  decide: (view, random) => {
    const ids: number[] = [];
    for (let allowed = view.allowedTokens(ids); allowed.length > 0; allowed = view.allowedTokens(ids)) {
      ids.push(allowed[0] === tokens.end && random.next() < 0.5 ? tokens.end : random.pick(allowed));
    }
    return { action: actionFromTokens(ids, view.lexicon), reason: 'Any.', logProb: -1 };
  },
};

const scriptAt = (...frameRates: readonly (number | undefined)[]): fc.Arbitrary<Script> =>
  fc
    .record({
      seconds: fc.integer({ min: 1, max: 128 }),
      start: fc.nat(127),
      length: fc.integer({ min: 1, max: 40 }),
      frameRate: fc.constantFrom(...frameRates),
      activity: fc.array(
        fc.integer({ min: 0, max: 16 }).map((level) => level / 16),
        { minLength: 128, maxLength: 128 },
      ),
    })
    .map(({ seconds, start, length, frameRate, activity }) => ({
      seconds,
      incidents: [{ start, end: start + length }],
      activityAt: (second: number) => activity[second] ?? 0,
      ...(frameRate === undefined ? {} : { frameRate }),
    }));

const script = scriptAt(undefined, 0.5, 3, 12.5);
/** Their time stamps are binary fractions, so that sums of them are exact. */
const exactScript = scriptAt(undefined, 0.5, 4);

/** Every time of a result, moved back by `shift`; exact, as all times are multiples of 1/8. */
function shiftedBack(result: EpisodeResult, shift: number): unknown {
  const timeKeys = new Set(['start', 'end', 'anchor', 'time']);
  const relative = new Set<unknown>();
  for (const step of result.trajectory.steps) relative.add(step.action);
  const walk = (value: unknown, key: string, inClaim: boolean): unknown => {
    if (relative.has(value) && value !== null) return value;
    if (typeof value === 'number') return timeKeys.has(key) ? value - shift : value;
    if (Array.isArray(value)) {
      if (key === 'times' || (key === 'evidence' && inClaim)) return value.map((time) => (time as number) - shift);
      if (key === 'keys') return value.map((tick) => (tick as number) - 8 * shift);
      return value.map((item) => walk(item, '', inClaim || key === 'claims'));
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name, inClaim)]));
  };
  return walk(result, '', false);
}

describe('an episode', () => {
  it('B1, B2, E4, F2: keeps every limit whatever the policy does', async () => {
    await fc.assert(
      fc.asyncProperty(
        script,
        fc.record({
          frames: fc.integer({ min: 0, max: 120 }),
          steps: fc.integer({ min: 1, max: 12 }),
          seconds: fc.constant(9),
        }),
        fc.string(),
        async (drawn, budget, seed) => {
          const whole = { start: 0, end: drawn.seconds };
          const { trajectory, flags, scores } = await run(
            { policy: wanderer, watcher: watcherOf(drawn), episode: whole, budget, seed },
            drawn,
          );
          const { newFrames, rereadFrames } = trajectory.costs;
          expect(newFrames + rereadFrames / 4).toBeLessThanOrEqual(budget.frames);
          expect(trajectory.steps.filter(({ action }) => action !== null).length).toBeLessThanOrEqual(budget.steps);
          expect(trajectory.steps.at(-1)?.action?.operator).toBe('FINAL');
          expect(scores).toHaveLength(drawn.seconds);
          const keys = new Set(trajectory.looks.flatMap((look) => look.keys));
          expect([...keys].every((tick) => tick >= 0 && tick < 8 * drawn.seconds)).toBe(true);
          for (const flag of flags) expectSeen(flag, trajectory);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(policyNames)('T1, T2, T3: %s leaves a whole trajectory that survives being stored', async (name) => {
    const { trajectory } = await run({ policy: policyNamed(name), budget: budgetFor(name, episode) });
    expect(upgradeTrajectory(JSON.parse(JSON.stringify(trajectory)))).toEqual(trajectory);
    for (const { belief, action, tokens: said } of trajectory.steps) {
      expect(Object.values(belief.probabilities).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      const agent = said.filter(({ from }) => from === 'agent').map(({ id }) => id);
      expect(agent.length === 0 ? null : actionFromTokens(agent, trajectory.lexicon)).toEqual(action);
    }
    const observed = trajectory.steps.flatMap((step) => step.tokens.filter(({ from }) => from === 'observation'));
    expect(observed).toHaveLength(trajectory.looks.flatMap((look) => look.times).length);
  });

  it.each(policyNames)('E5: %s gives the same result for the same request', async (name) => {
    const request = { policy: policyNamed(name), budget: budgetFor(name, episode) };
    expect(await run(request)).toEqual(await run(request));
  });

  it.each(['rules', 'uniform', 'blind', 'triage', 'wanderer'])(
    'V1, V3: %s knows nothing of where the episode lies',
    async (name) => {
      const policy = name === 'wanderer' ? wanderer : policyNamed(name);
      await fc.assert(
        fc.asyncProperty(
          exactScript,
          fc.integer({ min: 1, max: 100_000 }),
          fc.nat(500),
          async (drawn, shift, after) => {
            const at = (offset: number) => ({ start: offset, end: offset + drawn.seconds });
            const budget = { frames: 40, steps: 10, seconds: 9 };
            const plain = await run({ policy, watcher: watcherOf(drawn), episode: at(0), budget });
            const moved = await run({
              policy,
              watcher: watcherOf(drawn, { shift, after }),
              episode: at(shift),
              budget,
            });
            // Time stamps of frames that are no binary fractions differ in their last bits.
            fc.pre(drawn.frameRate !== 12.5 && drawn.frameRate !== 3);
            expect(shiftedBack(moved, shift)).toEqual(shiftedBack(plain, 0));
          },
        ),
        { numRuns: name === 'rules' ? 40 : 12 },
      );
    },
  );

  it('E2, V3: quiet footage before and after a recording moves its flags and changes nothing else', async () => {
    const scene: Script = { seconds: 300, incidents: [{ start: 150, end: 158 }] };
    const flagsOf = async (padding: { shift: number; after: number }) => {
      const watcher = watcherOf(scene, padding);
      const results = await Promise.all(
        episodesFromActivity(watcher.activity, watcher.seconds).map((each) =>
          run({ watcher, episode: each, budget: budgetFor('rules', each) }),
        ),
      );
      return results.flatMap(({ flags }) =>
        flags.map((flag) => [flag.start - padding.shift, flag.end - padding.shift, flag.class, flag.score]),
      );
    };
    const plain = await flagsOf({ shift: 0, after: 0 });
    expect(plain).toHaveLength(1);
    expect(await flagsOf({ shift: 411, after: 0 })).toEqual(plain);
    expect(await flagsOf({ shift: 97, after: 1234 })).toEqual(plain);
  });

  it('E3: never looks for the policies that do not', async () => {
    for (const name of ['blind', 'triage']) {
      const watcher = watcherOf(incident);
      const { flags, framesObserved, scores } = await run({ watcher, policy: policyNamed(name) });
      expect([watcher.asked, flags, framesObserved]).toEqual([[], [], 0]);
      expect(new Set(scores).size > 1).toBe(name === 'triage');
    }
  });

  it('E3: charges the opening look, and takes no more of it than the budget has', async () => {
    const { trajectory } = await run({ budget: { frames: 3, steps: 5, seconds: 9 } });
    expect(trajectory.costs).toMatchObject({ newFrames: 3, looks: 1 });
    expect(trajectory.looks[0]?.times).toHaveLength(3);
    const none = await run({ budget: { frames: 0, steps: 5, seconds: 9 } });
    expect(none.trajectory.looks).toEqual([]);
  });

  it('B1, E4: ends with what was seen once the clock says so', async () => {
    let now = 0;
    const { trajectory } = await run({ budget: { frames: 60, steps: 20, seconds: 1 }, clockMs: () => (now += 200) });
    expect(trajectory.forcedFinal).toBe('seconds');
    expect(trajectory.steps.at(-1)).toMatchObject({ forced: true, action: { operator: 'FINAL' } });
    expect(trajectory.looks.length).toBeLessThan(
      (await run({ budget: { frames: 60, steps: 20, seconds: 1 } })).trajectory.looks.length,
    );
  });

  it('E4: says that the steps ran out', async () => {
    const { trajectory } = await run({ policy: wanderer, budget: { frames: 60, steps: 1, seconds: 9 } });
    expect(trajectory.forcedFinal).toBe('steps');
  });

  it('E6: ends with the reason of an abort, also in the middle of looking', async () => {
    const aborted = new AbortController();
    const reason = new Error('enough');
    const watcher = watcherOf(incident);
    const observe = watcher.observe.bind(watcher);
    let calls = 0;
    const stubborn = {
      ...watcher,
      observe: (times: readonly number[], level: number) => {
        if (++calls === 2) aborted.abort(reason);
        return observe(times, level);
      },
    };
    await expect(run({ watcher: stubborn, signal: aborted.signal })).rejects.toBe(reason);
    expect(calls).toBe(2);
  });

  it('refuses what grammar and budget do not allow', async () => {
    const policy: Policy = {
      ...wanderer,
      decide: () => ({ action: { operator: 'SAMPLE', start: 0, end: 64, rate: 8 }, reason: '' }),
    };
    await expect(run({ policy })).rejects.toThrow('not allowed');
  });

  it('stores where it came from, asked for after the last look', async () => {
    let seen = '';
    const watcher = watcherOf(incident);
    const observe = watcher.observe.bind(watcher);
    const noting = {
      ...watcher,
      observe: (times: readonly number[], level: number) => ((seen = 'nets'), observe(times, level)),
    };
    const { trajectory } = await run({ watcher: noting, source: () => ({ recording: 'r', perception: seen }) });
    expect(trajectory.source).toEqual({ recording: 'r', perception: 'nets', normality: null });
  });

  it('asks only for the classes of the question, a class of the reviewer’s own among them', async () => {
    const { trajectory, flags } = await run({ question: ['unusual', 'forklift-in-aisle'] });
    expect(Object.keys(trajectory.steps.at(-1)?.belief.probabilities ?? {})).toEqual([
      'normal',
      'unusual',
      'forklift-in-aisle',
    ]);
    expect(flags.map((flag) => flag.class)).toEqual(['unusual']);
  });

  it('takes slow recordings as they are: a frame that stays on screen is one observation', async () => {
    const slow: Script = { ...incident, frameRate: 0.5 };
    const { trajectory } = await run({ policy: policyNamed('dense'), budget: budgetFor('dense', episode) }, slow);
    expect(new Set(trajectory.looks.flatMap(({ times }) => times)).size).toBeLessThanOrEqual(50);
    for (const { times } of trajectory.looks) expect(new Set(times).size).toBe(times.length);
  });
});

describe('rules', () => {
  const used = (trajectory: Trajectory) => new Set(trajectory.steps.map(({ action }) => action?.operator));

  it('uses every operator when it has reason to, and reflects', async () => {
    const faint: Script = { seconds: 100, incidents: [{ start: 40, end: 70 }], activityAt: () => 0.5, violence: 0.12 };
    const operators = new Set([...used((await run()).trajectory), ...used((await run({}, faint)).trajectory)]);
    for (const operator of ['THINK', 'BACKTRACK', 'EXPAND', 'SAMPLE', 'FINAL'] satisfies Action['operator'][]) {
      expect(operators).toContain(operator);
    }
  });

  it('T5: states, criticises and revises', async () => {
    const { trajectory } = await run();
    expect(trajectory.reflection?.initial).toMatch(/unusual/);
    expect(trajectory.reflection?.critique).toMatch(/motion alone/);
    expect(trajectory.reflection?.revised).not.toBe('');
  });

  it('spends the opening look alone on a recording in which nothing happens', async () => {
    const { trajectory, flags } = await run({}, { seconds: 100, incidents: [], activityAt: () => 0 });
    expect(trajectory.costs.newFrames).toBeLessThanOrEqual(8);
    expect(flags).toEqual([]);
  });

  it('finds a short incident between the frames of the opening look, where triage hints at it', async () => {
    const short: Script = { seconds: 120, incidents: [{ start: 51, end: 56 }] };
    const { flags, framesObserved } = await run({ watcher: watcherOf(short), episode: { start: 0, end: 120 } }, short);
    expect(flags).toHaveLength(1);
    expect(flags[0]?.start).toBeGreaterThan(48);
    expect(flags[0]?.end).toBeLessThan(59);
    expect(framesObserved).toBeLessThanOrEqual(40);
  });
});

describe('what a policy sees', () => {
  it('V1, V2: holds no position and no end of the episode', async () => {
    const views: PolicyView[] = [];
    const curious: Policy = {
      ...wanderer,
      decide: (view) => {
        views.push(view);
        return { action: { operator: 'FINAL', hypotheses: [] }, reason: '' };
      },
    };
    await run({
      policy: curious,
      watcher: watcherOf(incident, { shift: 50_000 }),
      episode: { start: 50_000, end: 50_100 },
    });
    const [view] = views;
    const numbers =
      JSON.stringify({ ...view, looks: view?.looks.map(({ frames }) => frames) }).match(/-?\d+(\.\d+)?/g) ?? [];
    expect(Math.max(...numbers.map(Number))).toBeLessThan(1000);
    expect(view?.focusSeconds).toBe(128);
    expect(view?.activity.every(({ level }) => level > 0 && level <= 1)).toBe(true);
  });
});

/** Every instant of the flag lies within what some frame shows: until the next frame of its look, 2 s at most. */
function expectSeen(flag: { start: number; end: number }, { looks, grid, episode: { end } }: Trajectory): void {
  const sights = looks.flatMap((look) =>
    look.keys.map((tick, index) => {
      const from = tick / grid.ticksPerSecond;
      const next = (look.keys[index + 1] ?? Infinity) / grid.ticksPerSecond;
      return { from, to: Math.min(next, from + 2, end) };
    }),
  );
  for (let time = flag.start + 1 / 32; time < flag.end; time += 1 / 16) {
    expect(sights.some(({ from, to }) => time >= from && time < to)).toBe(true);
  }
}
