/** Draws lit triangles at twice the picture's size, each sample against the depth of what stands before it. */
import { illuminate, toneLimit, toneScale, toneTable, type Illumination } from './lighting.ts';
import { lensShare, type Background } from './background.ts';
import type { Mesh, MeshPart } from './mesh.ts';
import type { Light } from '../scene.ts';
import type { Projection } from '../geometry/view.ts';

/** Nearer than this, in metres, nothing is drawn. */
const nearest = 0.3;

export class Raster {
  readonly width: number;
  readonly height: number;
  /** [2H, 2W] packed colour 0xffBBGGRR of what was drawn; 0 where nothing was. */
  readonly samples: Uint32Array;
  /** [2H, 2W] the nearest thing at each sample, fixed or drawn, one over metres; 0 is the sky. */
  readonly inverseDepth: Float32Array;
  readonly #fixedDepth: Float32Array;
  /** [2H] first and one past the last column drawn to in each row. */
  readonly rowStart: Int32Array;
  readonly rowEnd: Int32Array;
  readonly #projection: Projection;
  readonly #tone = toneTable();
  /** Per vertex: x, y, one over depth, red, green, blue, and whether it faces the camera. */
  #screen = new Float32Array(7 * 8192);

  /** `projection` is for the doubled size; `fixedDepth` [2H, 2W] is what hides whatever moves behind it. */
  constructor(projection: Projection, fixedDepth: Float32Array) {
    this.width = projection.width;
    this.height = projection.height;
    this.#projection = projection;
    this.#fixedDepth = fixedDepth;
    this.inverseDepth = fixedDepth.slice();
    this.samples = new Uint32Array(this.width * this.height);
    this.rowStart = new Int32Array(this.height).fill(this.width);
    this.rowEnd = new Int32Array(this.height);
  }

  /** Takes away what was drawn. */
  clear(): void {
    for (let row = 0; row < this.height; row++) {
      const [start, end] = [this.rowStart[row] ?? 0, this.rowEnd[row] ?? 0];
      if (end <= start) continue;
      const [from, to] = [row * this.width + start, row * this.width + end];
      this.samples.fill(0, from, to);
      this.inverseDepth.set(this.#fixedDepth.subarray(from, to), from);
      this.rowStart[row] = this.width;
      this.rowEnd[row] = 0;
    }
  }

  /** Draws `mesh` in `light`; `sunlitOf` says how much of the sun, in [0, 1], each part gets. */
  draw(mesh: Mesh, light: Light, sunlitOf: (part: MeshPart) => number): void {
    if (this.#screen.length < 7 * mesh.vertexCount) this.#screen = new Float32Array(14 * mesh.vertexCount);
    for (const part of mesh.parts) this.#project(mesh, part, light, sunlitOf(part));
    for (let triangle = 0; triangle < mesh.triangleCount; triangle++) {
      const offset = 3 * triangle;
      this.#fill(
        7 * (mesh.triangles[offset] ?? 0),
        7 * (mesh.triangles[offset + 1] ?? 0),
        7 * (mesh.triangles[offset + 2] ?? 0),
      );
    }
  }

  #project(mesh: Mesh, part: MeshPart, light: Light, sunlit: number): void {
    const { positions, normals, colours } = mesh;
    const { position, axes, focalPixels, centreX, centreY } = this.#projection;
    const screen = this.#screen;
    const exposed = toneScale(light);
    const lit: Illumination = { red: 0, green: 0, blue: 0, direct: 0 };
    for (let vertex = part.firstVertex; vertex < part.endVertex; vertex++) {
      const offset = 3 * vertex;
      const x = positions[offset] ?? 0;
      const y = positions[offset + 1] ?? 0;
      const z = positions[offset + 2] ?? 0;
      const nx = normals[offset] ?? 0;
      const ny = normals[offset + 1] ?? 0;
      const nz = normals[offset + 2] ?? 0;
      const dx = x - position.x;
      const dy = y - position.y;
      const dz = z - position.z;
      const depth = dx * axes.forward.x + dy * axes.forward.y + dz * axes.forward.z;
      const factor = focalPixels / depth;
      const column = centreX + (dx * axes.right.x + dy * axes.right.y + dz * axes.right.z) * factor;
      const row = centreY - (dx * axes.up.x + dy * axes.up.y + dz * axes.up.z) * factor;
      // Bodies shade themselves towards the ground and in what faces it.
      const open = 0.82 + 0.18 * Math.min(1, Math.max(0, y));
      illuminate(light, x, y, z, nx, ny, nz, sunlit, open, lit);
      const facing = -(nx * dx + ny * dy + nz * dz) / Math.sqrt(dx * dx + dy * dy + dz * dz);
      const gain = exposed * lensShare(column, row, this.width, this.height);
      const at = 7 * vertex;
      screen[at] = column;
      screen[at + 1] = row;
      screen[at + 2] = depth > nearest ? 1 / depth : 0;
      screen[at + 3] = (colours[offset] ?? 0) * lit.red * gain;
      screen[at + 4] = (colours[offset + 1] ?? 0) * lit.green * gain;
      screen[at + 5] = (colours[offset + 2] ?? 0) * lit.blue * gain;
      screen[at + 6] = facing;
    }
  }

