import { CountersignError, FixedClock, type ErrorKind } from '@app/kernel';
import {
  createLogger,
  Metrics,
  PublicAddress,
  type AppConfig,
  type DomainEvent,
  type ErrorAnswer,
} from '@app/platform';
import { HostedAlerts } from './hosted-alerts';
import { HostedNotices } from './hosted-notices';
import { OpenedElsewhere } from './opened-elsewhere';

const address = new PublicAddress({ http: { publicUrl: 'https://3ds.example' } as AppConfig['http'] });
let told: DomainEvent[] = [];
const publish = async (event: DomainEvent): Promise<void> => void told.push(event);
const alerts = (): HostedAlerts =>
  new HostedAlerts({ publish }, new FixedClock(new Date()), createLogger('silent'), new Metrics());
const noticesAt = (publicAddress: PublicAddress): HostedNotices =>
  new HostedNotices({ script: '/page.js', styles: 'body{margin:0}' }, publicAddress, alerts(), { demo: false });
const notices = noticesAt(address);
const error = (kind: ErrorKind): CountersignError => new CountersignError(kind, ['some_code'], '');

const answer = (path: string, kind: ErrorKind, headers: Record<string, string> = {}): ErrorAnswer | null =>
  notices.answerTo(error(kind), { id: 'req_1', method: 'GET', path, headers });
const textOf = (found: ErrorAnswer | null): string => (found && 'text' in found ? found.text : '');

describe('an error below a link', () => {
  it.each<[ErrorKind, number, string]>([
    ['not_found', 404, 'not_found'],
    ['gone', 410, 'expired'],
    ['too_many', 429, 'busy'],
    ['unavailable', 503, 'busy'],
    ['too_slow', 408, 'busy'],
    ['not_allowed', 403, 'error'],
    ['too_large', 413, 'error'],
    ['internal', 500, 'error'],
  ])('%s is told to people as %d, %s', (kind, status, name) => {
    for (const path of ['/hosted/abc', '/hosted/abc/continue', '/hosted/abc/leave']) {
      const found = answer(path, kind);

      expect(found?.status).toBe(status);
      expect(textOf(found)).toContain(`data-notice="${name}"`);
      expect(found?.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(found?.headers?.['content-security-policy']).toMatch(/^default-src 'none'; form-action 'none'/);
    }
  });

  it('speaks the language of who asked, and says where to try again', () => {
    expect(textOf(answer('/hosted/abc/leave', 'unavailable', { 'accept-language': 'de' }))).toMatch(
      /lang="de"[\s\S]*href="\/hosted\/abc"/,
    );
    expect(textOf(answer('/hosted/abc', 'not_found'))).not.toContain('href="/hosted');
  });

  it('says it with the path that browsers see in front of it', () => {
    const below = new PublicAddress({ http: { publicUrl: 'https://pay.example/3ds' } as AppConfig['http'] });
    const found = noticesAt(below).answerTo(error('unavailable'), {
      id: 'req_1',
      method: 'GET',
      path: '/hosted/abc',
      headers: {},
    });

    expect(textOf(found)).toContain('href="/3ds/hosted/abc"');
  });

  it('is the usual one for the page’s script', () => {
    expect(answer('/hosted/abc/device', 'too_many')).toMatchObject({
      status: 429,
      body: { request_id: 'req_1', error_type: 'too_many_requests', error_codes: ['some_code'] },
      headers: { 'cache-control': 'no-store' },
    });
  });

  it('carries the state where another view has the session', () => {
    const state = { step: 'elsewhere', version: 3, return_url: 'https://shop.example/no', cancel: 'leaves' } as const;
    const asked = { id: 'req_1', method: 'POST', path: '/hosted/abc/device', headers: {} };

    expect(notices.answerTo(new OpenedElsewhere(state), asked)).toMatchObject({
      status: 409,
      body: { request_id: 'req_1', error_type: 'conflict', error_codes: ['opened_elsewhere'], state },
    });
  });

  it.each(['/sessions/abc', '/hosted', '/hosted/assets/page.js', '/hosted/assets', '/hosted/logos/x', '/hosted/a/b/c'])(
    'is somebody else’s to tell at %s',
    (path) => {
      expect(answer(path, 'not_found')).toBeNull();
    },
  );
});

describe('operators', () => {
  it.each<[ErrorKind, string[]]>([
    ['not_found', ['hosted.link_unknown']],
    ['too_large', ['hosted.body_too_large']],
    ['gone', []],
    ['too_many', []],
  ])('hear of %s, once', (kind, expected) => {
    told = [];
    const fresh = noticesAt(address);
    for (const path of ['/hosted/abc', '/hosted/abc/view', '/hosted/abd/leave', '/hosted/assets/x.js', '/sessions']) {
      fresh.answerTo(error(kind), { id: 'req_1', method: 'POST', path, headers: {} });
    }

    expect(told.map(({ type }) => type)).toEqual(expected);
    expect(JSON.stringify(told)).not.toContain('abc');
  });
});
