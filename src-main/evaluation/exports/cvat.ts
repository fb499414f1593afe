/** CVAT's XML 1.1: an anomaly is a track over the whole picture, or a tag on each of its frames. */
import { labelError, wholeNumber } from '../labels/label-error.ts';
import { inOrder, type AnnotatedRecording, type Segment } from './annotated-recording.ts';
import { readXml, xmlText, type XmlElement } from './xml.ts';

export interface CvatVideo {
  readonly recording: AnnotatedRecording;
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
}

/**
 * “CVAT for video 1.1” of one recording, with a track for each segment: a box around the whole picture at its first frame,
 * and one that is `outside` at the first frame after it (none where the segment lasts to the end). Frames count from 0; a
 * segment holds the frames that are shown within `[start, end)`, and at least one.
 */
export function cvatText({ recording, framesPerSecond, frames, width, height }: CvatVideo): string {
  const corners = `xtl="0.00" ytl="0.00" xbr="${width.toFixed(2)}" ybr="${height.toFixed(2)}"`;
  const tracks = recording.segments.map(({ start, end, label, attributes = {} }, id) => {
    const said = Object.entries(attributes)
      .map(([name, value]) => `<attribute name="${xmlText(name)}">${xmlText(value)}</attribute>`)
      .join('');
    const box = (frame: number, outside: 0 | 1) =>
      `    <box frame="${frame}" keyframe="1" outside="${outside}" occluded="0" ${corners} z_order="0">${said}</box>\n`;
    const first = Math.min(frames - 1, frameFrom(start, framesPerSecond));
    const after = Math.max(first + 1, frameFrom(end, framesPerSecond));
    const close = after < frames ? box(after, 1) : box(frames - 1, 0);
    const boxes = after < frames || frames - 1 > first ? box(first, 0) + close : box(first, 0);
    return `  <track id="${id}" label="${xmlText(label)}" source="manual">\n${boxes}  </track>\n`;
  });
  const labels = [...Map.groupBy(recording.segments, ({ label }) => label)].map(([label, segments]) => {
    const names = new Set(segments.flatMap(({ attributes = {} }) => Object.keys(attributes)));
    const kinds = [...names].map((name) => `<attribute><name>${xmlText(name)}</name>${attributeKind}</attribute>`);
    return `<label><name>${xmlText(label)}</name><attributes>${kinds.join('')}</attributes></label>`;
  });
  const name = xmlText(recording.name);
  return `<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <name>${name}</name>
      <size>${frames}</size>
      <mode>interpolation</mode>
      <start_frame>0</start_frame>
      <stop_frame>${frames - 1}</stop_frame>
      <labels>${labels.join('')}</labels>
      <original_size><width>${width}</width><height>${height}</height></original_size>
      <source>${name}</source>
    </task>
  </meta>
${tracks.join('')}</annotations>
`;
}

/** A text that holds for a whole track. */
const attributeKind =
  '<mutable>False</mutable><input_type>text</input_type><default_value></default_value><values></values>';

/** The sliver allows for 0.1 · 30. */
const frameFrom = (seconds: number, framesPerSecond: number) => Math.ceil(seconds * framesPerSecond - 1e-6);

/**
 * The one recording of a “CVAT for video 1.1” or “CVAT for images 1.1” file, whose frames are `framesPerSecond` (the format
 * does not say). A track lasts from each box that is not `outside` to the next one that is, or to its last box with it;
 * images with one tag on frames in a row are a segment. Boxes themselves, and other shapes, are passed over.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 */
export function readCvat(text: string, file: string, framesPerSecond: number): AnnotatedRecording {
  const root = readXml(text, file);
  if (root.name !== 'annotations') throw labelError({ file, line: root.line }, `<${root.name}> is no CVAT annotation.`);
  const version = child(root, 'version')?.text.trim();
  if (version !== '1.1')
    throw labelError({ file, line: root.line }, `the version is ${version ?? 'missing'}; 1.1 is read.`);
  const source = ['task', 'job'].flatMap((kind) => child(child(root, 'meta'), kind) ?? [])[0];
  const name = (child(source, 'source') ?? child(source, 'name'))?.text.trim();
  if (name === undefined || name === '') throw labelError({ file, line: root.line }, 'no <source> names the video.');
  const size = child(source, 'size');
  const frames = size === undefined ? null : wholeNumber(size.text.trim(), '<size>', { file, line: size.line });
  const ranges = [
    ...childrenOf(root, 'track').flatMap((track) => rangesOfTrack(track, file)),
    ...rangesOfTags(childrenOf(root, 'image'), file),
  ];
  const segments = ranges.map(({ start, end, label }): Segment => ({
    start: start / framesPerSecond,
    end: end / framesPerSecond,
    label,
  }));
  return { name, seconds: frames === null ? null : frames / framesPerSecond, segments: inOrder(segments) };
}

/** In frames, `[start, end)`. */
type FrameSegment = Segment;

const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((each) => each.name === name);
const childrenOf = (element: XmlElement, name: string) => element.children.filter((each) => each.name === name);

function attribute(element: XmlElement, name: string, file: string): string {
  const value = element.attributes.get(name);
  if (value === undefined) throw labelError({ file, line: element.line }, `<${element.name}> has no ${name}.`);
  return value;
}

const frameOf = (element: XmlElement, name: string, file: string): number =>
  wholeNumber(attribute(element, name, file), name, { file, line: element.line });

function rangesOfTrack(track: XmlElement, file: string): FrameSegment[] {
  const label = attribute(track, 'label', file);
  const shapes = track.children
    .filter((shape) => shape.attributes.has('frame'))
    .map((shape) => ({ frame: frameOf(shape, 'frame', file), isOutside: shape.attributes.get('outside') === '1' }))
    .toSorted((a, b) => a.frame - b.frame);
  const ranges: FrameSegment[] = [];
  let start: number | null = null;
  for (const { frame, isOutside } of shapes) {
    if (isOutside && start !== null) ranges.push({ start, end: frame, label });
    start = isOutside ? null : (start ?? frame);
  }
  if (start !== null) ranges.push({ start, end: (shapes.at(-1)?.frame ?? start) + 1, label });
  return ranges;
}

function rangesOfTags(images: readonly XmlElement[], file: string): FrameSegment[] {
  const tagged = images.flatMap((image) =>
    childrenOf(image, 'tag').map((tag) => ({
      frame: frameOf(image, 'id', file),
      label: attribute(tag, 'label', file),
    })),
  );
  return [...Map.groupBy(tagged, ({ label }) => label)].flatMap(([label, own]) => {
    const ranges: { start: number; end: number; label: string }[] = [];
    for (const { frame } of own.toSorted((a, b) => a.frame - b.frame)) {
      const last = ranges.at(-1);
      if (last !== undefined && frame <= last.end) last.end = Math.max(last.end, frame + 1);
      else ranges.push({ start: frame, end: frame + 1, label });
    }
    return ranges;
  });
}