  #fill(a: number, b: number, c: number): void {
    const screen = this.#screen;
    const az = screen[a + 2] ?? 0;
    const bz = screen[b + 2] ?? 0;
    const cz = screen[c + 2] ?? 0;
    if (az === 0 || bz === 0 || cz === 0) return;
    if ((screen[a + 6] ?? 0) < 0 && (screen[b + 6] ?? 0) < 0 && (screen[c + 6] ?? 0) < 0) return;
    const ax = screen[a] ?? 0;
    const ay = screen[a + 1] ?? 0;
    const bx = screen[b] ?? 0;
    const by = screen[b + 1] ?? 0;
    const cx = screen[c] ?? 0;
    const cy = screen[c + 1] ?? 0;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(this.width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(this.height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    if (left > right || top > bottom) return;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (Math.abs(area) < 1e-6) return;
    const over = 1 / area;
    // Barycentric weights of b and c, linear over the screen.
    const bAcross = (cy - ay) * over;
    const bDown = -(cx - ax) * over;
    const cAcross = -(by - ay) * over;
    const cDown = (bx - ax) * over;
    const ar = screen[a + 3] ?? 0;
    const ag = screen[a + 4] ?? 0;
    const ab = screen[a + 5] ?? 0;
    const br = (screen[b + 3] ?? 0) - ar;
    const bg = (screen[b + 4] ?? 0) - ag;
    const bb = (screen[b + 5] ?? 0) - ab;
    const cr = (screen[c + 3] ?? 0) - ar;
    const cg = (screen[c + 4] ?? 0) - ag;
    const cb = (screen[c + 5] ?? 0) - ab;
    const tone = this.#tone;
    const depths = this.inverseDepth;
    const slack = -1e-5;
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay;
      let wb = (left + 0.5 - ax) * bAcross + dy * bDown;
      let wc = (left + 0.5 - ax) * cAcross + dy * cDown;
      let first = -1;
      let last = -1;
      let index = row * this.width + left;
      for (let column = left; column <= right; column++, index++, wb += bAcross, wc += cAcross) {
        if (wb < slack || wc < slack || wb + wc > 1 - slack) {
          if (first >= 0) break;
          continue;
        }
        if (first < 0) first = column;
        last = column;
        const inverse = az + (bz - az) * wb + (cz - az) * wc;
        if (inverse <= (depths[index] ?? 0)) continue;
        depths[index] = inverse;
        const red = tone[Math.min(toneLimit, Math.max(0, ar + br * wb + cr * wc)) | 0] ?? 0;
        const green = tone[Math.min(toneLimit, Math.max(0, ag + bg * wb + cg * wc)) | 0] ?? 0;
        const blue = tone[Math.min(toneLimit, Math.max(0, ab + bb * wb + cb * wc)) | 0] ?? 0;
        this.samples[index] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
      }
      if (first >= 0) {
        if (first < (this.rowStart[row] ?? 0)) this.rowStart[row] = first;
        if (last >= (this.rowEnd[row] ?? 0)) this.rowEnd[row] = last + 1;
      }
    }
  }

  /**
   * Makes what was drawn part of the fixed picture and its depth (things that stand still from now on). `shadowable`
   * and `ground` [H, W] become 0 there: shadows and headlights fall on the ground only.
   */
  settle({ samples, shadowable, ground }: Pick<Background, 'samples' | 'shadowable' | 'ground'>): void {
    for (let index = 0; index < this.samples.length; index++) {
      const packed = this.samples[index] ?? 0;
      if (packed === 0) continue;
      samples[3 * index] = packed & 255;
      samples[3 * index + 1] = (packed >> 8) & 255;
      samples[3 * index + 2] = (packed >> 16) & 255;
      const row = Math.floor(index / this.width) >> 1;
      const pixel = row * (this.width >> 1) + ((index % this.width) >> 1);
      shadowable[pixel] = 0;
      ground[pixel] = 0;
    }
    this.#fixedDepth.set(this.inverseDepth);
    this.clear();
  }
}
