/** Labels of data sets, whatever format they come in. */
export {
  anomaliesInSeconds,
  dataSetFormats,
  labelsOf,
  type DataSet,
  type DataSetFormat,
  type DataSetRecording,
  type MissingRecording,
  type TwinPair,
  type VideoClock,
} from './data-set.ts';
export { labelError, textOf, type Place } from './label-error.ts';
export type { FrameRange, LabelledRecording } from './labelled-recording.ts';
export { readDataSet, type ReadDataSetOptions } from './read-data-set.ts';
