/** The base64url forms in which messages and Method data travel through browsers (emv-3ds.md sections 5.4 and 5.5). */
import { situationOf } from './context';
import { ProtocolError } from './emv3ds.errors';
import { checkFields, noFindings } from './fields/check';
import { objectFieldsOf } from './fields/table';
import type { MessageOf } from './messages';
import type { CReq } from './messages/creq';
import type { CRes } from './messages/cres';
import type { Component, MessageType } from './messages/common';
import type { Erro } from './messages/erro';
import { parseMessage, type ParseOptions } from './parse';
import { readObject, refuseFindings, refuser } from './refusal';
import { serializeMessage } from './serialize';

/** The content of the form field `threeDSMethodData`; the ACS answers with the transaction id alone. */
export interface ThreeDSMethodData {
  threeDSServerTransID: string;
  threeDSMethodNotificationURL?: string;
}

const METHOD_DATA_FIELDS = objectFieldsOf('ThreeDSMethodData', '2.2.0');
const MAX_METHOD_DATA = 4096;

/** The form field `creq`, `cres` or `erro`: base64url of the JSON text, unpadded. */
export function encodeMessage(message: CReq | CRes | Erro): string {
  return Buffer.from(serializeMessage(message), 'utf8').toString('base64url');
}

/**
 * Reads a message from a form field: base64url or base64, with or without padding and white space. Throws
 * `ProtocolError` as `parseMessage` does, with code 101 where the text is not an encoding at all.
 */
export function decodeMessage<T extends MessageType>(text: string, options: ParseOptions<T>): MessageOf<T> {
  return parseMessage(decodeBytes(text, options.receiver), options);
}

/** The form field `threeDSMethodData`: base64url of the JSON text, unpadded. */
export function encodeThreeDSMethodData(data: ThreeDSMethodData): string {
  return Buffer.from(JSON.stringify(data), 'utf8').toString('base64url');
}

/**
 * Reads `threeDSMethodData`. Throws `ProtocolError`: 101 when it is not an encoding of a JSON object, 201 or 203 with the
 * names of elements that are missing or malformed.
 */
export function decodeThreeDSMethodData(text: string, receiver: Component): ThreeDSMethodData {
  const { raw } = readObject(decodeBytes(text, receiver), MAX_METHOD_DATA, receiver);
  const findings = noFindings();
  const data = checkFields(raw, METHOD_DATA_FIELDS, situationOf('AReq', raw, {}), findings);
  refuseFindings(findings, refuser(receiver, raw));
  // Both fields were held against the table that the type was written from.
  return data as unknown as ThreeDSMethodData;
}

const ENCODED = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Node's decoder reads both alphabets, padded or not; what is left to refuse is text in neither. */
function decodeBytes(text: string, receiver: Component): Uint8Array {
  const compact = text.replace(/\s+/g, '');
  if (!ENCODED.test(compact)) {
    throw new ProtocolError({ code: '101', component: receiver, detail: 'Message is not base64url' });
  }
  return Buffer.from(compact, 'base64');
}
