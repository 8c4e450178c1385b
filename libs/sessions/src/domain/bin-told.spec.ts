import type { Facts } from '@app/authentication-port';
import { binFactsTold } from './bin-told';

const told = (metadata: unknown): Facts => ({
  upstream: { sessionId: 'sid_1', members: { 'card.metadata': metadata } },
});

describe('whose a card is, as its upstream tells', () => {
  it('is read from the metadata of the contract', () => {
    const metadata = {
      card_type: 'DEFERRED DEBIT',
      card_category: 'CONSUMER',
      issuer_name: ' Northbank ',
      issuer_country: 'GB',
    };

    expect(binFactsTold(told(metadata))).toEqual({
      issuer: 'Northbank',
      issuerCountry: 'GB',
      cardType: 'deferred_debit',
    });
  });

  it.each([
    [{ issuer_name: 'Northbank', issuer_country: 'Atlantis', card_type: 'GOLD' }, { issuer: 'Northbank' }],
    [{ issuer_name: 7, issuer_country: 'FR' }, { issuerCountry: 'FR' }],
    [{ issuer_name: '4242 4242 4242 4242', card_type: 'debit' }, { cardType: 'debit' }],
    [{ issuer_name: 'Two\nlines', card_type: 'CREDIT' }, { cardType: 'credit' }],
    [{ issuer_name: 'B'.repeat(101), issuer_country: 'DE' }, { issuerCountry: 'DE' }],
  ])('is %j without what it cannot be', (metadata, known) => {
    expect(binFactsTold(told(metadata))).toEqual({ issuer: null, issuerCountry: null, cardType: null, ...known });
  });

  it.each([[{}], [null], ['GB'], [undefined], [{ issuer_name: '' }], [['GB']]])('is nothing in %j', (metadata) => {
    expect(binFactsTold(told(metadata))).toBeNull();
    expect(binFactsTold({})).toBeNull();
  });
});
