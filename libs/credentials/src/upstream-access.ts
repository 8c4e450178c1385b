import { NotAllowed } from '@app/kernel';
import { OutboundHttp } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { UpstreamCredential, UpstreamTokenEndpoint } from './domain/connector-account';
import { requestUpstreamToken, type UpstreamTokenFailure, type UpstreamTokenOutcome } from './upstream-token';

type Failed = Exclude<UpstreamTokenOutcome, { outcome: 'issued' }>;

const WORDS: Partial<Record<UpstreamTokenFailure, string>> = {
  unreachable: 'no connection to its host',
  timeout: 'it does not answer in time',
  cut: 'the connection broke before the answer was complete',
  too_large: 'the answer is too large',
  address_forbidden: 'the address leads where it must not: https and the public internet only',
  not_json: 'the answer is not JSON',
  token_missing: 'the answer holds no bearer token',
  lifetime_invalid: 'the answer does not say how long the token lives',
  rate_limited: 'it wants fewer requests; try again later',
  status_404: 'it answers 404: the address is not one of a token endpoint',
  status_406: 'it answers 406: the prefix of the address is not one of an account',
};
const NOT_REACHED: readonly UpstreamTokenFailure[] = ['unreachable', 'timeout', 'cut', 'address_forbidden'];

/** Tries credentials at the upstream that they are for, before anybody depends on them. */
@Injectable()
export class UpstreamAccess {
  constructor(private readonly http: OutboundHttp) {}

  /** Asks for a token, which is thrown away. */
  async try(
    endpoint: Pick<UpstreamTokenEndpoint, 'tokenUrl'>,
    credential: UpstreamCredential,
    scopes: readonly string[],
  ): Promise<UpstreamTokenOutcome> {
    return requestUpstreamToken(this.http, endpoint, credential, scopes);
  }

  /**
   * As `try`, for those who go on only with a good credential.
   * @throws NotAllowed naming what failed: the client, the scopes, the connection or the answer
   */
  async require(
    endpoint: Pick<UpstreamTokenEndpoint, 'tokenUrl'>,
    credential: UpstreamCredential,
    scopes: readonly string[],
  ): Promise<void> {
    const result = await this.try(endpoint, credential, scopes);
    if (result.outcome !== 'issued') throw failureOf(result);
  }
}

/** What an outcome says to people. */
export function wordsOf(result: Failed): string {
  if (result.outcome === 'refused') {
    return result.code === 'invalid_scope'
      ? 'it does not grant these scopes (invalid_scope)'
      : `it refuses client id and secret (${result.code})`;
  }
  return WORDS[result.cause] ?? `it answers ${result.cause.replace('status_', '')}`;
}

function failureOf(result: Failed): NotAllowed {
  const message = `The token endpoint was asked, nothing was saved: ${wordsOf(result)}`;
  if (result.outcome === 'refused') {
    return result.code === 'invalid_scope'
      ? new NotAllowed('upstream_scope_refused', message)
      : new NotAllowed('upstream_client_refused', message);
  }
  return NOT_REACHED.includes(result.cause)
    ? new NotAllowed('upstream_unreachable', message)
    : new NotAllowed('upstream_answer_invalid', message);
}
