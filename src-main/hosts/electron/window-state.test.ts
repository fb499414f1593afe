import { describe, expect, it } from 'vitest';
import { restoredState } from './window-state.ts';

const main = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const right = { workArea: { x: 1920, y: 0, width: 2560, height: 1400 } };
const at = (x: number, y: number, width = 1200, height = 800) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});

describe('the window’s place', () => {
  it('is kept where it is on a display that is there', () => {
    expect(restoredState(at(100, 50), [main])).toEqual(at(100, 50));
    expect(restoredState(at(2500, 50), [main, right])).toEqual(at(2500, 50));
    expect(restoredState({ ...at(100, 50), isMaximized: true }, [main]).isMaximized).toBe(true);
  });

  it.each([
    ['a display that is gone', at(2500, 50)],
    ['below the screen', at(100, 1030)],
    ['above the screen', at(100, -40)],
    ['beyond the left edge but for a sliver', at(-1150, 50)],
  ])('is centred instead of on %s', (_name, saved) => {
    expect(restoredState(saved, [main]).bounds).toEqual({ width: 1200, height: 800 });
  });

  it('is made to fit the display', () => {
    expect(restoredState(at(0, 0, 5000, 4000), [main]).bounds).toMatchObject({ width: 1920, height: 1040 });
    expect(restoredState(at(0, 0, 10, 10), [main]).bounds).toMatchObject({ width: 960, height: 600 });
  });

  it.each([
    null,
    'text',
    [],
    {},
    { bounds: { x: 0, y: 0, width: '9', height: 9 } },
    { bounds: { x: 0.5, y: 0, width: 9, height: 9 } },
  ])('is the usual one where %o was kept', (saved) => {
    expect(restoredState(saved, [main])).toEqual({ bounds: { width: 1440, height: 900 }, isMaximized: false });
  });

  it('is no larger than a small screen at the first start', () => {
    const small = { workArea: { x: 0, y: 0, width: 1280, height: 740 } };
    expect(restoredState(null, [small]).bounds).toEqual({ width: 1280, height: 740 });
  });
});
