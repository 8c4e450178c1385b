/** From bytes to one checked message, in the check order of emv-3ds.md section 4.2. */
import type { MessageOf } from './messages';
import type { AReq } from './messages/areq';
import type { Component, MessageType } from './messages/common';
import type { ProtocolVersion } from './versions';

/** What the receiver knows and the message does not say. */
export interface MessageContext {
  /** The request that an ARes answers: decides which outcomes are legal and what is required. */
  areq?: Pick<AReq, 'deviceChannel' | 'messageCategory' | 'threeDSRequestorChallengeInd' | 'threeDSRequestorDecReqInd'>;
  /** Which leg an AReq travels on: the directory server's additions are required on the second. Default `3DSS-DS`. */
  leg?: '3DSS-DS' | 'DS-ACS';
  /** Whether an RReq ends a decoupled authentication, which has no interaction counter. Default false. */
  decoupled?: boolean;
}

/** How to read a message. */
export interface ParseOptions<T extends MessageType> {
  /** The types that may come; anything else is error 101. */
  expect: readonly T[];
  /** Who reads: becomes the component of the Erro. */
  receiver: Component;
  /** The versions spoken; anything else is error 102. Default: `SUPPORTED_VERSIONS`. */
  versions?: readonly ProtocolVersion[];
  /** Ids of the message extensions that the receiver understands. Default: none. */
  knownExtensions?: readonly string[];
  context?: MessageContext;
}

/**
 * Reads one message: text or UTF-8 bytes in, a checked message without unknown elements out. Throws `ProtocolError`
 * (and nothing else) with all names of the first failing class. A malformed Erro gives code 404, because an Erro is
 * never answered with an Erro.
 */
export function parseMessage<T extends MessageType>(
  _body: string | Uint8Array,
  _options: ParseOptions<T>,
): MessageOf<T> {
  throw new Error('parseMessage is not written yet');
}
