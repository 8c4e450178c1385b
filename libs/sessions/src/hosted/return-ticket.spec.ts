import { newUuidV7, Secret } from '@app/kernel';
import { CryptoBox } from '@app/platform';
import { SESSION_ID } from '../testing/sessions';
import { ReturnTickets } from './return-ticket';

const kek = (fill: number) => ({
  id: `0000000${fill}-0000-8000-8000-000000000000`,
  key: new Secret(Buffer.alloc(32, fill)),
});
const tickets = (...keks: ReturnType<typeof kek>[]): ReturnTickets => new ReturnTickets(new CryptoBox({ keks }));
const own = tickets(kek(1));

describe('a return ticket', () => {
  it('names its session', () => {
    expect(own.sessionOf(own.of(SESSION_ID))).toBe(SESSION_ID);
  });

  it('fits where the issuer carries it', () => {
    expect(own.of(SESSION_ID)).toMatch(/^[\w-]{1,1024}$/);
  });

  it('stays good while its key is replaced', () => {
    expect(tickets(kek(2), kek(1)).sessionOf(own.of(SESSION_ID))).toBe(SESSION_ID);
  });

  it('of another installation is none', () => {
    expect(tickets(kek(2)).sessionOf(own.of(SESSION_ID))).toBeNull();
  });

  it('is none once a byte of it is another', () => {
    const bytes = Buffer.from(own.of(SESSION_ID), 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const tampered = Buffer.from(bytes);
      tampered.writeUInt8(tampered.readUInt8(index) ^ 1, index);

      expect(own.sessionOf(tampered.toString('base64url'))).toBeNull();
    }
  });

  it('does not serve another session', () => {
    const proof = Buffer.from(own.of(SESSION_ID), 'base64url').subarray(16);
    const other = Buffer.from(newUuidV7(new Date()).replaceAll('-', ''), 'hex');

    expect(own.sessionOf(Buffer.concat([other, proof]).toString('base64url'))).toBeNull();
  });

  it.each(['', 'c2lk', '%%%', 'A'.repeat(2_000)])('is not %j', (text) => {
    expect(own.sessionOf(text)).toBeNull();
  });
});
