/** Request bodies arrive as bytes; each face of the simulator reads them in its own way, and this is how. */
import { CountersignError } from '@app/kernel';

/** A JSON object, or an error that the caller can understand (400). An empty body is an empty object. */
export function readJsonObject(body: Buffer | undefined): Record<string, unknown> {
  if (!body || body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new CountersignError('malformed', ['body_malformed'], 'The body is not JSON', { cause });
  }
  if (!isRecord(value)) throw new CountersignError('malformed', ['body_malformed'], 'The body is not a JSON object');
  return value;
}

/** The fields of a form post; a field that is missing reads as an empty text. */
export function readForm(body: Buffer | undefined): (name: string) => string {
  const fields = new URLSearchParams(body?.toString('utf8') ?? '');
  return (name) => fields.get(name) ?? '';
}

/** Tells whether a value is an object with members, not an array and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
