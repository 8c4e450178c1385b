/** The official Node SDKs as clients of the product, each in a process of its own, because they are ES modules. */
import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { Body, Credentials } from './api';
import { watchAnswer, watchRequest, watchSecret } from './leaks';
import type { Product } from './product';

const CLIENT = resolve(__dirname, 'sdk-client.mjs');

/** The majors under test, by the names they are installed under. */
export const SDK_PACKAGES = ['checkout-sdk-node', 'checkout-sdk-node-4'] as const;

/** What the SDK threw: the name of its class and the fields that it fills. */
export class SdkFailure extends Error {
  constructor(
    readonly type: string,
    readonly httpCode: number | undefined,
    readonly body: Body | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** The SDK's session calls under their own names; each rejects with `SdkFailure`. */
export interface SdkSessions {
  request(body: unknown): Promise<Body>;
  get(id: string, channel?: string): Promise<Body>;
  update(id: string, body: unknown): Promise<Body>;
  update3DSMethodCompletionIndicator(id: string, completion: string): Promise<Body>;
  complete(id: string): Promise<unknown>;
}

/** The SDK's calls about cards; each rejects with `SdkFailure`. */
export interface SdkCards {
  /** `tokens.request`, with the public key. */
  requestToken(body: unknown): Promise<Body>;
  /** `instruments.get` and `instruments.delete`, with the credentials. */
  getInstrument(id: string): Promise<Body>;
  deleteInstrument(id: string): Promise<Body>;
}

interface Settings {
  key: string;
  options: Record<string, unknown>;
  tokenUrl?: string;
}

interface Reply {
  call: number;
  result?: unknown;
  error?: { name: string; message: string; http_code?: number; body?: Body };
}

interface Waiting {
  done: (value: unknown) => void;
  fail: (error: Error) => void;
}

/** One SDK's process. The caller stops it. */
export class Sdk {
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private clients = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly product: Product,
  ) {
    child.on('message', (message: Reply) => this.settle(message));
    child.once('exit', (code) => {
      for (const { fail } of this.waiting.values()) fail(new Error(`The SDK's process ended with ${code}`));
    });
  }

  /** Loads the SDK and waits until it is there. */
  static async start(packageName: string, product: Product): Promise<Sdk> {
    // Without the parent's environment: CKO_… variables would override what the constructor is given.
    const child = fork(CLIENT, [packageName], {
      env: { PATH: process.env['PATH'] },
      execArgv: ['--no-deprecation'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await new Promise<void>((done, fail) => {
      child.once('message', () => done());
      child.once('exit', (code) => fail(new Error(`${packageName} could not be loaded: exit code ${code}`)));
    });
    return new Sdk(child, product);
  }

  /** A client with OAuth credentials. */
  withCredentials(
    { clientId, clientSecret }: Credentials = this.product.demo,
    options: { scope?: string[]; httpClient?: 'axios' } = {},
  ): SdkSessions & SdkCards {
    watchSecret(clientSecret);
    const scope = options.scope ?? ['sessions:app', 'sessions:browser'];
    return this.client({
      key: clientSecret,
      options: { ...options, client: clientId, scope, host: this.product.apiUrl },
      tokenUrl: this.product.demo.tokenUrl,
    });
  }

  /** A client in a page: it has a public key and nothing else. */
  withPublicKey(publicKey: string): SdkCards {
    return this.client({ key: '', options: { host: this.product.apiUrl, pk: publicKey } });
  }

  /** A client that holds nothing but the secret of one session. */
  withSecret(secret: string): SdkSessions {
    return this.client({ key: secret, options: { host: this.product.apiUrl } });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.disconnect();
    await ended;
  }

  private client(settings: Settings): SdkSessions & SdkCards {
    const client = ++this.clients;
    const callOn = async (resource: string, method: string, ...args: unknown[]): Promise<Body> => {
      args.forEach(watchRequest);
      const result = (await this.send({ client, settings, resource, method, args })) as Body;
      watchAnswer(result);
      return result;
    };
    const call = (method: keyof SdkSessions, ...args: unknown[]): Promise<Body> => callOn('sessions', method, ...args);
    return {
      requestToken: (body) => callOn('tokens', 'request', body),
      getInstrument: (id) => callOn('instruments', 'get', id),
      deleteInstrument: (id) => callOn('instruments', 'delete', id),
      request: (body) => call('request', body),
      get: (id, channel) => (channel === undefined ? call('get', id) : call('get', id, channel)),
      update: (id, body) => call('update', id, body),
      update3DSMethodCompletionIndicator: (id, completion) =>
        call('update3DSMethodCompletionIndicator', id, completion),
      complete: (id) => call('complete', id),
    };
  }

  private send(message: object): Promise<unknown> {
    const call = ++this.calls;
    return new Promise((done, fail) => {
      this.waiting.set(call, { done, fail });
      this.child.send({ call, ...message });
    });
  }

  private settle({ call, result, error }: Reply): void {
    const waiting = this.waiting.get(call);
    this.waiting.delete(call);
    if (error) waiting?.fail(new SdkFailure(error.name, error.http_code, error.body, error.message));
    else waiting?.done(result);
  }
}
