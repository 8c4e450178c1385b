/** Code that stands in the docs, and the server that it makes: run as it stands there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The first code block of a page in `docs`, of a language, that `mark` stands in. */
export function codeInDocs(page: string, language: string, mark: string): string {
  const text = readFileSync(resolve(__dirname, '../../docs', page), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)];
  const found = blocks.find(([, of, code]) => of === language && code?.includes(mark))?.[2];
  if (found === undefined) throw new Error(`docs/${page} has no ${language} with ${mark}`);
  return found;
}

/** A `server.mjs` of the docs, in a folder of its own beside its other files. */
export class DocsServer {
  /** What it wrote to its error output. */
  complaints = '';

  private constructor(
    private readonly folder: string,
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.on('data', (chunk: Buffer) => (this.complaints += chunk.toString()));
  }

  /** Starts it and waits until it answers; `PORT` is added to `env`. */
  static async start(files: Readonly<Record<string, string>>, env: Record<string, string>): Promise<DocsServer> {
    const folder = mkdtempSync(join(tmpdir(), 'docs-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const port = await freePort();
    const child = spawn(process.execPath, [join(folder, 'server.mjs')], {
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const server = new DocsServer(folder, `http://127.0.0.1:${port}`, child);
    await server.answers();
    return server;
  }

  stop(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    const isThere = (): Promise<boolean> =>
      fetch(this.url).then(
        () => true,
        () => false,
      );
    while (!(await isThere())) {
      if (this.child.exitCode !== null) throw new Error(`The server of the docs ended:\n${this.complaints}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
