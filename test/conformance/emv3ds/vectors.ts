/** The message vectors of test/fixtures/emv3ds, and small ways to bend them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessage, ProtocolError, type MessageOf, type MessageType, type ParseOptions } from '@app/emv3ds';

export type Json = Record<string, unknown>;

const folder = join(__dirname, '../../fixtures/emv3ds');

export const vectorNames = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

/** A fresh copy of one vector, with members replaced; `undefined` removes a member. */
export function vector(name: string, changes: Json = {}): Json {
  const message = { ...(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Json), ...changes };
  return JSON.parse(JSON.stringify(message)) as Json;
}

/** Reads a message as its receiver would; options can be overridden. */
export function read<T extends MessageType>(
  expect: T,
  message: unknown,
  options: Partial<ParseOptions<T>> = {},
): MessageOf<T> {
  const receiver = expect === 'AReq' || expect === 'PReq' ? 'D' : expect === 'CReq' ? 'A' : 'S';
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return parseMessage(body, { expect: [expect], receiver, ...options });
}

/** The error that `act` throws, as `code component detail`; anything else fails the test. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError) return `${error.code} ${error.component} ${error.detail}`;
    throw error;
  }
  return 'accepted';
}
