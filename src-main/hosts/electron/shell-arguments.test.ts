import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersFrom, readShellArguments } from './shell-arguments.ts';

const here = resolve('/home/rita');
const read = (given: readonly string[], env: NodeJS.ProcessEnv = { ANOM_PI_DATA: '/data' }, namesProgram = false) =>
  readShellArguments(given, { env, platform: 'linux', workingFolder: here, namesProgram });

describe('the shell’s arguments', () => {
  it('are folders, against where it was started', () => {
    expect(read([])).toEqual({ dataFolder: resolve('/data'), folders: [] });
    expect(read(['footage', '/mnt/cameras', '']).folders).toEqual([resolve(here, 'footage'), resolve('/mnt/cameras')]);
  });

  it('may name the data folder', () => {
    expect(read(['--data', 'other', 'footage'])).toEqual({
      dataFolder: resolve(here, 'other'),
      folders: [resolve(here, 'footage')],
    });
    expect(read(['--data=/other']).dataFolder).toBe(resolve('/other'));
    expect(read([], { XDG_DATA_HOME: '/share' }).dataFolder).toBe(resolve('/share/anom-pi'));
  });

  it('pass over switches of Chromium and desktops', () => {
    expect(read(['--remote-debugging-port=0', '-psn_0_1234', '--ozone-platform=wayland', 'footage']).folders).toEqual([
      resolve(here, 'footage'),
    ]);
  });

  it('begin with the program itself in a checkout', () => {
    expect(read(['--inspect=0', '.', 'footage'], {}, true).folders).toEqual([resolve(here, 'footage')]);
  });
});

describe('what a second start hands over', () => {
  it.each([
    [{ folders: ['/a', '/b'] }, ['/a', '/b']],
    [{ folders: ['/a', 7, null] }, ['/a']],
    [{ folders: '/a' }, []],
    [{}, []],
    [null, []],
    ['/a', []],
  ])('%o is %o', (handedOver, folders) => {
    expect(foldersFrom(handedOver)).toEqual(folders);
  });
});
