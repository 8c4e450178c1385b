import type { FastifyReply, FastifyRequest } from 'fastify';
import { CODINGS, type BuiltFile, type Coding } from './built-files';

/** For a name that never gets another content. */
export const FOR_EVER = 'public, max-age=31536000, immutable';

/** Sends a file in the best coding that the client takes, or tells it that it has it. `headers` go with either. */
export function sendBuilt(
  request: FastifyRequest,
  reply: FastifyReply,
  file: BuiltFile,
  headers: Readonly<Record<string, string>>,
): void {
  const coding = codingFor(request);
  void reply.headers({
    ...headers,
    etag: `"${file.etag}-${coding}"`,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  });
  if (isKnown(request, file)) void reply.status(304).send();
  else {
    if (coding !== 'identity') void reply.header('content-encoding', coding);
    void reply.type(file.type).send(file.content[coding]);
  }
}

/** The best coding that the client names. One that it names with weight zero is not taken. */
function codingFor({ headers }: FastifyRequest): Coding {
  const accepted = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(\.0*)?$/.test(one))
    .map((one) => one.replace(/\s*;.*$/, ''));
  return CODINGS.find((coding) => accepted.includes(coding)) ?? 'identity';
}

function isKnown({ headers }: FastifyRequest, { etag }: BuiltFile): boolean {
  return CODINGS.some((coding) => (headers['if-none-match'] ?? '').includes(`"${etag}-${coding}"`));
}
