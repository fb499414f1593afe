import { describe, expect, it } from 'vitest';
import { randomFrom } from '../math/random.ts';
import { length, subtract } from './geometry/vector.ts';
import type { PersonPlan, Scene } from './scene.ts';
import { sampleScenes } from './scenes/sample.ts';
import { carParkTraffic } from './scenes/traffic.ts';
import { worldAt } from './world.ts';

const [night] = sampleScenes(1).filter(({ light }) => light.kind === 'dusk');
const { vehicles, people, bags } = carParkTraffic(randomFrom('park'), { seconds: 900, perMinute: 1, quiet: [] });
const park = { ...night, vehicles, bags, persons: people, seconds: 900 } as Scene;
const parking = vehicles.filter(({ onward }) => onward !== undefined);

describe('a car that parks and leaves', () => {
  it('drives in forwards, stands without lights, backs out with its nose to the bay, and leaves forwards', () => {
    expect(parking.length).toBeGreaterThan(2);
    for (const plan of parking) {
      const at = (time: number) => {
        const state = worldAt({ ...park, vehicles: [plan] }, time).vehicles[0];
        if (state === undefined) throw new Error(`${plan.id} is not there at ${time}`);
        return state;
      };
      const [, , parked = 0, leaves = 0, backed = 0] = plan.travel.map(({ time }) => time);
      expect(at(parked - 4).pose.lights).toBe(true);
      expect(at(parked - 4).speed).toBeGreaterThan(0.5);
      const middle = at((parked + leaves) / 2);
      expect(middle.pose).toMatchObject({ lights: false, braking: false });
      expect(Math.abs(Math.sin(middle.pose.heading))).toBeLessThan(0.1);
      expect(at((leaves + backed) / 2).speed).toBeLessThan(-0.5);
      expect(at((plan.onward?.time ?? 0) + 4).speed).toBeGreaterThan(1);
    }
  });

  it('moves without jumps, also from its first way to its second', () => {
    for (const plan of parking) {
      const alone = { ...park, vehicles: [plan] };
      for (let time = (plan.onward?.time ?? 0) - 8; time < (plan.onward?.time ?? 0) + 5; time += 0.05) {
        const [before, now] = [worldAt(alone, time).vehicles[0]?.pose, worldAt(alone, time + 0.05).vehicles[0]?.pose];
        if (before === undefined || now === undefined) throw new Error(`${plan.id} is not there at ${time}`);
        expect(Math.hypot(now.x - before.x, now.z - before.z), `${plan.id} at ${time}`).toBeLessThan(0.4);
        expect(Math.abs(Math.sin(now.heading - before.heading)), `${plan.id} at ${time}`).toBeLessThan(0.2);
      }
    }
  });
});

describe('a bag that changes hands', () => {
  const stander = (id: string, x: number): PersonPlan => ({
    id,
    appearance: (people[0] as PersonPlan).appearance,
    acts: [{ kind: 'hold', start: -1, end: 20, manner: 'stand', at: { x, z: 10 }, heading: 0 }],
  });
  const scene = {
    ...park,
    vehicles: [],
    persons: [stander('a', 0), stander('b', 1)],
    bags: [
      {
        id: 'bag',
        kind: 'holdall',
        colour: [0.1, 0.1, 0.1],
        stays: [
          { from: 0, carrier: 'a' },
          { from: 2, at: { x: 0.5, z: 10.3 } },
          { from: 5, carrier: 'b' },
        ],
      },
    ],
  } as Scene;
  const bagAt = (time: number) => {
    const bag = worldAt(scene, time).bags[0];
    if (bag === undefined) throw new Error('the bag is not there');
    return bag;
  };

  it('is where its plan says, and moves smoothly into a hand', () => {
    expect(bagAt(1).centre.x).toBeGreaterThan(0);
    expect(bagAt(1).carried).toBe(true);
    expect(bagAt(3)).toMatchObject({ carried: false, centre: { x: 0.5, z: 10.3 } });
    expect(length(subtract(bagAt(6).centre, bagAt(1).centre))).toBeCloseTo(1, 1);
    for (let time = 4.9; time < 5.6; time += 0.05)
      expect(length(subtract(bagAt(time + 0.05).centre, bagAt(time).centre))).toBeLessThan(0.35);
  });

  it('is gone with whoever carries it', () => {
    expect(worldAt(scene, 25).bags).toEqual([]);
  });
});
