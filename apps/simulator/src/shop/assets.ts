/** The page's files, read once when the simulator starts: plain HTML, CSS and modules from `public/`. */
import { Injectable } from '@nestjs/common';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

/** A file ready to be sent. */
export interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Finds files by name. */
@Injectable()
export class Assets {
  private readonly files: ReadonlyMap<string, Asset>;

  constructor() {
    const folder = publicFolder(__dirname);
    this.files = new Map(
      readdirSync(folder).flatMap((name) => {
        const type = TYPES[extname(name)];
        return type === undefined ? [] : [[name, { type, content: readFileSync(join(folder, name)) }] as const];
      }),
    );
  }

  find(name: string): Asset | null {
    return this.files.get(name) ?? null;
  }
}

/** The same folder from the sources and from the build: upwards until the project's `apps/simulator/public` is there. */
function publicFolder(from: string): string {
  const folder = join(from, 'apps', 'simulator', 'public');
  if (existsSync(join(folder, 'index.html'))) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('apps/simulator/public was not found');
  return publicFolder(parent);
}
