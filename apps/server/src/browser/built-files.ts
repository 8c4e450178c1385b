/** What the build made for browsers: found once, read at the first request, then kept. */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

/** A file in every encoding that we have of it. */
export interface BuiltFile {
  readonly name: string;
  /** The same file's name for ever: another content has another one. */
  readonly pinnedName: string;
  /** For the `integrity` attribute (Subresource Integrity). */
  readonly integrity: string;
  readonly etag: string;
  readonly type: string;
  /** By content coding; `identity` is the file itself. */
  readonly content: Readonly<Record<Coding, Buffer>>;
}

/** Content codings, the best first. */
export const CODINGS = ['br', 'gzip', 'identity'] as const;
export type Coding = (typeof CODINGS)[number];

const SUFFIXES: Record<Coding, string> = { br: '.br', gzip: '.gz', identity: '' };
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads what the build made. */
@Injectable()
export class BuiltFiles {
  private readonly files = new Map<string, BuiltFile>();

  /** The file of that plain name. Throws when the build did not make it. */
  get(name: string): BuiltFile {
    const file = this.files.get(name) ?? readBuilt(builtFolder(__dirname, 'hosted', 'js'), name);
    this.files.set(name, file);
    return file;
  }
}

/** A file of a folder that the build made, with what it was compressed to beside it. */
export function readBuilt(folder: string, name: string): BuiltFile {
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
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    content,
  };
}

/**
 * A folder below `dist/apps`, the same one from the sources and from the build: upwards from `from` until it is there.
 * Throws when the build did not make it.
 */
export function builtFolder(from: string, ...path: string[]): string {
  const folder = join(from, 'dist', 'apps', ...path);
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error(`What runs in browsers was not built: dist/apps/${path.join('/')}`);
  return builtFolder(parent, ...path);
}
