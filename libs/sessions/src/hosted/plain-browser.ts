import type { DeviceData } from '@app/authentication-port';
import type { RequestData } from './hosted-requests';

/** As the protocol has it (BCP 47, emv-3ds.md section 2.2). */
const LANGUAGE = /^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/;

/**
 * A browser in which no script runs: what its request tells, and nothing else. `acceptLanguage` is its header; the first language
 * in it counts.
 */
export function plainBrowser(request: RequestData, acceptLanguage: string | undefined): DeviceData {
  const wanted = acceptLanguage?.split(/[,;]/, 1)[0]?.trim() ?? '';
  const language = LANGUAGE.test(wanted) ? wanted : 'en';
  return { channel: 'browser', browser: { ...request, language, javascriptEnabled: false } };
}
