import type { TransStatus } from '@app/authentication-port';
import { FixedClock, Secret } from '@app/kernel';
import { createLogger, CryptoBox, Metrics, PublicAddress, type AppConfig, type DomainEvent } from '@app/platform';
import type { Session } from '../domain/session';
import { AT, aChallengedSession, SESSION_ID } from '../testing/sessions';
import { HostedAlerts } from './hosted-alerts';
import type { HostedLinks } from './hosted-links.service';
import { HostedReturns } from './hosted-returns';
import { ReturnTickets } from './return-ticket';

const OTHER_ID = '01987f7d-2a5c-7b1e-9c3d-0f1e2d3c4b5b';
const KEK = { id: '00000001-0000-8000-8000-000000000000', key: new Secret(Buffer.alloc(32, 1)) };

const tickets = new ReturnTickets(new CryptoBox({ keks: [KEK] }));
const hosted: Session = { ...aChallengedSession(), flow: 'hosted' };
let told: DomainEvent[];
let noted: string[];
let returns: HostedReturns;

beforeEach(() => {
  [told, noted] = [[], []];
  const publish = async (event: DomainEvent): Promise<void> => void told.push(event);
  const alerts = new HostedAlerts({ publish }, new FixedClock(AT), createLogger('silent'), new Metrics());
  const links = {
    tokenOf: async () => new Secret('token'),
    noteReturn: async ({ id }: Session) => void noted.push(id),
  } as unknown as HostedLinks;
  const address = new PublicAddress({ http: { publicUrl: 'https://3ds.example/base' } as AppConfig['http'] });
  returns = new HostedReturns(tickets, links, address, alerts);
});

describe('a browser that comes back from an issuer', () => {
  it('is told the way to the page that it was at, and is noted', async () => {
    expect(await returns.pageOf(hosted, tickets.of(SESSION_ID))).toMatch(
      /^https:\/\/3ds\.example\/base\/hosted\/token/,
    );
    expect(told).toEqual([]);
    expect(noted).toEqual([SESSION_ID]);
  });

  it.each(['c2lk', tickets.of(OTHER_ID)])(
    'is told nothing with what that page never gave, but operators are: %#',
    async (data) => {
      expect(await returns.pageOf(hosted, data)).toBeNull();
      expect(await returns.pageOf(hosted, data)).toBeNull();

      // Once, however often it is tried.
      expect(told).toMatchObject([{ type: 'hosted.return_refused', merchantId: hosted.merchantId }]);
      expect(noted).toEqual([]);
    },
  );

  it.each<[string, TransStatus]>([
    ['otherwise than the issuer', 'N'],
    ['of success before the issuer does', 'C'],
  ])('is believed nothing when it speaks %s, and operators hear of it', async (_how, transStatus) => {
    const { attempt } = hosted;
    const session = { ...hosted, attempt: { ...attempt, facts: { ...attempt.facts, transStatus } } };

    expect(await returns.pageOf(session, tickets.of(SESSION_ID), 'Y')).toMatch(/token/);

    expect(told).toMatchObject([{ type: 'hosted.cres_contradicted', data: { claimed: 'Y', transStatus } }]);
    expect(await returns.pageOf({ ...session, flow: 'non_hosted' }, undefined, 'Y')).toBeNull();
    expect(told).toHaveLength(1);
  });

  it('is nobody’s concern without anything, and where the merchant has a page of its own', async () => {
    expect(await returns.pageOf(hosted, undefined)).toBeNull();
    expect(await returns.pageOf(aChallengedSession(), 'c2lk')).toBeNull();
    expect(told).toEqual([]);
  });
});
