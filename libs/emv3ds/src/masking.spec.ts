import { maskMessage } from './masking';

describe('maskMessage', () => {
  it('keeps ids and codes, masks card, cardholder and proof', () => {
    const masked = maskMessage({
      messageType: 'AReq',
      threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
      acctNumber: '4485040371536584',
      cardExpiryDate: '3012',
      authenticationValue: 'AAABBBEAAAAAAAAAAAAAAAAAAAA=',
      cardholderName: 'Jane Doe',
      email: 'jane@example.com',
      mobilePhone: { cc: '44', subscriber: '7700900000' },
      billAddrLine1: '1 High Street',
      billAddrCountry: '826',
      browserIP: '192.0.2.1',
      purchaseAmount: '1099',
      browserJavaEnabled: false,
      merchantRiskIndicator: { deliveryEmailAddress: 'jane@example.com', shipIndicator: '01' },
    });

    expect(masked).toEqual({
      messageType: 'AReq',
      threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
      acctNumber: '44850403****6584',
      cardExpiryDate: '[masked]',
      authenticationValue: '[masked]',
      cardholderName: '[masked]',
      email: '[masked]',
      mobilePhone: '[masked]',
      billAddrLine1: '[masked]',
      billAddrCountry: '826',
      browserIP: '[masked]',
      purchaseAmount: '1099',
      browserJavaEnabled: false,
      merchantRiskIndicator: { deliveryEmailAddress: '[masked]', shipIndicator: '01' },
    });
  });

  it('hides what the specification does not know, and what may hold anything', () => {
    const masked = maskMessage({
      pan: '4485040371536584',
      number: 4485040371536584,
      acctNumber: { number: '4485040371536584' },
      mcc: 5942,
      broadInfo: { pan: '4485040371536584' },
      messageExtension: [{ name: 'x', id: 'A1', criticalityIndicator: true, data: { pan: '4485040371536584' } }],
    });

    expect(JSON.stringify(masked)).not.toMatch(/448504|6584/);
    expect(masked['messageExtension']).toEqual([{ name: 'x', id: 'A1', criticalityIndicator: true, data: '[masked]' }]);
  });

  it('masks a card number inside other text, and leaves long digits that are none', () => {
    const masked = maskMessage({
      errorDetail: 'acctNumber 4485040371536584 not known',
      dsReferenceNumber: 'for 4485040371536584',
      purchaseDate: '20260228143005',
      startRange: '4485040371536584',
      serialNum: '12345678901234567890',
    });

    expect(masked).toEqual({
      errorDetail: 'acctNumber [masked] not known',
      dsReferenceNumber: 'for 44850403****6584',
      purchaseDate: '20260228143005',
      startRange: '4485040371536584',
      serialNum: '12345678901234567890',
    });
  });
});
