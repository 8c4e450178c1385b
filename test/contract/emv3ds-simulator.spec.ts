import type { NoticeInbox, Step } from '@app/authentication-port';
import { Emv3dsConnector } from '@app/connector-emv3ds';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TEST_CARDS, type TestCard } from '../../apps/simulator/src/cards/card-table';
import { startSimulator, type RunningSimulator } from '../../apps/simulator/src/simulator';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { anAskedAttempt, aRequest } from './attempts';
import { startConnectorServer } from './emv3ds.server';

const NOBODY: NoticeInbox = {
  accept: async () => ({ outcome: 'unknown' }),
  challengeReturned: async () => ({ known: false }),
};

const LETTER = { approved: 'Y', attempted: 'A', declined: 'N', rejected: 'R', unavailable: 'U' } as const;

/** What `start` must bring for a card of the table. */
function expectedStep(card: TestCard): object {
  if (card.flow === 'challenge') return { next: 'challenge', facts: { transStatus: 'C' } };
  if (card.reason === 'ares_error') return { next: 'final', failure: 'ares_error' };
  if (card.status === 'error') throw new Error('A refused card is never started');
  return { next: 'final', facts: { transStatus: LETTER[card.status] } };
}

describe('the native connector before the simulated directory servers', () => {
  let simulator: RunningSimulator;
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let connector: Emv3dsConnector;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, host: '127.0.0.1', publicUrl: null, dataDir: '.', timeScale: 1 });
    database = await createTestDatabase();
    app = await startConnectorServer(database, NOBODY, { demo: true, simulatorUrl: simulator.url });
    connector = app.get(Emv3dsConnector);
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await simulator.close();
    await database.drop();
  });

  const started = TEST_CARDS.filter((card) => card.status !== 'error');
  const refused = TEST_CARDS.filter((card) => card.status === 'error');

  it.each(started.map((card) => [card.scheme, card.flow, card.status, card.number, card] as const))(
    '%s %s %s: %s',
    async (scheme, _flow, _status, number, card) => {
      const attempt = anAskedAttempt(connector, aRequest({ number }));
      const step: Step = await connector.start(attempt);

      expect(attempt.scheme).toBe(scheme);
      expect(attempt.methodUrl !== undefined).toBe(card.methodUrl);
      expect(step).toMatchObject(expectedStep(card));
    },
  );

  it.each(refused.map((card) => [card.scheme, card.reason, card.number] as const))(
    '%s %s: %s',
    (scheme, code, number) => {
      expect(connector.plan(aRequest({ number }))).toEqual({ outcome: 'refused', code, scheme });
    },
  );

  it('sends requests with every optional element that the simulator accepts', async () => {
    const request = aRequest({
      purchase: {
        billingDescriptorName: 'SHOP*1',
        shippingAddress: { line1: '1 High Street', city: 'London', state: 'ENG', zip: 'SW1A 1AA', country: 'GB' },
        shippingAddressMatchesBilling: true,
        accountInfo: { purchase_count: 3, account_age: 'no_account', account_type: 'debit' },
        merchantRiskInfo: { delivery_timeframe: 'overnight', gift_card_amount: '10', gift_card_currency: 'USD' },
      },
    });

    expect(await connector.start(anAskedAttempt(connector, request))).toMatchObject({ facts: { transStatus: 'Y' } });
  });
});
