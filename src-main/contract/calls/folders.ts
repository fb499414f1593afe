/** Calls about folders that are watched for new recordings. */
import * as v from 'valibot';
import { watchedFolderSchema } from '../watched-folder.ts';
import { call, folders, text } from './call.ts';

const watched = v.object({ items: v.array(watchedFolderSchema) });

export const watchedFoldersCalls = {
  /** In the order in which they were added. */
  watched: call({}, watched),
  /**
   * From now on new recordings in these folders (absolute paths) are indexed by themselves, and looked through unless
   * `scan` is false; that goes on with every start of the core. One that is watched already only changes `scan`.
   * Errors: `not-found`, `permission-denied` for a folder that cannot be looked into now.
   */
  watch: call({ folders: v.pipe(folders, v.minLength(1)), scan: v.optional(v.boolean(), true) }, watched),
  /** What was found stays. Errors: `not-found` where the folder is not watched. */
  unwatch: call({ folder: text }, watched),
};
