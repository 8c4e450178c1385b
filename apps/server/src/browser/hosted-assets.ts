/** What our pages for cardholders are made with, from what the build made. */
import type { PublicAddress } from '@app/platform';
import type { HostedAssets } from '@app/sessions';
import type { BuiltFiles } from './built-files';

/** The pages: the hosted one, and the card fields in merchants' pages. */
export const PAGES = ['page', 'fields'] as const;
export type PageName = (typeof PAGES)[number];

/** Pinned names of their scripts, of this release and of others. */
const SCRIPT_NAME = /^([a-z]+)-[0-9a-f]{16}\.js$/;

/** The page whose script has that pinned name, of whatever release; undefined for any other name. */
export function pageOfScript(name: string): PageName | undefined {
  return PAGES.find((page) => page === SCRIPT_NAME.exec(name)?.[1]);
}

/** The script's address, below the path of our public one, and the style sheet, read when the first page wants them: a command line has no pages. */
export function assetsOf(page: PageName, files: BuiltFiles, address: PublicAddress): HostedAssets {
  return {
    get script() {
      return `${address.path}/hosted/assets/${files.get(`${page}.js`).pinnedName}`;
    },
    get styles() {
      return files.get(`${page}.css`).content.identity.toString('utf8').trim();
    },
  };
}
