/** The benchmarks' own label files, and the data sets at hand, read as their users have them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readDataSet, type DataSetFormat, type ReadDataSetOptions } from '../../src-main/evaluation/labels/index.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const isThere = existsSync(folder);
if (!isThere) console.log(`Skipped: the label files are not at ${folder}.`);

describe.skipIf(!isThere)('label files of benchmarks', () => {
  const labelsAlone: ReadDataSetOptions = { videos: 'none' };
  // Counts as the benchmarks' papers and data sheets name them: UCF-Crime 140 + 150 test videos, MSAD 120 + 120,
  // XD-Violence 500 violent ones of 800, UBnormal 211 (of which the lists have 158 abnormal), Avenue 21, ShanghaiTech 107.
  test.each<[string, DataSetFormat, ReadDataSetOptions, number, number]>([
    ['annotations/ucf_crime_temporal.txt', 'ucf-crime', labelsAlone, 290, 140],
    ['annotations/msad_temporal.txt', 'msad', labelsAlone, 240, 120],
    ['annotations/xd_violence_annotations.txt', 'xd-violence', labelsAlone, 500, 500],
    ['annotations', 'ubnormal', labelsAlone, 211, 158],
    ['annotations/avenue_frame_labels.json', 'avenue', labelsAlone, 21, 21],
    ['annotations/shanghaitech_frame_labels.json', 'shanghaitech', labelsAlone, 107, 107],
    ['replay/ucf-crime.jsonl', 'replay', {}, 145, 70],
    ['replay/msad.jsonl', 'replay', {}, 120, 60],
    ['ped2', 'ped2', {}, 4, 4],
    ['fight-surv', 'clips', {}, 200, 100],
  ])('%s as %s', async (path, format, options, recordings, anomalous) => {
    const set = await readDataSet(`${folder}${path}`, format, options);
    expect(set.missing).toEqual([]);
    expect(set.recordings).toHaveLength(recordings);
    expect(set.recordings.filter(({ labelled }) => labelled.class !== 'normal')).toHaveLength(anomalous);
    // The format need not be named, save for the folder that holds many.
    const guessed = path === 'annotations' ? set : await readDataSet(`${folder}${path}`, null, options);
    expect(guessed.format).toBe(format);
  });

  test('who has none of the videos is told so', async () => {
    const labels = `${folder}annotations/ucf_crime_temporal.txt`;
    await expect(readDataSet(`${folder}events`, null, { labels })).rejects.toThrow(/none of its 290 videos is in/);
  });
});
