import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** Of what was installed, as package.json and docs/CHANGELOG.md have it; the API has a version of its own. */
export const PRODUCT_VERSION = (
  JSON.parse(readFileSync(findPackageJSON('..', __filename) ?? '', 'utf8')) as { version: string }
).version;
