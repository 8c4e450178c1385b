import { decodeId, NotFound } from '@app/kernel';

/** The UUID behind a wire id. @throws NotFound for what is none */
export function sessionIdOf(text: string): string {
  const id = decodeId('session', text);
  if (id === null) throw new NotFound('session');
  return id;
}
