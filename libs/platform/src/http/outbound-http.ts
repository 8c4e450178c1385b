import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, request as undiciRequest, type Dispatcher } from 'undici';
import { ForbiddenAddress, MerchantAddresses } from './merchant-addresses';

export interface OutboundRequest {
  method: 'GET' | 'POST';
  url: string;
  /** Whose choice the address is. A merchant's leads only where `MerchantAddresses` lets it; the default. */
  chosenBy?: 'merchant' | 'operator';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** From the start of the call to the last byte of the answer. */
  timeoutMs: number;
  /** Longest answer taken; default 1 MiB. */
  maxBytes?: number;
}

export interface OutboundResponse {
  status: number;
  /** Lower-case names; repeated ones joined by a comma. */
  headers: Record<string, string>;
  body: Buffer;
  latencyMs: number;
}

export type OutboundFailureReason = 'refused' | 'timeout' | 'cut' | 'too_large' | 'invalid_url' | 'forbidden_address';

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

/** Errors that happen before a connection stands. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'UND_ERR_INVALID_ARG',
]);

const CONNECT = { timeout: 2_500 };

/** The one way out over HTTP: pooled connections, a deadline over the whole call, bounded answers, no redirects. */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly agents: Record<'merchant' | 'operator', Agent>;

  constructor(private readonly merchantAddresses: MerchantAddresses) {
    this.agents = {
      merchant: agentOver(merchantAddresses.connector(CONNECT)),
      operator: agentOver(buildConnector(CONNECT)),
    };
  }

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
        dispatcher: this.agents[chosenBy],
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

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.agents).map((agent) => agent.destroy()));
  }
}

function agentOver(connect: buildConnector.connector): Agent {
  return new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 10_000, connect });
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
  if (code === 'ERR_INVALID_URL' || code === 'UND_ERR_INVALID_ARG') {
    return new OutboundFailure('invalid_url', false, { cause: error });
  }
  if (NOT_SENT.has(code)) return new OutboundFailure('refused', false, { cause: error });
  if (aborted || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new OutboundFailure('timeout', true, { cause: error });
  }
  return new OutboundFailure('cut', true, { cause: error });
}
