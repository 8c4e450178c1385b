import { forwardedFor, malformedBody, type ClientAddresses } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import type { RequestData } from './hosted-requests';

/** As the protocol bounds them. */
const MAX_HEADER = 2_048;

/**
 * What a request tells of its browser (emv-3ds.md section 5.6). Headers that are missing are what their absence means.
 * @throws malformed when nobody knows where it came from: the browser is gone already
 */
export function requestData({ headers, socket }: FastifyRequest, clients: ClientAddresses): RequestData {
  const ipAddress = clients.addressOf(socket.remoteAddress, forwardedFor(headers));
  if (ipAddress === null) throw malformedBody();
  return {
    acceptHeader: visible(headers.accept) ?? '*/*',
    userAgent: visible(headers['user-agent']) ?? 'unknown',
    ipAddress,
  };
}

/** A header that says something, cut to what the protocol carries. */
function visible(header: string | undefined): string | undefined {
  return header?.trim().slice(0, MAX_HEADER) || undefined;
}
