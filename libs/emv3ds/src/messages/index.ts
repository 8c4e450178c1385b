/** All messages by their type. */
import type { AReq } from './areq';
import type { ARes } from './ares';
import type { MessageType } from './common';
import type { CReq } from './creq';
import type { CRes } from './cres';
import type { Erro } from './erro';
import type { PReq } from './preq';
import type { PRes } from './pres';
import type { RReq } from './rreq';
import type { RRes } from './rres';

interface MessageByType {
  AReq: AReq;
  ARes: ARes;
  CReq: CReq;
  CRes: CRes;
  RReq: RReq;
  RRes: RRes;
  PReq: PReq;
  PRes: PRes;
  Erro: Erro;
}

/** The message with the type `T`; a union of types gives a union of messages. */
export type MessageOf<T extends MessageType> = MessageByType[T];

/** Any message. */
export type Message = MessageOf<MessageType>;
