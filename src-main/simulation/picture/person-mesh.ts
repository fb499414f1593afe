/** The body of a person as triangles: clothes, hands, head, hair and shoes around the joints. */
import { finer, folds, topWeave } from './cloth.ts';
import type { Mesh, Ring } from './mesh.ts';
import type { Appearance, Colour } from '../scene.ts';
import type { Limb, Skeleton } from '../people/skeleton.ts';
import {
  add,
  along,
  mixVectors,
  normalized,
  perpendicularTo,
  scale,
  subtract,
  type Vector3,
} from '../geometry/vector.ts';

const shade = (colour: Colour, factor: number): Colour => [colour[0] * factor, colour[1] * factor, colour[2] * factor];

/** Rings along a limb's two bones at shares of each, with half widths in metres. */
function limbRings(
  limb: Limb,
  widths: readonly (readonly [bone: 0 | 1, share: number, half: number, colour: Colour])[],
): Ring[] {
  return widths.map(([bone, share, half, colour]) => ({
    centre: bone === 0 ? mixVectors(limb.root, limb.middle, share) : mixVectors(limb.middle, limb.end, share),
    across: half,
    deep: half * 1.05,
    colour,
  }));
}

function arm(mesh: Mesh, body: Skeleton, limb: Limb, look: Appearance): void {
  const unit = body.stature * look.build;
  const sleeve = look.topKind === 'tee' ? look.skin : look.top;
  const loose = look.topKind === 'jacket' || look.topKind === 'coat' ? 1.22 : look.topKind === 'jumper' ? 1.12 : 1;
  const sleeves = limbRings(limb, [
    [0, -0.1, 0.012 * unit, look.top],
    [0, 0.04, 0.031 * unit * loose, look.top],
    [0, 0.4, 0.029 * unit * loose, look.top],
    [0, 0.55, 0.027 * unit * (look.topKind === 'tee' ? 1.15 : loose), sleeve],
    [1, 0, 0.0235 * unit * loose, sleeve],
    [1, 0.35, 0.0235 * unit * loose, sleeve],
    [1, 0.92, 0.0165 * unit * loose, look.skin],
    [1, 1.02, 0.0135 * unit, look.skin],
  ]);
  // Bare arms have no folds.
  mesh.tube(finer(sleeves, 2), body.chestFrame.right, 8, look.topKind === 'tee' ? undefined : folds(look, 0.4, 5));
  const forearm = normalized(subtract(limb.end, limb.middle));
  const side = perpendicularTo(forearm, body.chestFrame.right, body.chestFrame.forward);
  const flat = perpendicularTo(forearm, body.chestFrame.forward, body.chestFrame.up);
  mesh.ellipsoid(
    along(limb.end, forearm, 0.04 * body.stature),
    { right: side, up: forearm, forward: flat },
    { x: 0.016 * unit, y: 0.05 * body.stature, z: 0.024 * unit },
    () => look.skin,
    4,
    6,
  );
}

