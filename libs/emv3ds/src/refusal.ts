/** Opens a received text, and says no to it with all that an Erro needs to know (emv-3ds.md section 4.2). */
import { isUtf8 } from 'node:buffer';
import { ProtocolError, type TransactionIds } from './emv3ds.errors';
import type { Findings } from './fields/check';
import { JsonSyntaxError, readJson, type JsonDocument } from './json';
import { MESSAGE_TYPES, type Component, type MessageType } from './messages/common';
import { isVersionText } from './versions';

/** A message as it came: any members, any types. */
export type Raw = Readonly<Record<string, unknown>>;

/** Throws `ProtocolError`, with the ids, type and version that the message gave away. */
export type Refuse = (code: string, detail: string) => never;

const ID_NAMES = ['threeDSServerTransID', 'acsTransID', 'dsTransID', 'sdkTransID'] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a JSON object and lists its duplicate members; anything else is error 101. `limit` is in bytes or characters. */
export function readObject(
  body: string | Uint8Array,
  limit: number,
  receiver: Component,
): { raw: Raw; duplicates: readonly string[] } {
  const refuse = refuser(receiver, {});
  if (body.length > limit) refuse('101', 'Message is too long');
  const { value, duplicates } = readText(body, refuse);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('101', 'Message is not a JSON object');
  }
  return { raw: value as Raw, duplicates };
}

function readText(body: string | Uint8Array, refuse: Refuse): JsonDocument {
  if (typeof body !== 'string' && !isUtf8(body)) return refuse('101', 'Message is not UTF-8');
  try {
    return readJson(typeof body === 'string' ? body : new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return refuse('101', `Message is not valid JSON: ${error.reason}`);
    throw error;
  }
}

/** Refuses for the first class of findings that is not empty: missing, malformed, ISO codes. */
export function refuseFindings(findings: Findings, refuse: Refuse): void {
  if (findings.missing.size > 0) refuse('201', [...findings.missing].join(','));
  if (findings.malformed.size > 0) refuse('203', [...findings.malformed].join(','));
  if (findings.badIsoCodes.size > 0) refuse('304', [...findings.badIsoCodes].join(','));
}

/** Makes the `Refuse` of one message: `component` is who detected the fault. */
export function refuser(component: Component, raw: Raw): Refuse {
  return (code, detail) => {
    const type = raw['messageType'];
    const version = raw['messageVersion'];
    throw new ProtocolError({
      // A malformed Erro counts as a permanent failure of the peer (section 4.2).
      code: type === 'Erro' && code !== '101' ? '404' : code,
      component,
      detail,
      ...(isMessageType(type) ? { messageType: type } : {}),
      ...(typeof version === 'string' && isVersionText(version) ? { messageVersion: version } : {}),
      ids: idsOf(raw),
    });
  };
}

/** Tells whether `type` is a type of message that the specification has. */
export function isMessageType(type: unknown): type is MessageType {
  return MESSAGE_TYPES.some((known) => known === type);
}

function idsOf(raw: Raw): TransactionIds {
  const known = ID_NAMES.map((name) => [name, raw[name]] as const).filter(
    ([, id]) => typeof id === 'string' && UUID.test(id),
  );
  return Object.fromEntries(known);
}
