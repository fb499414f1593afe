/**
 * Inference: ONNX sessions in threads, execution providers, and the nets as files. The public face of the folder. It
 * loads no native code itself: ONNX Runtime lives in the threads and child processes that it starts.
 */
export { openSession } from './session.ts';
export type { ProviderName, Session, SessionOptions } from './session.ts';
export { openResidentSession } from './resident/resident-session.ts';
export type { ResidentOptions, ResidentSession } from './resident/resident-session.ts';
export { chooseProvider, tryProviders } from './providers.ts';
export type { ProviderTrial } from './providers.ts';
export { fetchModels } from './models/fetch-models.ts';
export type { FetchOptions, FetchStage } from './models/fetch-models.ts';
export { findModels, isComplete, levelOf } from './models/model-set.ts';
export type { ModelLevel, ModelSet } from './models/model-set.ts';
export type { TensorData } from './graph/index.ts';
