import { replaceCardNumbers } from '@app/kernel';

const SECRET_NAME = /password|secret|totp|recovery_code|cryptogram|authentication_value|card_number|csrf/i;
const MASK = '[masked]';

/**
 * A copy of what an audit entry says that holds nothing secret, should somebody have put it there: members by their names,
 * and in texts whatever may be a card number. Names that end in `_at` or `_id` tell facts about secrets, not them.
 */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return replaceCardNumbers(value, () => MASK);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecret(name) && typeof member === 'string' ? MASK : masked(member),
    ]),
  );
}

const isSecret = (name: string): boolean => SECRET_NAME.test(name) && !/(_at|_id)$/.test(name);
