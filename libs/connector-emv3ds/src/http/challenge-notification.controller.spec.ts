import { encodeMessage, type CRes } from '@app/emv3ds';
import { createLogger } from '@app/platform';
import { TRANSACTION_ID } from '../testing/attempt';
import { HOME, RecordingInbox, TICKET } from '../testing/inbox';
import { ChallengeNotificationController } from './challenge-notification.controller';

const CRES: CRes = {
  messageType: 'CRes',
  messageVersion: '2.2.0',
  threeDSServerTransID: TRANSACTION_ID,
  acsTransID: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
  transStatus: 'Y',
};

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64');

function page(reply: () => Promise<{ outcome: 'unknown' }> = async () => ({ outcome: 'unknown' })) {
  const inbox = new RecordingInbox(reply);
  return { inbox, controller: new ChallengeNotificationController(inbox.asModules(), createLogger('silent')) };
}

describe('challenge notification', () => {
  it.each<[string, object]>([
    ['a CRes', { cres: encodeMessage(CRES), threeDSSessionData: 'c2lk' }],
    ['padded base64', { cres: base64(CRES) }],
    ['a CRes with a status that none has', { cres: base64({ ...CRES, transStatus: 'Q' }) }],
    ['an id in upper case', { cres: base64({ ...CRES, threeDSServerTransID: TRANSACTION_ID.toUpperCase() }) }],
  ])('tells the attempt that the cardholder returned with %s', async (_, form) => {
    const { inbox, controller } = page();

    await controller.receive(form);

    expect(inbox.returned).toEqual([TRANSACTION_ID]);
  });

  it.each<[string, object, string | undefined]>([
    ['a CRes', { cres: encodeMessage(CRES) }, 'Y'],
    ['a CRes that says no', { cres: encodeMessage({ ...CRES, transStatus: 'N' }) }, 'N'],
    ['a CRes with a status that none has', { cres: base64({ ...CRES, transStatus: 'Q' }) }, undefined],
    ['no CRes', { threeDSSessionData: TICKET }, undefined],
  ])('tells what the browser says of the result: %s', async (_, form, claim) => {
    const { inbox, controller } = page();

    await controller.receive(form);

    expect(inbox.claims).toEqual([claim]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no field', {}],
    ['a list', { cres: ['x'] }],
    ['no encoding', { cres: '%%%' }],
    ['no message', { cres: 'aGVsbG8' }],
  ])('tells nobody of %s and shows the same page', async (_, form) => {
    const { inbox, controller } = page();

    expect(await controller.receive(form)).toBe(await controller.receive({ cres: encodeMessage(CRES) }));
    expect(inbox.returned).toEqual([TRANSACTION_ID]);
  });

  it.each<[string, object, string | null]>([
    ['a CRes', { cres: encodeMessage(CRES) }, TRANSACTION_ID],
    ['an unreadable CRes', { cres: '%%%' }, null],
    ['no CRes', {}, null],
  ])('takes a browser home that was at our page, with %s', async (_, form, returned) => {
    const { inbox, controller } = page();

    expect(await controller.receive({ ...form, threeDSSessionData: TICKET })).toContain(`data-to="${HOME}"`);
    expect(inbox.returned).toEqual([returned]);
  });

  it.each([['c2lk'], [''], [['x']], [{}]])('shows the same page to who was not: %j', async (threeDSSessionData) => {
    const { controller } = page();
    const cres = encodeMessage(CRES);

    expect(await controller.receive({ cres, threeDSSessionData })).toBe(await controller.receive({ cres }));
  });

  it('shows the cardholder a page even when the inbox fails', async () => {
    const { controller } = page(async () => {
      throw new Error('database is gone');
    });

    expect(await controller.receive({ cres: encodeMessage(CRES) })).toContain('countersign:challenge-returned');
  });

  it('gives no data away', async () => {
    const { controller } = page();

    expect(await controller.receive({ cres: encodeMessage(CRES) })).not.toContain(TRANSACTION_ID);
  });
});
