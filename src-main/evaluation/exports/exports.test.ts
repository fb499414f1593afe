import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityNetText, readActivityNet } from './activitynet.ts';
import { cvatText, readCvat } from './cvat.ts';
import { foundAnnotations } from './found-annotations.ts';
import { readXml, xmlText } from './xml.ts';

const label = fc.string({ minLength: 1, unit: 'grapheme' });
/** In frames of a 20-second recording at 10 a second. */
const segments = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 198 }), fc.integer({ min: 1, max: 60 }), label), { maxLength: 6 })
  .map((list) =>
    list
      .map(([start, length, name]) => ({ start: start / 10, end: Math.min(200, start + length) / 10, label: name }))
      .toSorted((a, b) => a.start - b.start || a.end - b.end),
  );

describe('ActivityNet', () => {
  test('what is written is read', () => {
    fc.assert(
      fc.property(fc.uniqueArray(label), segments, (names, list) => {
        // JSON has no place for a key that JavaScript keeps for itself.
        const recordings = names
          .filter((name) => name !== '__proto__' && !/^\d+$/.test(name))
          .map((name) => ({ name, seconds: 20, segments: list }));
        expect(readActivityNet(activityNetText(recordings), 'f')).toEqual(recordings);
      }),
    );
  });

  test.each([
    ['{}', /^f: an object with `database`/],
    ['{"database": {"a": 3}}', /^f: a is no object/],
    ['{"database": {"a": {"duration": -1, "annotations": []}}}', /^f: the `duration` of a/],
    ['{"database": {"a": {}}}', /^f: a has no list `annotations`/],
    ['{"database": {"a": {"annotations": [{"segment": [1, 2]}]}}}', /^f: a has an annotation without a `label`/],
    ['{"database": {"a": {"annotations": [{"segment": [1], "label": "x"}]}}}', /^f: a has a `segment` that is no pair/],
    ['{"database": {"a": {"annotations": [{"segment": [2, 1], "label": "x"}]}}}', /^f: a: seconds 2 to 1 are no range/],
    ['{', /^f, line 1: this is no JSON/],
  ])('%s is refused', (text, message) => expect(() => readActivityNet(text, 'f')).toThrow(message));
});

describe('CVAT', () => {
  const video = { framesPerSecond: 10, frames: 200, width: 640, height: 360 };

  test('what is written is read', () => {
    fc.assert(
      fc.property(segments, (list) => {
        const plain = list.filter((segment) => segment.label.trim() === segment.label);
        const recording = { name: 'gate & "yard".mp4', seconds: 20, segments: plain };
        const read = readCvat(cvatText({ ...video, recording }), 'f', 10);
        expect({ ...read, segments: read.segments.length }).toEqual({ ...recording, segments: plain.length });
        for (const [index, segment] of read.segments.entries()) {
          expect(segment.start).toBeCloseTo(plain[index]?.start ?? -1, 9);
          expect(segment.end).toBeCloseTo(plain[index]?.end ?? -1, 9);
        }
      }),
    );
  });

  test('what else is said of a segment stands with its track, and its name with the label', () => {
    const segment = { start: 1, end: 2, label: 'fight', attributes: { reason: 'a < b', tags: '' } };
    const text = cvatText({ ...video, recording: { name: 'a.mp4', seconds: 20, segments: [segment] } });
    expect(text).toContain('<attribute><name>reason</name><mutable>False</mutable><input_type>text</input_type>');
    expect(
      text.match(/<attribute name="reason">a &lt; b<\/attribute><attribute name="tags"><\/attribute>/g),
    ).toHaveLength(2);
    expect(readCvat(text, 'f', 10).segments).toMatchObject([{ label: 'fight' }]);
  });

  const wrap = (content: string) =>
    `<?xml version="1.0"?>\n<annotations><version>1.1</version><meta><job><source>a.mp4</source></job></meta>\n${content}</annotations>`;

  test('a track that goes and comes back is two segments, tags in a row are one', () => {
    const track = `<track id="0" label="fight">
      <box frame="2" outside="0"/><box frame="5" outside="1"/><polygon frame="8" outside="0"/><box frame="9" outside="0"/></track>`;
    expect(readCvat(wrap(track), 'f', 1).segments).toEqual([
      { start: 2, end: 5, label: 'fight' },
      { start: 8, end: 10, label: 'fight' },
    ]);
    const image = (id: number) => `<image id="${id}" name="frame"><tag label="fire" source="manual"></tag></image>`;
    expect(readCvat(wrap([4, 3, 7].map(image).join('')), 'f', 1)).toEqual({
      ...{ name: 'a.mp4', seconds: null },
      segments: [
        { start: 3, end: 5, label: 'fire' },
        { start: 7, end: 8, label: 'fire' },
      ],
    });
  });

  test.each([
    ['<html></html>', /^f, line 1: <html> is no CVAT annotation/],
    ['<annotations><version>2</version></annotations>', /^f, line 1: the version is 2; 1\.1 is read/],
    ['<annotations><version>1.1</version></annotations>', /^f, line 1: no <source> names the video/],
    [wrap('\n<track id="0"></track>'), /^f, line 4: <track> has no label/],
    [wrap('<track label="x">\n<box frame="y"/></track>'), /^f, line 4: frame is “y”, not a whole number/],
  ])('%j is refused by file, line and reason', (text, message) => {
    expect(() => readCvat(text, 'f', 10)).toThrow(message);
  });
});

