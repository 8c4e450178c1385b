/** From a message to the text that travels. */
import type { Message } from './messages';

/** The JSON text of a message: `messageType` and `messageVersion` first, undefined members dropped. */
export function serializeMessage(message: Message): string {
  const { messageType, messageVersion, ...rest } = message;
  return JSON.stringify({ messageType, messageVersion, ...rest });
}
