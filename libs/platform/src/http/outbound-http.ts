import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, request as undiciRequest, type Dispatcher } from 'undici';
import { ForbiddenAddress, MerchantAddresses } from './merchant-addresses';
import { PeerCertificates, type SeenCertificate } from './peer-certificates';

export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  /** Whose choice the address is. A merchant's leads only where `MerchantAddresses` lets it; the default. */
  chosenBy?: 'merchant' | 'operator';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** From the start of the call to the last byte of the answer. */
  timeoutMs: number;
  /** Longest answer taken; default 1 MiB. */
  maxBytes?: number;
  /** Takes no connection that was used before: for a second try after a kept one broke. Default false. */
  fresh?: boolean;
  /** How long a connection may take to stand; default 2.5 s. */
  connect?: 'usual' | 'quick';
}

export interface OutboundResponse {
  status: number;
  /** Lower-case names; repeated ones joined by a comma. */
  headers: Record<string, string>;
  body: Buffer;
  latencyMs: number;
}

export type OutboundFailureReason =
  'refused' | 'unresolvable' | 'timeout' | 'cut' | 'too_large' | 'invalid_url' | 'forbidden_address';

/** A call that brought no answer. `requestSent` is false only when nothing can have reached the other side. */
export class OutboundFailure extends Error {
  constructor(
    readonly reason: OutboundFailureReason,
    readonly requestSent: boolean,
    options: { cause?: unknown } = {},
  ) {
    super(`Outbound call failed: ${reason}`, options);
    this.name = 'OutboundFailure';
  }
}

/** Errors that happen before a connection stands, and what each is to whoever mends it. */
const NOT_SENT: ReadonlyMap<string, OutboundFailureReason> = new Map<string, OutboundFailureReason>([
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'refused'],
  ['ENETUNREACH', 'refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'refused'],
  ['ENOTFOUND', 'unresolvable'],
  ['EAI_AGAIN', 'unresolvable'],
  // What a name server says, or does not.
  ['ENODATA', 'unresolvable'],
  ['ESERVFAIL', 'unresolvable'],
  ['EREFUSED', 'unresolvable'],
  ['ETIMEOUT', 'unresolvable'],
  ['EBADNAME', 'unresolvable'],
  ['EBADRESP', 'unresolvable'],
  ['EFORMERR', 'unresolvable'],
  ['ERR_INVALID_URL', 'invalid_url'],
  ['UND_ERR_INVALID_ARG', 'invalid_url'],
]);

/** Milliseconds. */
const CONNECT_TIMEOUT = { usual: 2_500, quick: 1_500 } as const;

type Owner = 'merchant' | 'operator';

/** The one way out over HTTP: pooled connections, a deadline over the whole call, bounded answers, no redirects. */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly agents = new Map<string, Agent>();
  private readonly certificates = new PeerCertificates();

  constructor(private readonly merchantAddresses: MerchantAddresses) {}

  /** @throws OutboundFailure when there is no complete answer in time; statuses of all kinds are answers. */
  async request(options: OutboundRequest): Promise<OutboundResponse> {
    const startedAt = performance.now();
    const chosenBy = options.chosenBy ?? 'merchant';
    if (chosenBy === 'merchant' && isHttp(options.url) && !this.merchantAddresses.allows(options.url)) {
      throw new OutboundFailure('forbidden_address', false);
    }
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), options.timeoutMs);
    try {
      const response = await undiciRequest(options.url, {
        method: options.method,
        headers: options.headers ?? {},
        body: options.body ?? null,
        dispatcher: this.agentFor(chosenBy, options.connect ?? 'usual', options.fresh ?? false),
        signal: abort.signal,
        headersTimeout: options.timeoutMs,
        bodyTimeout: options.timeoutMs,
      });
      const body = await readBounded(response.body, options.maxBytes ?? 1024 * 1024);
      return {
        status: response.statusCode,
        headers: flatten(response.headers),
        body,
        latencyMs: performance.now() - startedAt,
      };
    } catch (error) {
      throw toFailure(error, abort.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What a server that an operator chose showed at the last connection of this process; null where that is not known. */
  certificateOf(url: string): SeenCertificate | null {
    return this.certificates.of(url);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.destroy()));
  }

  private agentFor(chosenBy: Owner, connect: keyof typeof CONNECT_TIMEOUT, fresh: boolean): Agent {
    const name = `${chosenBy} ${connect} ${fresh}`;
    const known = this.agents.get(name);
    if (known) return known;
    const options = { timeout: CONNECT_TIMEOUT[connect] };
    const agent = new Agent({
      connections: 64,
      // 0: each request has a connection of its own, which closes after it.
      pipelining: fresh ? 0 : 1,
      keepAliveTimeout: 10_000,
      connect:
        chosenBy === 'merchant'
          ? this.merchantAddresses.connector(options)
          : this.certificates.watching(buildConnector(options)),
    });
    this.agents.set(name, agent);
    return agent;
  }
}

/** What is no http address at all fails as such, whoever chose it. */
function isHttp(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}

async function readBounded(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      body.destroy();
      throw new OutboundFailure('too_large', true);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function toFailure(error: unknown, aborted: boolean): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  if (error instanceof ForbiddenAddress) return new OutboundFailure('forbidden_address', false, { cause: error });
  const code = (error as { code?: string } | null)?.code ?? '';
  const early = NOT_SENT.get(code);
  if (early !== undefined) return new OutboundFailure(early, false, { cause: error });
  if (aborted || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new OutboundFailure('timeout', true, { cause: error });
  }
  return new OutboundFailure('cut', true, { cause: error });
}
