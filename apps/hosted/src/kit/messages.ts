/** What the notification pages of this installation say to the page that opened or framed them. */

/** The 3DS Method is through; the challenge is over. */
export type MessageType = 'countersign:method-done' | 'countersign:challenge-returned';

interface Message {
  type?: unknown;
  transactionId?: unknown;
}

/**
 * Calls `told` for each message of `type` that the pages at `base` send, about `transactionId` where one is given; all
 * others are somebody else's. Returns a function that stops.
 */
export function onMessage(base: string, type: MessageType, told: () => void, transactionId?: string): () => void {
  const { origin } = new URL(base);
  const listen = ({ origin: from, data }: MessageEvent<Message | null>): void => {
    if (from !== origin || data?.type !== type) return;
    if (transactionId === undefined || data.transactionId === transactionId) told();
  };
  window.addEventListener('message', listen);
  return () => window.removeEventListener('message', listen);
}
