/** `anom-pi cameras` and `zones`: how each camera is looked at, and which parts of its picture count. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { type CameraSettings, sensitivities } from '../../../contract/camera.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Client } from '../../../contract/service.ts';
import { readZones, type Zone } from '../../../contract/zone.ts';
import type { Command, CommandInput } from '../command.ts';
import { durationText, printable } from '../output.ts';

/** Null where an option puts a thing back to the program's own. */
const own = 'default';

export const camerasCommand: Command = {
  name: 'cameras',
  usage: '[CAMERA] [--budget FRAMES_PER_MINUTE] [--policy NAME] [--classes A,B…] [--sensitivity low|normal|high]',
  summary: `list the cameras, or set how one is looked at; '${own}' puts a thing back`,
  options: {
    budget: { type: 'string' },
    policy: { type: 'string' },
    classes: { type: 'string' },
    sensitivity: { type: 'string' },
  },
  positionals: [0, 1],
  async run(input, { output, connect }) {
    const client = await connect();
    const [camera] = input.positionals;
    const changes = changesFrom(input);
    if (camera !== undefined && Object.keys(changes).length > 0) {
      const { settings } = await client.cameras.settings({ camera });
      await client.cameras.configure({ camera, settings: { ...settings, ...changes } });
    } else if (Object.keys(changes).length > 0) {
      throw new AppError('invalid-argument', 'Name the camera that this is for; `anom-pi cameras` lists them.');
    }
    const { cameras } = await client.archive.overview();
    const shown = cameras.filter((each) => camera === undefined || each.camera === camera);
    if (camera !== undefined && shown.length === 0) throw new AppError('not-found', `There is no camera ${camera}.`);
    for (const summary of shown) {
      const { settings } = await client.cameras.settings({ camera: summary.camera });
      const head = `${printable(summary.camera)} · ${String(summary.recordings)} recordings · ${durationText(summary.seconds)}`;
      output.result({ type: 'camera', ...summary, settings }, `${head}${settingsText(settings)}`);
    }
    return 0;
  },
};

export const zonesCommand: Command = {
  name: 'zones',
  usage: 'CAMERA [FILE.json|-] [--clear]',
  summary:
    'print the zones of a camera as JSON, or set them from a list in a file: [{"kind","name","points":[{"x","y"}…]}]',
  options: { clear: { type: 'boolean' } },
  positionals: [1, 2],
  async run(input, { output, connect, absolute }) {
    const [camera = '', file] = input.positionals;
    if (input.is('clear') && file !== undefined) {
      throw new AppError('invalid-argument', 'Give a file of zones or --clear, not both.');
    }
    const wanted = input.is('clear') ? [] : file === undefined ? null : await zonesFrom(file, absolute);
    const client = await connect();
    for (const zone of await setZones(client, camera, wanted)) {
      output.result({ type: 'zone', ...zone }, JSON.stringify(zone));
    }
    return 0;
  },
};

async function setZones(client: Client, camera: string, zones: readonly Zone[] | null): Promise<readonly Zone[]> {
  const { settings } = await client.cameras.settings({ camera });
  if (zones === null) return settings.zones;
  const changed = await client.cameras.configure({ camera, settings: { ...settings, zones: [...zones] } });
  return changed.settings.zones;
}

/** Errors: `invalid-argument` that names the file and what is wrong in it. */
async function zonesFrom(file: string, absolute: (path: string) => string): Promise<Zone[]> {
  const path = file === '-' ? 'standard input' : absolute(file);
  const wrong = (reason: string, cause?: unknown) =>
    new AppError('invalid-argument', `The zones in ${path} were not set: ${reason}`, { cause });
  let given: unknown;
  try {
    given = JSON.parse(file === '-' ? await textOf(process.stdin) : await readFile(path, 'utf8'));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error), error);
  }
  const reading = readZones(given);
  if (!reading.ok) throw wrong(reading.reason);
  return reading.zones.map((zone) => ({ ...zone, id: zone.id ?? randomUUID() }));
}

function changesFrom(input: CommandInput): Partial<CameraSettings> {
  const [policy, classes, budget, sensitivity] = ['policy', 'classes', 'budget', 'sensitivity'].map(input.text);
  const level = sensitivity === own ? 'normal' : sensitivities.find((each) => each === sensitivity);
  if (sensitivity !== undefined && level === undefined) {
    throw new AppError(
      'invalid-argument',
      `--sensitivity is one of ${sensitivities.join(', ')}, not '${sensitivity}'.`,
    );
  }
  return {
    ...(policy !== undefined && { policy: policy === own ? null : policy }),
    ...(classes !== undefined && { classes: classes === own ? [] : classes.split(',').map((each) => each.trim()) }),
    ...(budget !== undefined && { framesPerMinute: budget === own ? null : (input.number('budget') ?? null) }),
    ...(level !== undefined && { sensitivity: level }),
  };
}

/** What was set of it, one thing a line. */
function settingsText({ zones, framesPerMinute, policy, classes, sensitivity }: CameraSettings): string {
  const count = (kind: Zone['kind']) => zones.filter((zone) => zone.kind === kind).length;
  return [
    ...(zones.length > 0 ? [`zones: ${String(count('look'))} to look at, ${String(count('ignore'))} to ignore`] : []),
    ...(framesPerMinute !== null ? [`budget: ${String(framesPerMinute)} frames per minute`] : []),
    ...(policy !== null ? [`policy: ${policy}`] : []),
    ...(classes.length > 0 ? [`classes: ${classes.join(', ')}`] : []),
    ...(sensitivity !== 'normal' ? [`sensitivity: ${sensitivity}`] : []),
  ]
    .map((line) => `\n    ${line}`)
    .join('');
}
