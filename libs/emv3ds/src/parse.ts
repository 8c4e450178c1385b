/** From bytes to one checked message, in the check order of emv-3ds.md section 4.2. */
import { situationOf, type MessageContext } from './context';
import { checkFields, noFindings } from './fields/check';
import { fieldsOf } from './fields/table';
import type { MessageOf } from './messages';
import type { Component, MessageType } from './messages/common';
import { brokenRules } from './messages/rules';
import { isMessageType, readObject, refuseFindings, refuser, type Raw, type Refuse } from './refusal';
import { isVersionText, SUPPORTED_VERSIONS, type ProtocolVersion } from './versions';

/** How to read a message. */
export interface ParseOptions<T extends MessageType> {
  /** The types that may come; anything else is error 101. */
  expect: readonly T[];
  /** Who reads: becomes the component of the Erro. */
  receiver: Component;
  /** The versions spoken, out of `SUPPORTED_VERSIONS`, which is the default; anything else is error 102. */
  versions?: readonly ProtocolVersion[];
  /** Ids of the message extensions that the receiver understands. Default: none. */
  knownExtensions?: readonly string[];
  context?: MessageContext;
}

/** Bytes or characters; only a PRes is ever large (emv-3ds.md section 7). */
const MAX_LENGTH = 1024 * 1024;
const MAX_LENGTH_PRES = 256 * 1024 * 1024;

/**
 * Reads one message: text or UTF-8 bytes in, a checked message without unknown elements out. Throws `ProtocolError`
 * (and nothing else) with all names of the first failing class. A malformed Erro gives code 404, because an Erro is
 * never answered with an Erro.
 */
export function parseMessage<T extends MessageType>(body: string | Uint8Array, options: ParseOptions<T>): MessageOf<T> {
  const limit = options.expect.includes('PRes' as T) ? MAX_LENGTH_PRES : MAX_LENGTH;
  const { raw, duplicates } = readObject(body, limit, options.receiver);
  const refuse = refuser(options.receiver, raw);

  const type = expectedType(raw, options.expect, refuse);
  const version = type === 'Erro' ? ownVersions(options)[0] : spokenVersion(raw, ownVersions(options), refuse);
  if (version === undefined) return refuse('102', '');
  if (duplicates.length > 0) refuse('204', duplicates.join(','));
  const unknownExtensions = criticalExtensions(raw, options.knownExtensions ?? []);
  if (unknownExtensions.length > 0) refuse('202', unknownExtensions.join(','));

  const situation = situationOf(type, raw, options.context ?? {});
  const findings = noFindings();
  const message = checkFields(raw, fieldsOf(type, version), situation, findings);
  refuseFindings(findings, refuse);
  const broken = brokenRules(situation, message);
  if (broken.length > 0) refuse('203', broken.join(','));
  // Every field was held against the table that the types were written from.
  return message as unknown as MessageOf<T>;
}

function ownVersions({ versions }: ParseOptions<MessageType>): readonly ProtocolVersion[] {
  return versions === undefined
    ? SUPPORTED_VERSIONS
    : versions.filter((version) => SUPPORTED_VERSIONS.includes(version));
}

function expectedType<T extends MessageType>(raw: Raw, expect: readonly T[], refuse: Refuse): T {
  const type = expect.find((expected) => expected === raw['messageType']);
  if (type !== undefined) return type;
  return refuse('101', isMessageType(raw['messageType']) ? `messageType ${raw['messageType']}` : 'messageType');
}

/** The table to read by. A version that is missing or no version at all is left to the field checks. */
function spokenVersion(raw: Raw, versions: readonly ProtocolVersion[], refuse: Refuse): ProtocolVersion | undefined {
  const version = raw['messageVersion'];
  if (typeof version !== 'string' || !isVersionText(version)) return versions.at(-1);
  return versions.find((own) => own === version) ?? refuse('102', versions.join(','));
}

function criticalExtensions(raw: Raw, known: readonly string[]): string[] {
  const extensions: unknown = raw['messageExtension'];
  if (!Array.isArray(extensions)) return [];
  return extensions.flatMap((entry: unknown) => {
    const extension = typeof entry === 'object' && entry !== null ? (entry as Raw) : {};
    const id = extension['id'];
    const isUnknown = extension['criticalityIndicator'] === true && typeof id === 'string' && !known.includes(id);
    return isUnknown && id !== '' ? [id] : [];
  });
}
