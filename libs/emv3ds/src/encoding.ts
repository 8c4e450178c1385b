/** The base64url forms in which messages and Method data travel through browsers (emv-3ds.md sections 5.4 and 5.5). */
import { ProtocolError } from './emv3ds.errors';
import type { MessageOf } from './messages';
import type { CReq } from './messages/creq';
import type { CRes } from './messages/cres';
import type { Component, MessageType } from './messages/common';
import type { Erro } from './messages/erro';
import { parseMessage, type ParseOptions } from './parse';
import { serializeMessage } from './serialize';

/** The content of the form field `threeDSMethodData`; the ACS answers with the transaction id alone. */
export interface ThreeDSMethodData {
  threeDSServerTransID: string;
  threeDSMethodNotificationURL?: string;
}

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

/** Reads `threeDSMethodData`. Throws `ProtocolError` when it is not an encoding or an element is missing or malformed. */
export function decodeThreeDSMethodData(_text: string, _receiver: Component): ThreeDSMethodData {
  throw new Error('decodeThreeDSMethodData is not written yet');
}

const ENCODED = /^[A-Za-z0-9+/_-]+={0,2}$/;

function decodeBytes(text: string, receiver: Component): Uint8Array {
  const compact = text.replace(/\s+/g, '');
  if (!ENCODED.test(compact)) {
    throw new ProtocolError({ code: '101', component: receiver, detail: 'Message is not base64url' });
  }
  return Buffer.from(compact, 'base64');
}