describe('what a policy flagged', () => {
  test('goes out with its scores and comes in again', () => {
    const flag = { start: 3, end: 8.5, class: 'fight', score: 0.75 };
    const assessment = { score: 0.75, auc: null, framesObserved: 9, curve: [] };
    const recording = { class: 'fight', seconds: 20, fold: null, anomalies: null };
    const recordings = [
      {
        ...{ ...recording, name: 'a.mp4' },
        assessments: [
          { ...assessment, policy: 'rules', flags: [{ ...flag, start: 9, end: 10 }, flag] },
          { ...assessment, policy: 'dense', flags: [] },
        ],
      },
      { ...recording, name: 'b.mp4', assessments: [{ ...assessment, policy: 'dense', flags: [flag] }] },
    ];
    const text = foundAnnotations({ recordings }, 'rules');
    expect(JSON.parse(text)).toMatchObject({
      database: { 'a.mp4': { annotations: [{ score: 0.75 }, { score: 0.75 }] } },
    });
    expect(readActivityNet(text, 'f')).toEqual([
      {
        ...{ name: 'a.mp4', seconds: 20 },
        segments: [
          { start: 3, end: 8.5, label: 'fight' },
          { start: 9, end: 10, label: 'fight' },
        ],
      },
    ]);
    expect(readActivityNet(foundAnnotations({ recordings }, 'dense'), 'f').map(({ name }) => name)).toEqual([
      'a.mp4',
      'b.mp4',
    ]);
  });
});

describe('XML', () => {
  test('elements, attributes in either quotes, entities, comments', () => {
    const root = readXml(
      `\uFEFF<?xml version="1.0"?><!-- a -->\n<a b='1 "&lt;&#65;' c="&#x1F600;">x<!-- <y> -->&amp;<d/></a>\n<!-- z -->\n`,
      'f',
    );
    expect([root.name, root.line, root.text]).toEqual(['a', 2, 'x&']);
    expect([...root.attributes.values()]).toEqual(['1 "<A', '😀']);
    expect(root.children.map(({ name }) => name)).toEqual(['d']);
  });

  test('any text goes in and comes out', () => {
    fc.assert(
      fc.property(label, (text) => {
        const plain = text.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
        const root = readXml(`<a b="${xmlText(text)}">${xmlText(text)}</a>`, 'f');
        expect([root.text, root.attributes.get('b')]).toEqual([plain, plain]);
      }),
    );
  });

  const bomb = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>`;
  test.each([
    ['a bomb of entities', bomb, /^f, line 1: a document type and CDATA are not read/],
    ['an entity from another file', `<!DOCTYPE l SYSTEM "file:///etc/passwd"><l/>`, /a document type/],
    ['an entity of its own', '<l>\n&b;</l>', /^f, line 2: “&b;” is no entity/],
    ['a name of every object', '<l>&constructor;</l>', /is no entity/],
    ['a bare ampersand', '<l>a & b</l>', /“&” is no entity/],
    ['a character that is none', '<l>&#0;</l>', /“&#0;” is no entity/],
    ['CDATA', '<l><![CDATA[x]]></l>', /CDATA are not read/],
    ['a processing instruction', '<l><?php x ?></l>', /a processing instruction/],
    ['a depth without end', '<a>'.repeat(100_000), /more than 64 deep/],
    ['tags that cross', '<a><b></a></b>', /<\/a> closes <b>/],
    ['an end alone', '</a>', /<\/a> closes nothing/],
    ['an attribute twice', '<a b="1" b="2"/>', /<a> has b twice/],
    ['an attribute without quotes', '<a b=1/>', /the tag <a> is not closed/],
    ['what is not closed', '<a>\n<b>', /^f, line 2: <b> is not closed/],
    ['a comment that is not closed', '<a><!-- x', /a comment is not closed/],
    ['a second root', '<a/><b/>', /something follows the end of <a>/],
    ['text alone', 'x', /there is text outside/],
    ['nothing', ' ', /there is no element/],
    ['a tag without a name', '<a>< b/></a>', /a tag has no name/],
  ])('%s is refused', (_, text, message) => expect(() => readXml(text, 'f')).toThrow(message));

  test('a large file takes time in proportion to its length', () => {
    const many = `<a>${'<b frame="1" outside="0"/>\n'.repeat(50_000)}</a>`;
    expect(readXml(many, 'f').children).toHaveLength(50_000);
    expect(readXml(many, 'f').children.at(-1)?.line).toBe(50_000);
  });
});
