import { decodeId, NotFound, type IdKind } from '@app/kernel';
import { assertNone, readBody, type Edit } from '@app/platform';
import { EditDto, ReasonDto } from './admin.dto';

/** What is not there is called by these names. */
const NAMES = {
  merchant: 'merchant',
  channel: 'channel',
  accessKey: 'access_key',
  connectorAccount: 'connector_account',
} as const satisfies Partial<Record<IdKind, string>>;

/** The UUID behind a wire id in an address. @throws NotFound: what is no id is no thing's */
export function idIn(text: string, kind: keyof typeof NAMES): string {
  const id = decodeId(kind, text);
  if (id === null) throw new NotFound(NAMES[kind]);
  return id;
}

/** The UUID behind a wire id in a body. @throws InvalidRequest naming the field */
export function idOf(text: string, kind: keyof typeof NAMES): string {
  const id = decodeId(kind, text);
  if (id === null) assertNone([`${NAMES[kind]}_id_invalid`]);
  return id ?? '';
}

/** Why it is done, in the operator's words; a body is not needed for it. */
export const reasonIn = (body: unknown): string | null => readBody(ReasonDto, body ?? {}).reason ?? null;

/** Why something is changed, and which version of it. */
export const editOf = ({ reason, version }: EditDto): Edit => ({ reason: reason ?? null, version: version ?? null });

/** The same of a body that holds nothing else, and is not needed for it. */
export const editIn = (body: unknown): Edit => editOf(readBody(EditDto, body ?? {}));

/** ISO 8601 with a zone: without one nobody knows which instant is meant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

/** When an upstream ends a credential; null where nobody knows. @throws InvalidRequest `expires_at_invalid` */
export function expiryIn({ expires_at: text }: { readonly expires_at?: string }): Date | null {
  if (text === undefined) return null;
  const at = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(at.getTime())) assertNone(['expires_at_invalid']);
  return at;
}
