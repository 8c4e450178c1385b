import { errorMessage, ProtocolError } from './emv3ds.errors';
import { maskedText } from './masked-text';
import { maskMessage } from './masking';

const NUMBER = '4485040371536584';

describe('text that somebody else wrote', () => {
  it.each([
    ['a card number', `acctNumber ${NUMBER} unknown`, 'acctNumber [masked] unknown'],
    ['one in groups', 'card 4485 0403 7153 6584, no', 'card [masked], no'],
    ['one with hyphens', '4485-0403-7153-6584', '[masked]'],
    ['one without a valid check digit', '4485040371536585', '[masked]'],
    ['a number of 13 digits', '1234567890123', '[masked]'],
    ['one inside a longer number', `99${NUMBER}9999`, '[masked]'],
    ['one inside a word', `x${NUMBER}y`, 'x[masked]y'],
    ['two of them', `${NUMBER},${NUMBER}`, '[masked],[masked]'],
  ])('loses %s', (_what, text, masked) => {
    expect(maskedText(text)).toBe(masked);
  });

  it.each([
    'threeDSServerTransID,acctNumber',
    '2.1.0,2.2.0',
    '123456789012',
    '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
    '',
  ])('keeps "%s"', (text) => {
    expect(maskedText(text)).toBe(text);
  });

  it('is cut, but never through a number', () => {
    expect(maskedText('x'.repeat(3000))).toHaveLength(2048);
    expect(maskedText('x'.repeat(2040) + NUMBER)).toBe(`${'x'.repeat(2040)}[masked]`);
  });

  it('is masked wherever an error carries it', () => {
    const error = new ProtocolError({ code: '204', component: 'S', description: NUMBER, detail: `a,${NUMBER}` });
    const shown = [error, error.message, error.toErro(), errorMessage({ code: '305', component: 'D', detail: NUMBER })];

    expect(JSON.stringify(shown)).not.toContain(NUMBER);
    expect(error.message).not.toContain(NUMBER);
    expect(error.detail).toBe('a,[masked]');
  });

  it('is masked in a received Erro', () => {
    const erro = { messageType: 'Erro', errorDetail: '4485 0403 7153 6584', errorDescription: '4485040371536585' };

    expect(maskMessage(erro)).toEqual({ messageType: 'Erro', errorDetail: '[masked]', errorDescription: '[masked]' });
  });
});
