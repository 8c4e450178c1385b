/** What the hosted page is made with, from what the build made. */
import type { HostedAssets } from '@app/sessions';
import type { BuiltFiles } from './built-files';

export const HOSTED_SCRIPT = 'page.js';
/** Its pinned names, of this release and of others. */
export const HOSTED_SCRIPT_NAME = /^page-[0-9a-f]{16}\.js$/;

/** The script's address and the style sheet, read when the first page wants them: a command line has no pages. */
export function hostedAssets(files: BuiltFiles): HostedAssets {
  return {
    get script() {
      return `/hosted/assets/${files.get(HOSTED_SCRIPT).pinnedName}`;
    },
    get styles() {
      return files.get('page.css').content.identity.toString('utf8').trim();
    },
  };
}
