/** The scene of something staged with the traffic and the life that go on around it. */
import type { Random } from '../../math/random.ts';
import type { Scene } from '../scene.ts';
import { lifeIn } from './life.ts';
import type { SceneRequest } from './request.ts';
import { composed, type Setting, type Staging } from './setting.ts';
import type { Staged } from './staging/staged.ts';

/** How much goes on around, in parties (people alone or together) and vehicles a minute. */
export interface Around {
  readonly parties: number;
  readonly vehicles: number;
}

/** `act` in `setting`, its place, `begins` seconds after the first frame; without an act everyday life alone. */
export function stagedScene(
  random: Random,
  setting: Setting,
  request: SceneRequest,
  around: Around,
  staged: { readonly act: Staged; readonly begins: number } | null,
): Scene {
  const { seconds } = request;
  const staging: Staging =
    staged === null
      ? { people: [], incidents: [], shunned: [] }
      : staged.act.stage(random.fork('staging'), staged.begins, seconds);
  const quiet = staged === null ? [] : quietOf(staged.act, staged.begins);
  const traffic = setting.traffic?.(random.fork('traffic'), { seconds, perMinute: around.vehicles, quiet }) ?? {
    vehicles: [],
    people: [],
    bags: [],
  };
  const life = lifeIn(random.fork('life'), setting, {
    seconds,
    perMinute: around.parties,
    already: [...staging.people, ...traffic.people],
    shunned: staging.shunned,
  });
  return composed(request, setting, staging, {
    people: [...traffic.people, ...life.people],
    bags: [...traffic.bags, ...life.bags],
    vehicles: traffic.vehicles,
  });
}

function quietOf({ quiet, quietLane }: Staged, begins: number) {
  if (quiet === undefined) return [];
  const lane = quietLane === undefined ? {} : { lane: quietLane };
  return [{ start: begins - quiet[0], end: begins + quiet[1], ...lane }];
}
