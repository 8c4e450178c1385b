/** countersign.js as the build left it: found once, read at the first request, then kept. */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A script in every encoding that we have of it. */
export interface BrowserScript {
  readonly name: string;
  /** The same file's name for ever: another content has another one. */
  readonly pinnedName: string;
  /** For the `integrity` attribute (Subresource Integrity). */
  readonly integrity: string;
  readonly etag: string;
  /** By content coding; `identity` is the file itself. */
  readonly content: Readonly<Record<Coding, Buffer>>;
}

/** Content codings, the best first. */
export const CODINGS = ['br', 'gzip', 'identity'] as const;
export type Coding = (typeof CODINGS)[number];

const SUFFIXES: Record<Coding, string> = { br: '.br', gzip: '.gz', identity: '' };
const NAMES = ['countersign.js', 'countersign.mjs'];

/** Finds scripts by name. */
@Injectable()
export class BrowserScripts {
  private scripts: ReadonlyMap<string, BrowserScript> | null = null;

  /** All of them, by their plain and by their pinned names. Throws when the build did not make them. */
  all(): ReadonlyMap<string, BrowserScript> {
    this.scripts ??= load(builtFolder(__dirname));
    return this.scripts;
  }
}

function load(folder: string): ReadonlyMap<string, BrowserScript> {
  return new Map(
    NAMES.map((name) => readScript(folder, name)).flatMap((script) => [
      [script.name, script],
      [script.pinnedName, script],
    ]),
  );
}

function readScript(folder: string, name: string): BrowserScript {
  const read = (coding: Coding): Buffer => readFileSync(join(folder, name + SUFFIXES[coding]));
  const content = { br: read('br'), gzip: read('gzip'), identity: read('identity') };
  const hash = createHash('sha384').update(content.identity).digest();
  const short = hash.toString('hex').slice(0, 16);
  const [stem, ending] = name.split('.');
  return {
    name,
    pinnedName: `${stem}-${short}.${ending}`,
    integrity: `sha384-${hash.toString('base64')}`,
    etag: short,
    content,
  };
}

/** The same folder from the sources and from the build: upwards until `dist/apps/hosted/js` is there. */
function builtFolder(from: string): string {
  const folder = join(from, 'dist', 'apps', 'hosted', 'js');
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('countersign.js was not built');
  return builtFolder(parent);
}
