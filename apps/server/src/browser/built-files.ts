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
};

/** Reads what the build made. */
@Injectable()
export class BuiltFiles {
  private readonly files = new Map<string, BuiltFile>();

  /** The file of that plain name. Throws when the build did not make it. */
  get(name: string): BuiltFile {
    const file = this.files.get(name) ?? readBuilt(builtFolder(__dirname), name);
    this.files.set(name, file);
    return file;
  }
}

function readBuilt(folder: string, name: string): BuiltFile {
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

/** The same folder from the sources and from the build: upwards until `dist/apps/hosted/js` is there. */
function builtFolder(from: string): string {
  const folder = join(from, 'dist', 'apps', 'hosted', 'js');
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('What runs in browsers was not built');
  return builtFolder(parent);
}
