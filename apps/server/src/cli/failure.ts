import { CountersignError } from '@app/kernel';
import { InvalidSettings, type SettingName } from '@app/credentials';
import { ConfigError } from '@app/platform';
import { CommanderError } from 'commander';
import { AuditBroken } from './commands/audit';
import { ValuesUnreadable } from './commands/kek';

/** Why a command failed: a stable code for scripts, a sentence for people. */
export interface Failure {
  code: string;
  message: string;
}

/** Where the option's name is not the setting's. */
const OPTION_NAMES: Partial<Record<SettingName, string>> = {
  countryCode: 'country',
  tokenTtlSeconds: 'token-ttl',
  allowedOrigins: 'origin',
  apiBaseUrl: 'api-url',
  upstreamScopes: 'scope',
  upstreamProcessingChannelId: 'upstream-channel',
  clientSecret: 'client-secret-file',
  webhookKey: 'webhook-key-file',
};
const UNDEFINED_TABLE = '42P01';
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', '28P01', '3D000', '57P03'];

/** Puts anything that was thrown into words that name what the caller can change; never a value, never a stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.help') return { code: 'usage_invalid', message: 'Name a command; --help lists them' };
    return { code: 'usage_invalid', message: error.message.replace(/^error: /, '') };
  }
  if (error instanceof InvalidSettings) {
    const named = error.problems.map(({ setting, says }) => `${optionOf(setting)} ${says}`);
    return { code: error.codes[0] ?? 'settings_invalid', message: named.join('; ') };
  }
  if (error instanceof CountersignError) return { code: error.codes[0] ?? error.kind, message: error.message };
  if (error instanceof ConfigError) return { code: 'configuration_invalid', message: error.message };
  if (error instanceof ValuesUnreadable) return { code: 'values_unreadable', message: error.message };
  if (error instanceof AuditBroken) return { code: 'audit_broken', message: error.message };
  const code = causeCode(error);
  if (code === UNDEFINED_TABLE) {
    return {
      code: 'database_not_migrated',
      message: 'The database lacks tables: run "migrate up" or start the server',
    };
  }
  if (code !== null && UNREACHABLE.includes(code)) {
    return { code: 'database_unreachable', message: `The database does not answer (${code})` };
  }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

function optionOf(setting: SettingName): string {
  return `--${OPTION_NAMES[setting] ?? setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The code of a driver's error; several addresses tried give an error of errors. */
function causeCode(error: unknown): string | null {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  return Array.isArray(errors) && errors.length > 0 ? causeCode(errors[0]) : null;
}