function leg(mesh: Mesh, body: Skeleton, limb: Limb, toe: Vector3, look: Appearance): void {
  const unit = body.stature * look.build;
  const bare = look.bottomKind !== 'trousers';
  const shank = bare ? look.skin : look.bottom;
  const loose = bare ? 0.9 : 1.12;
  const trousers = limbRings(limb, [
    [0, -0.06, 0.045 * unit, look.bottom],
    [0, 0.08, 0.054 * unit, look.bottom],
    [0, 0.45, 0.047 * unit, look.bottom],
    [0, look.bottomKind === 'shorts' ? 0.8 : 0.72, 0.042 * unit, look.bottomKind === 'skirt' ? look.skin : shank],
    [1, 0, 0.033 * unit * loose, shank],
    [1, 0.3, 0.034 * unit * loose, shank],
    [1, 0.75, 0.0255 * unit * loose, shank],
    [1, 1.02, 0.024 * unit * loose, look.shoes],
  ]);
  mesh.tube(finer(trousers, 2), body.pelvisFrame.right, 8, bare ? undefined : folds(look, 0.4, 7));
  const shin = normalized(subtract(limb.end, limb.middle));
  const up = perpendicularTo(toe, scale(shin, -1), body.pelvisFrame.up);
  const right = perpendicularTo(toe, body.pelvisFrame.right, body.pelvisFrame.forward);
  const sole = along(limb.end, up, -0.02 * body.stature);
  const foot = (forward: number, across: number, deep: number): Ring => ({
    centre: along(along(sole, toe, forward * body.stature), up, (deep - 0.019) * body.stature),
    across: across * body.stature,
    deep: deep * body.stature,
    colour: look.shoes,
  });
  mesh.tube(
    [
      foot(-0.045, 0.004, 0.006),
      foot(-0.036, 0.021, 0.024),
      foot(0.0, 0.024, 0.03),
      foot(0.055, 0.028, 0.02),
      foot(0.095, 0.024, 0.014),
      foot(0.112, 0.006, 0.006),
    ],
    right,
    8,
  );
}

function trunk(mesh: Mesh, body: Skeleton, look: Appearance): void {
  const { pelvis, chest, pelvisFrame, chestFrame, stature } = body;
  const unit = stature * look.build;
  const loose = look.topKind === 'coat' ? 1.14 : look.topKind === 'jacket' ? 1.1 : 1.03;
  const at = (share: number, forward = 0): Vector3 =>
    along(mixVectors(pelvis, chest, share), chestFrame.forward, forward * stature);
  const ring = (centre: Vector3, across: number, deep: number, colour: Colour): Ring => ({
    centre,
    across: across * unit,
    deep: deep * unit,
    colour,
  });
  const side = normalized(add(pelvisFrame.right, chestFrame.right));
  const hem = along(pelvis, pelvisFrame.up, -0.03 * stature);
  mesh.tube(
    [
      ring(along(pelvis, pelvisFrame.up, -0.062 * stature), 0.02, 0.02, look.bottom),
      ring(along(pelvis, pelvisFrame.up, -0.045 * stature), 0.083, 0.062, look.bottom),
      ring(pelvis, 0.098, 0.067, look.bottom),
      ring(at(0.16), 0.093, 0.063, shade(look.bottom, 0.8)),
      ring(at(0.2), 0.091, 0.06, look.bottom),
    ],
    side,
    10,
  );
  // Down the front an open jacket shows the shirt: a narrower tube set forward.
  const low = look.topKind === 'coat' ? -0.42 : look.topKind === 'tee' ? 0.02 : -0.08;
  const top = [
    ring(
      low < -0.2 ? along(hem, pelvisFrame.up, (low + 0.15) * 0.6 * stature) : at(low),
      0.1 * loose + (low < -0.2 ? 0.012 : 0),
      0.074 * loose,
      look.top,
    ),
    ring(at(0.1), 0.099 * loose, 0.07 * loose, look.top),
    ring(at(0.38), 0.088 * loose, 0.062 * loose, look.top),
    ring(at(0.66, 0.004), 0.1 * loose, 0.07 * loose, look.top),
    ring(at(0.86, 0.002), 0.106 * loose, 0.066 * loose, look.top),
    ring(at(0.97), 0.102 * loose, 0.053 * loose, look.top),
    ring(at(1.04), 0.062, 0.042, look.top),
    ring(at(1.085), 0.034, 0.034, look.topKind === 'tee' ? look.skin : shade(look.top, 0.8)),
  ];
  mesh.tube(finer(top, 3), side, 12, topWeave(look));
  mesh.tube(
    [
      ring(at(1.06), 0.033, 0.034, look.skin),
      ring(at(1.12), 0.031, 0.033, look.skin),
      ring(at(1.3, 0.006), 0.029, 0.032, look.skin),
    ],
    side,
    8,
  );
  if (look.topKind === 'jacket' || look.topKind === 'coat') {
    const front = (share: number, reach: number, across: number): Ring =>
      ring(at(share, (reach - 0.02) * look.build * loose), across, 0.02 * loose, look.shirt);
    mesh.tube(
      [front(0.05, 0.083, 0.018), front(0.5, 0.079, 0.022), front(0.86, 0.077, 0.028), front(1.05, 0.056, 0.02)],
      side,
      6,
    );
  }
  if (look.bottomKind === 'skirt') {
    const knees = mixVectors(body.leftLeg.middle, body.rightLeg.middle, 0.5);
    const spread =
      0.06 * stature + 0.55 * Math.hypot(...Object.values(subtract(body.leftLeg.middle, body.rightLeg.middle)));
    const below = (share: number) => mixVectors(pelvis, knees, share);
    mesh.tube(
      [
        ring(at(0.16), 0.093, 0.066, look.bottom),
        ring(below(0.25), 0.11, 0.085, look.bottom),
        {
          centre: below(0.95),
          across: Math.max(0.1 * unit, spread * 0.8),
          deep: Math.max(0.085 * unit, spread * 0.75),
          colour: look.bottom,
        },
      ],
      pelvisFrame.right,
      12,
    );
  }
}

