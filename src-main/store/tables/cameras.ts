/** Cameras: their names and the correction of their clocks. */
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';

export interface Camera {
  /** The name read from folders and files at import; it stays when the camera is renamed. */
  readonly id: string;
  readonly name: string;
  /** What to add to this camera's clock to have the true time. */
  readonly clockOffsetMs: number;
  /** IANA name; null where the archive's own time zone holds. */
  readonly timeZone: string | null;
}

export interface Cameras {
  list(): Camera[];
  get(id: string): Camera | undefined;
  /** The camera `id`, entered under its own name where it is new. */
  ensure(id: string): Camera;
  rename(id: string, name: string): void;
  setClock(id: string, clock: Pick<Camera, 'clockOffsetMs' | 'timeZone'>): void;
}

const COLUMNS = 'id, name, clock_offset_ms AS clockOffsetMs, time_zone AS timeZone';

export function createCameras(database: WriteDatabase, audit: Pick<Audit, 'append'>): Cameras {
  const every = database.query<Camera>(`SELECT ${COLUMNS} FROM cameras ORDER BY name, id`);
  const byId = database.query<Camera>(`SELECT ${COLUMNS} FROM cameras WHERE id = @id`);
  const insert = database.command('INSERT INTO cameras (id, name) VALUES (@id, @id)');
  const rename = database.command('UPDATE cameras SET name = @name WHERE id = @id');
  const setClock = database.command(
    'UPDATE cameras SET clock_offset_ms = @clockOffsetMs, time_zone = @timeZone WHERE id = @id',
  );
  return {
    list: () => every.all(),
    get: (id) => byId.get({ id }),
    ensure(id) {
      const known = byId.get({ id });
      if (known !== undefined) return known;
      insert.run({ id });
      return { id, name: id, clockOffsetMs: 0, timeZone: null };
    },
    rename: (id, name) => void rename.run({ id, name }),
    setClock: (id, { clockOffsetMs, timeZone }) =>
      database.transaction(() => {
        const before = byId.get({ id });
        if (before?.clockOffsetMs === clockOffsetMs && before.timeZone === timeZone) return;
        setClock.run({ id, clockOffsetMs, timeZone });
        const was = before === undefined ? null : { clockOffsetMs: before.clockOffsetMs, timeZone: before.timeZone };
        audit.append({ kind: 'camera-clock', subject: id, details: { before: was, clockOffsetMs, timeZone } });
      }),
  };
}
