/** The operators' console as the build left it. */
import { Injectable } from '@nestjs/common';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder, readBuilt, type BuiltFile } from '../browser/built-files';

/** What stands in the page for the nonce (scripts/admin.mjs). */
const NONCE = '{nonce}';
/** What is sent compressed lies beside the file itself. */
const COMPRESSED = /\.(br|gz)$/;

interface Console {
  readonly page: string;
  readonly folder: string;
  /** What is not among them is never looked for. */
  readonly names: ReadonlySet<string>;
}

/** Finds the page and its assets: read at the first request, then kept. */
@Injectable()
export class ConsoleFiles {
  private found: Console | null = null;
  private readonly assets = new Map<string, BuiltFile>();

  /** The page, with `nonce` wherever it lets something in. Throws when the build did not make it. */
  page(nonce: string): string {
    return this.console().page.replaceAll(NONCE, nonce);
  }

  /** An asset by its name, which the build made of its content; null where there is none. */
  asset(name: string): BuiltFile | null {
    const { folder, names } = this.console();
    if (!names.has(name)) return null;
    const file = this.assets.get(name) ?? readBuilt(folder, name);
    this.assets.set(name, file);
    return file;
  }

  private console(): Console {
    this.found ??= find(builtFolder(__dirname, 'admin'));
    return this.found;
  }
}

function find(root: string): Console {
  const folder = join(root, 'assets');
  const names = readdirSync(folder).filter((name) => !COMPRESSED.test(name));
  return { page: readFileSync(join(root, 'index.html'), 'utf8'), folder, names: new Set(names) };
}
