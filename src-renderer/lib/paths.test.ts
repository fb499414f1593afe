import { expect, test } from 'vitest';
import { commonBeginning, crumbsOf, goingOn, isAbsolute, typedParts, withSeparator } from './paths.ts';

test.each([
  ['/', ['/']],
  ['/home/ann', ['/', '/home', '/home/ann']],
  ['C:\\', ['C:\\']],
  ['C:\\Video\\Gate', ['C:\\', 'C:\\Video', 'C:\\Video\\Gate']],
  ['\\\\nas\\cams\\gate', ['\\\\nas\\cams\\', '\\\\nas\\cams\\gate']],
])('the crumbs of %s lead to each folder above it', (path, paths) => {
  expect(crumbsOf(path).map((crumb) => crumb.path)).toEqual(paths);
});

test('what is typed is a folder and the beginning of a name', () => {
  expect(typedParts('/home/a')).toEqual({ folder: '/home/', begun: 'a' });
  expect(typedParts('C:\\Vi')).toEqual({ folder: 'C:\\', begun: 'Vi' });
  expect(typedParts('a')).toEqual({ folder: '', begun: 'a' });
});

test('a separator is added once, of the kind that the path has', () => {
  expect(withSeparator('/home')).toBe('/home/');
  expect(withSeparator('/')).toBe('/');
  expect(withSeparator('C:\\Video')).toBe('C:\\Video\\');
});

test('completing goes as far as all names that go on agree', () => {
  const names = ['Gate north', 'gate south', 'Yard'];
  expect(goingOn(names, 'GA')).toEqual(['Gate north', 'gate south']);
  expect(commonBeginning(goingOn(names, 'ga'))).toBe('Gate ');
  expect(commonBeginning(goingOn(names, 'x'))).toBe('');
});

test('a path from the root, a drive or a share on says by itself where it is', () => {
  expect(['/', '/clips', 'C:\\clips', 'd:/clips', '\\\\nas\\clips'].filter((path) => !isAbsolute(path))).toEqual([]);
  expect(['', 'clips', '../clips', '~/clips', 'C:'].filter(isAbsolute)).toEqual([]);
});
