/** What a message does not say about itself and its checks need to know. */
import type { AReq } from './messages/areq';
import type { MessageType } from './messages/common';

/** What the receiver knows and the message does not say. */
export interface MessageContext {
  /**
   * The request that this transaction began with. It decides which outcomes of an ARes are legal and what is required;
   * without it a payment in the browser channel is taken for granted and the request's wishes are not held against it.
   */
  areq?: Pick<AReq, 'deviceChannel' | 'messageCategory' | 'threeDSRequestorChallengeInd' | 'threeDSRequestorDecReqInd'>;
  /** Which leg an AReq travels on: the directory server's additions are required on the second. Default `3DSS-DS`. */
  leg?: '3DSS-DS' | 'DS-ACS';
  /** Whether an RReq ends a decoupled authentication, which has no interaction counter. Default false. */
  decoupled?: boolean;
}

/** A message under check: its type, its raw members, and the row of the field tables that applies to it. */
export interface Situation {
  readonly type: MessageType;
  readonly message: Readonly<Record<string, unknown>>;
  /** 01 APP, 02 BRW, 03 3RI. */
  readonly channel: string;
  /** 01 payment, 02 non-payment. */
  readonly category: '01' | '02';
  readonly context: MessageContext;
}

const CHANNELS = new Set(['01', '02', '03']);

/**
 * Finds channel and category of a message. Values of a directory server's own (80 to 99) have no row in the tables: the
 * channel is then read as browser, the category as non-payment, which asks for less.
 */
export function situationOf(
  type: MessageType,
  message: Readonly<Record<string, unknown>>,
  context: MessageContext,
): Situation {
  const channel = type === 'AReq' ? message['deviceChannel'] : context.areq?.deviceChannel;
  const category =
    type === 'AReq' || type === 'RReq' ? message['messageCategory'] : (context.areq?.messageCategory ?? unsaid(type));
  return {
    type,
    message,
    channel: typeof channel === 'string' && CHANNELS.has(channel) ? channel : '02',
    category: category === '01' ? '01' : '02',
    context,
  };
}

/** A CRes without its request is read as non-payment: it is never a result, so nothing is asked of it. */
function unsaid(type: MessageType): '01' | '02' {
  return type === 'CRes' ? '02' : '01';
}