function headAndHair(mesh: Mesh, body: Skeleton, look: Appearance): void {
  const { head, headFrame, stature } = body;
  const cap = look.hairStyle === 'cap';
  const face = (right: number, up: number, forward: number): Colour => {
    if (forward > 0.55 && up > 0.05 && up < 0.35 && Math.abs(right) > 0.15 && Math.abs(right) < 0.6)
      return shade(look.skin, 0.45);
    if (forward > 0.6 && up < -0.35 && up > -0.6 && Math.abs(right) < 0.4) return shade(look.skin, 0.7);
    return look.skin;
  };
  mesh.ellipsoid(head, headFrame, { x: 0.043 * stature, y: 0.066 * stature, z: 0.054 * stature }, face, 9, 12);
  // A nose, which turns a face into a profile.
  mesh.ellipsoid(
    along(along(head, headFrame.forward, 0.053 * stature), headFrame.up, -0.008 * stature),
    headFrame,
    { x: 0.007 * stature, y: 0.014 * stature, z: 0.011 * stature },
    () => look.skin,
    3,
    5,
  );
  if (look.hairStyle === 'bald') return;
  const long = look.hairStyle === 'long';
  mesh.ellipsoid(
    along(along(head, headFrame.up, (long ? 0.008 : 0.017) * stature), headFrame.forward, -0.012 * stature),
    headFrame,
    { x: 0.0465 * stature, y: (long ? 0.066 : 0.055) * stature, z: 0.053 * stature },
    () => look.hair,
    7,
    10,
  );
  if (long) {
    const down = (share: number) =>
      along(along(head, headFrame.forward, -0.034 * stature), headFrame.up, -share * stature);
    mesh.tube(
      [down(-0.02), down(0.05), down(0.11)].map((centre, index) => ({
        centre,
        across: (0.044 - 0.006 * index) * stature,
        deep: (0.024 - 0.004 * index) * stature,
        colour: look.hair,
      })),
      headFrame.right,
      8,
    );
  }
  if (cap) {
    mesh.ellipsoid(
      along(along(head, headFrame.up, 0.03 * stature), headFrame.forward, 0.05 * stature),
      headFrame,
      { x: 0.04 * stature, y: 0.006 * stature, z: 0.035 * stature },
      () => shade(look.hair, 0.8),
      4,
      8,
    );
  }
}

/** Adds the person to `mesh` (about 1400 triangles). */
export function addPerson(mesh: Mesh, body: Skeleton, look: Appearance): void {
  leg(mesh, body, body.leftLeg, body.leftToe, look);
  leg(mesh, body, body.rightLeg, body.rightToe, look);
  trunk(mesh, body, look);
  arm(mesh, body, body.leftArm, look);
  arm(mesh, body, body.rightArm, look);
  headAndHair(mesh, body, look);
}
