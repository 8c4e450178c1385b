/** PRes, the card ranges of a directory server (emv-3ds.md section 2.9). */
import type { Envelope, MessageExtension } from './common';

/** One range of card numbers, both ends inclusive and of the same length. Without `actionInd` it is an addition. */
export interface CardRangeRecord {
  startRange: string;
  endRange: string;
  actionInd?: 'A' | 'M' | 'D';
  acsStartProtocolVersion: string;
  acsEndProtocolVersion: string;
  dsStartProtocolVersion?: string;
  dsEndProtocolVersion?: string;
  threeDSMethodURL?: string;
  acsInfoInd?: string[];
}

/** The preparation response. Without `cardRangeData` nothing changed. */
export interface PRes extends Envelope<'PRes'> {
  threeDSServerTransID: string;
  dsTransID: string;
  dsStartProtocolVersion: string;
  dsEndProtocolVersion: string;
  serialNum?: string;
  cardRangeData?: CardRangeRecord[];
  messageExtension?: MessageExtension[];
}
