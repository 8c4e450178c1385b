import { newUuidV4, Secret } from '@app/kernel';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House, NUMBER } from './house';

const FRICTIONLESS_VALUE = 'RlJJQ1RJT05MRVNTMTIzNDU2Nzg=';
const CHALLENGE_VALUE = 'Q0hBTExFTkdFMTIzNDU2Nzg5MDE=';

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

/** The ways in which a text could lie in a table. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  return [text, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
}

describe('the whole database, read as text', () => {
  it('holds no card number, session secret or authentication value, wherever they came from', async () => {
    const actor = house.actor();
    house.connector.answer = () =>
      step('final', {
        transStatus: 'Y',
        resultSource: 'ARes',
        eci: '05',
        authenticationValue: new Secret(FRICTIONLESS_VALUE),
      });
    const frictionless = await house.service.create(actor, house.command({ callbackUrl: 'https://127.0.0.1:1/x' }));
    house.connector.answer = () => step('challenge', { transStatus: 'C', resultSource: 'ARes' });
    const challenged = await house.service.create(actor, house.command());
    await house.inbox.accept(
      'fake',
      newUuidV4(),
      challenged.view.session.attempt.transactionId,
      { facts: { transStatus: 'Y' } },
      { authenticationValue: new Secret(CHALLENGE_VALUE) },
    );
    const waiting = await house.service.create(actor, house.command({ device: null }));
    house.connector.refusal = 'card_not_enrolled';
    await expect(house.service.create(actor, house.command())).rejects.toThrow();
    house.connector.refusal = null;
    // Leaves a callback row, whether it is taken or not.
    await house.service
      .complete({ kind: 'token', actor }, frictionless.view.session.id)
      .catch((error: unknown) => expect(error).toMatchObject({ codes: ['session_callback_failed'] }));

    const dump = await house.dump();

    expect(dump).toContain(frictionless.view.session.id);
    expect(dump).toContain('card_not_enrolled');
    const secrets = [frictionless, challenged, waiting].map(({ view }) => view.secret?.expose() ?? '');
    expect(secrets.every((secret) => secret.startsWith('sek_'))).toBe(true);
    for (const text of [NUMBER, FRICTIONLESS_VALUE, CHALLENGE_VALUE, ...secrets]) {
      for (const spelling of spellings(text)) expect(dump).not.toContain(spelling);
    }
    const opened = [frictionless, challenged].map(async ({ view }) =>
      (await house.service.get({ kind: 'token', actor }, view.session.id)).authenticationValue?.expose(),
    );
    expect(await Promise.all(opened)).toEqual([FRICTIONLESS_VALUE, CHALLENGE_VALUE]);
  });
});
