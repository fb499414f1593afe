/** The videos of a data set's folder, found by the names that label files give them. */
import { posix, relative, sep } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { hasVideoExtension, walkVideoFiles } from '../../archive/index.ts';

/** Without the extension of a video. XD-Violence's names have dots of their own, which stay. */
export const stemOf = (name: string): string =>
  hasVideoExtension(name) ? name.slice(0, name.length - posix.extname(name).length) : name;

interface VideoFile {
  readonly path: string;
  /** Below the folder, with forward slashes. */
  readonly name: string;
}

export class VideoFiles {
  readonly folder: string;
  readonly files: readonly VideoFile[];
  readonly #byKey = new Map<string, VideoFile[]>();
  readonly #taken = new Set<VideoFile>();

  private constructor(folder: string, files: readonly VideoFile[]) {
    this.folder = folder;
    this.files = files;
    for (const file of files) {
      for (const key of new Set(keysOf(file.name))) {
        const same = this.#byKey.get(key);
        if (same === undefined) this.#byKey.set(key, [file]);
        else same.push(file);
      }
    }
  }

  /** Errors: AppError of the folder where it cannot be read; below it, what cannot be read is passed over. */
  static async in(folder: string): Promise<VideoFiles> {
    const files: VideoFile[] = [];
    for await (const found of walkVideoFiles([folder])) {
      if (found.kind === 'unreadable' && found.path === folder) throw found.error;
      if (found.kind === 'file') {
        files.push({ path: found.path, name: relative(folder, found.path).split(sep).join('/') });
      }
    }
    return new VideoFiles(folder, files);
  }

  /**
   * The one video that `name` means: its path below the folder or the end of it, with or without extension, exactly as
   * written or else without regard to case. Null where there is none.
   * Errors: AppError `invalid-argument` where several fit, since any choice could be the wrong one.
   */
  find(name: string): string | null {
    const key = name.replaceAll('\\', '/').replace(/^\.\//, '');
    for (const kind of ['=', '~'] as const) {
      const found =
        this.#byKey.get(kind + foldIf(kind, key)) ?? this.#byKey.get(kind + foldIf(kind, stemOf(key))) ?? [];
      const [file, another] = found;
      if (another !== undefined && !found.some((each) => each.name === key)) {
        throw new AppError(
          'invalid-argument',
          `${name} could be ${found.map((each) => each.name).join(' or ')} in ${this.folder}; name it with its folder.`,
          { details: { path: this.folder } },
        );
      }
      const exact = found.find((each) => each.name === key) ?? file;
      if (exact === undefined) continue;
      this.#taken.add(exact);
      return exact.path;
    }
    return null;
  }

  /** Those that `find` did not give out. */
  rest(): readonly VideoFile[] {
    return this.files.filter((file) => !this.#taken.has(file));
  }
}

const foldIf = (kind: '=' | '~', key: string) => (kind === '=' ? key : key.toLowerCase());

/** Every end of the path at a slash, with and without the extension, as written (`=`) and folded (`~`). */
function keysOf(name: string): string[] {
  const parts = name.split('/');
  return parts.flatMap((_, first) => {
    const end = parts.slice(first).join('/');
    return [end, stemOf(end)].flatMap((key) => [`=${key}`, `~${key.toLowerCase()}`]);
  });
}
