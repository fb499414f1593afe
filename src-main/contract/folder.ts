/** What a folder picker shows. */
import * as v from 'valibot';

export const folderListingSchema = v.object({
  /** Absolute; null for the list of places to begin at. */
  path: v.nullable(v.string()),
  /** Null where there is nothing above. */
  parent: v.nullable(v.string()),
  /** Folders first, then video files, each by name. Hidden ones are left out. */
  entries: v.array(
    v.object({
      name: v.string(),
      path: v.string(),
      kind: v.picklist(['home', 'root', 'recent', 'folder', 'video']),
      bytes: v.nullable(v.number()),
    }),
  ),
  /** There were more entries than are listed. */
  truncated: v.boolean(),
});
export type FolderListing = v.InferOutput<typeof folderListingSchema>;
export type FolderEntry = FolderListing['entries'][number];
